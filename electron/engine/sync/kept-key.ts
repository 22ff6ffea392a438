import type { Capabilities } from '../../../shared/cloud/wire.ts';

/** Stands in place of the time of a row that an earlier version has sent. */
export const TIME_NOT_KEPT = 1;

/**
 * Whether the cloud still knows a key (L6). `age` of the first sending in milliseconds; `keptSeconds` as the cloud announced it then, null:
 * not written down.
 */
export function isKeyKept(age: number, keptSeconds: number | null, { idempotencyTtlSeconds }: Capabilities): boolean {
  // A cloud that keeps keys longer since then may have dropped this one as it said. A key from the future: the clock was set back, and
  // nobody knows how old it is.
  return age >= 0 && age < Math.min(keptSeconds ?? idempotencyTtlSeconds, idempotencyTtlSeconds) * 1000;
}

/** What is written down of a row that leaves now. */
export function keySeconds({ idempotencyKey, idempotencyTtlSeconds }: Capabilities): number {
  return idempotencyKey ? Math.max(TIME_NOT_KEPT + 1, idempotencyTtlSeconds) : 0;
}
