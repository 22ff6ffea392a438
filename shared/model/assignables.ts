import { z } from 'zod';
import { LICENSES, type License } from './license.ts';

/** What an account has to give to its users (MA 2.4, 2.7, 3.1.3.2, 3.2.4). */
export const assignables = z.strictObject({
  /** How many of each license; one that is not named is not subscribed to. */
  licenses: z.partialRecord(z.enum(LICENSES), z.int().nonnegative()),
  /** E.164. Empty without the Twilio integration and its User Numbers. */
  smsNumbers: z.array(z.string()),
  /** By name. */
  userTemplates: z.array(z.string()),
});
export type Assignables = z.output<typeof assignables>;
export const NOTHING_ASSIGNABLE: Assignables = { licenses: {}, smsNumbers: [], userTemplates: [] };

export function totalOf({ licenses }: Pick<Assignables, 'licenses'>, license: License): number {
  return licenses[license] ?? 0;
}
