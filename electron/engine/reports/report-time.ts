const time = new Intl.DateTimeFormat('en-GB', {
  ...{ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
});

/** A moment as a customer reads it on paper, in the time of this laptop: `22 November 2026 at 15:00 GMT`. */
export function reportTime(iso: string): string {
  return time.format(new Date(iso));
}
