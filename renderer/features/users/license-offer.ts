import type { License, Seats } from '../../../shared/model/license.ts';
import { productsText } from '../../text/users-text.ts';

export type LicenseOffer = { readonly text: string; /** It cannot be given to the user. */ readonly isClosed: boolean };

/** What is left of a license, in the portal's words (MA 3.1.5); whoever has one may keep it. */
export function licenseOffer(seats: readonly Seats[], license: License, isOwned: boolean): LicenseOffer {
  const { total = 0, assigned = 0 } = seats.find((one) => one.license === license) ?? {};
  const left = Math.max(0, total - assigned);
  if (isOwned || left > 0) return { text: productsText.left(left), isClosed: false };
  return { text: total > 0 ? productsText.notAvailable : productsText.noLicenses, isClosed: true };
}
