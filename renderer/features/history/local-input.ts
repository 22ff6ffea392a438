/** An instant as the date-time field of a form writes it: local time, to the second. */
export function toLocalInput(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** Null while the field is empty or half typed. */
export function fromLocalInput(typed: string): string | null {
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? null : new Date(at.getTime() + 999).toISOString();
}
