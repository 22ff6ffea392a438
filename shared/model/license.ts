import { z } from 'zod';

/** Tiers of Mitel One, as the cloud spells them (BIL-5). */
export const MITEL_ONE_TIERS = ['ESSENTIAL', 'PREMIER', 'ELITE'] as const;
export type MitelOneTier = (typeof MITEL_ONE_TIERS)[number];
/** What `miteamMeetings` holds while the license is assigned. */
export const ASSIGNED = 'ASSIGNED';

/** Licenses that an account has a number of and its users are given (BIL-3 to BIL-5). */
export const LICENSES = [
  'MITEL_ONE_ESSENTIAL',
  'MITEL_ONE_PREMIER',
  'MITEL_ONE_ELITE',
  'MITEAM_MEETINGS',
] as const satisfies readonly (`MITEL_ONE_${MitelOneTier}` | 'MITEAM_MEETINGS')[];
export const license = z.enum(LICENSES);
export type License = (typeof LICENSES)[number];

export const LICENSE_LABELS: Readonly<Record<License, string>> = {
  MITEL_ONE_ESSENTIAL: 'Mitel One (Essential)',
  MITEL_ONE_PREMIER: 'Mitel One (Premier)',
  MITEL_ONE_ELITE: 'Mitel One (Elite)',
  MITEAM_MEETINGS: 'MiTeam Meetings',
};

/** The two fields of a user in which licenses stand. '' means none. */
export type LicenseFields = { readonly mitelOne: string; readonly miteamMeetings: string };

/** The licenses of a user, in the order of the list; one that this release does not know is left out. */
export function licensesOf({ mitelOne, miteamMeetings }: LicenseFields): readonly License[] {
  return LICENSES.filter((one) =>
    one === 'MITEAM_MEETINGS' ? miteamMeetings === ASSIGNED : one === `MITEL_ONE_${mitelOne}`,
  );
}

/** A tier in the portal's words. One that is not known is its own label. */
export function tierLabel(tier: string): string {
  return isTier(tier) ? `${tier.charAt(0)}${tier.slice(1).toLowerCase()}` : tier;
}

/** '' of a license that is none of Mitel One. */
export function tierOf(license: License): MitelOneTier | '' {
  return MITEL_ONE_TIERS.find((tier) => license === `MITEL_ONE_${tier}`) ?? '';
}

export function isTier(text: string): text is MitelOneTier {
  return (MITEL_ONE_TIERS as readonly string[]).includes(text);
}

/** How many of each an account has, is using, and would use. */
export const seats = z.strictObject({
  license,
  /** Of the subscriptions that are assigned to the account. */
  total: z.int().nonnegative(),
  /** By its users as they are shown, with what waits in the Outbox. */
  assigned: z.int().nonnegative(),
});
export type Seats = z.output<typeof seats>;

/** What the cloud says when there are too few, in the portal's words (MA 2.4). */
export function missingLicenses(missing: number): string {
  return `${missing} more license(s) are needed to apply to the selected users. Please purchase more or unassign existing licenses and try again`;
}
