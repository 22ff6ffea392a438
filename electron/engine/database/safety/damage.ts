import type { StoreName } from '../store.ts';

export type StoreFault = {
  /** `full`: nothing is wrong with the file, there is no room. */
  readonly kind: 'full' | 'damaged';
  /** Null when the error does not say which file it came from. */
  readonly store: StoreName | null;
};

const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB|IOERR)/u;
const origins = new WeakMap<Error, StoreName>();

/** Remembers which file an error came from. */
export function markOrigin(error: unknown, store: StoreName): void {
  if (error instanceof Error) origins.set(error, store);
}

/** What an error says about the files; null when it is about something else. */
export function storeFaultOf(error: unknown): StoreFault | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  const store = origins.get(error) ?? null;
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'full', store };
  return DAMAGE.test(code) ? { kind: 'damaged', store } : null;
}

/** A file that is locked, forbidden or out of room is not a damaged file: moving it aside would help nobody. */
export function isOutsideTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:SQLITE_(?:FULL|BUSY|LOCKED|READONLY|CANTOPEN|PERM|AUTH|NOMEM)|E[A-Z]+$)/u.test(code);
}
