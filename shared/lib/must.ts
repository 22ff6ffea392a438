/** Returns the value, or throws when an invariant of the program is broken. `why` says why it must be there. */
export function must<T>(value: T | null | undefined, why: string): T {
  if (value === null || value === undefined) throw new Error(`Missing value: ${why}`);
  return value;
}
