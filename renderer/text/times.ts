const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const dayTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const dayTimeSeconds = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 min ago`; whole units, never rounded up, so that data never looks fresher than it is. */
export function ageText(ageMs: number): string {
  if (ageMs < MINUTE) return 'just now';
  if (ageMs < HOUR) return `${Math.floor(ageMs / MINUTE)} min ago`;
  if (ageMs < DAY) return `${Math.floor(ageMs / HOUR)} h ago`;
  const days = Math.floor(ageMs / DAY);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** `as of 10:42, 12 min ago`, with the date once the day is not today any more. */
export function asOfText(syncedAt: string | null, nowMs: number): string {
  if (syncedAt === null) return 'never loaded';
  const at = new Date(syncedAt);
  const ageMs = Math.max(0, nowMs - at.getTime());
  return `as of ${momentText(syncedAt, nowMs)}, ${ageText(ageMs)}`;
}

/** `10:42`, with the date once the day is not today any more. */
export function momentText(iso: string, nowMs: number): string {
  const at = new Date(iso);
  return (new Date(nowMs).toDateString() === at.toDateString() ? time : dayTime).format(at);
}

export type Freshness = 'fresh' | 'ageing' | 'stale' | 'never';

/** How far data can be trusted: up to 15 minutes, up to a day, longer, not at all. */
export function freshness(syncedAt: string | null, nowMs: number): Freshness {
  if (syncedAt === null) return 'never';
  const ageMs = nowMs - Date.parse(syncedAt);
  if (ageMs < 15 * MINUTE) return 'fresh';
  return ageMs < DAY ? 'ageing' : 'stale';
}

/** `in 40 s`, `in 3 min`. */
export function waitText(atIso: string, nowMs: number): string {
  const waitMs = Date.parse(atIso) - nowMs;
  if (waitMs <= 1_000) return 'now';
  return waitMs < MINUTE ? `in ${Math.ceil(waitMs / 1_000)} s` : `in ${Math.ceil(waitMs / MINUTE)} min`;
}

export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 60)} min`;
}

/** `09:31:20`, for a moment that is near. */
export function clockTime(iso: string): string {
  return seconds.format(new Date(iso));
}

export function dateText(iso: string | null): string {
  return iso === null ? '' : day.format(new Date(iso));
}

export function dateTimeText(iso: string | null): string {
  return iso === null ? '' : dayTime.format(new Date(iso));
}

/** With seconds: what a support case compares with the cloud's log. */
export function dateTimeSecondsText(iso: string): string {
  return dayTimeSeconds.format(new Date(iso));
}

/** Both halves of the age that every screen shows. */
export function dataAge(
  syncedAt: string | null,
  nowMs: number,
): { readonly text: string; readonly freshness: Freshness } {
  return { text: asOfText(syncedAt, nowMs), freshness: freshness(syncedAt, nowMs) };
}
