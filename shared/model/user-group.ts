import { z } from 'zod';
import { accountId, importId, userId } from './ids.ts';
import { ASSIGNED, license, MITEL_ONE_TIERS } from './license.ts';

export const MOST_SELECTED = 1000;

/** Users of whom something is asked at once (USR-7, USR-8): those of an upload (IMP-11), the selected ones, or all of an account. */
export const userGroup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload'), id: importId }),
  z.strictObject({ kind: z.literal('users'), accountId, ids: z.array(userId).min(1).max(MOST_SELECTED) }),
  z.strictObject({ kind: z.literal('account'), accountId }),
]);
export type UserGroup = z.output<typeof userGroup>;

/** Why somebody is not sent a welcome e-mail. */
export const WELCOME_OBSTACLES = ['gone', 'refused', 'deleting', 'no-address', 'sent-before', 'registered'] as const;
export type WelcomeObstacle = (typeof WELCOME_OBSTACLES)[number];

/** What becomes of the licenses of users (BIL-4, BIL-5): '' unassigns, what is absent is left unchanged. */
export const licenseChange = z.strictObject({
  mitelOne: z.enum([...MITEL_ONE_TIERS, '']).optional(),
  miteamMeetings: z.enum([ASSIGNED, '']).optional(),
});
export type LicenseChange = z.output<typeof licenseChange>;

/** Why nothing becomes of those of somebody; `unchanged`: they are so already. */
export const LICENSE_OBSTACLES = ['gone', 'refused', 'deleting', 'unchanged'] as const;
export type LicenseObstacle = (typeof LICENSE_OBSTACLES)[number];

/** `needed`: how many more than now the account would use; below 0 when some become free. */
export const neededSeats = z.strictObject({
  license,
  total: z.int().nonnegative(),
  assigned: z.int().nonnegative(),
  needed: z.int(),
});
export type NeededSeats = z.output<typeof neededSeats>;

/** How many licenses are missing for what is asked; 0 when there are enough. */
export function missingOf(seats: readonly NeededSeats[]): number {
  return seats.reduce(
    (sum, { total, assigned, needed }) => sum + Math.max(0, Math.min(needed, assigned + needed - total)),
    0,
  );
}
