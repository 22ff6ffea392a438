const FIRST_MS = 1000;
const LONGEST_MS = 300_000;
/** Nothing waits longer. A time further ahead was written before the clock was set back. */
export const LONGEST_PAUSE_MS = 3_600_000;

/** Full jitter: a random share of a bound that doubles with every attempt (SYNC 3.7). `random` is in [0, 1). */
export function backoffMs(attempts: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20)));
}

/**
 * Milliseconds to wait for a Retry-After header: seconds or an HTTP-date, the date against the answer's own `Date` so that a wrong
 * laptop clock does no harm. Jitter of 0 to 20 % on top, an hour at most. Null when the header says nothing usable.
 */
export function retryAfterMs(header: string | null, date: string | null, random: number): number | null {
  if (header === null) return null;
  const floor = /^\d+$/u.test(header.trim()) ? Number(header) * 1000 : untilDate(header, date);
  if (floor === null) return null;
  return Math.round(Math.min(LONGEST_PAUSE_MS, Math.max(0, floor) * (1 + random * 0.2)));
}

function untilDate(header: string, date: string | null): number | null {
  const then = Date.parse(header);
  const now = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(then) || Number.isNaN(now) ? null : then - now;
}
