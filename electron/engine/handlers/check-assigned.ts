import { licensesOf, type License } from '../../../shared/model/license.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { UserForm } from '../../../shared/model/user.ts';
import { choicesFor, CHOSEN_FIELDS } from '../../../shared/model/user-choices.ts';
import type { UserProblem } from '../../../shared/model/user-rules.ts';
import { seatsOf } from '../database/seats.ts';
import type { Repositories } from '../database/repositories.ts';

type Given = { readonly fields: UserForm; readonly before: UserForm; readonly lid: string | null };

/** What is given to a user must be the account's to give, and left over (MA 2.4); what the user has may stay. Null: it is so. */
export function checkAssigned(
  { accounts, users }: Repositories,
  accountId: AccountId,
  { fields, before, lid }: Given,
): UserProblem | null {
  const choices = accounts.choices(accountId);
  for (const field of CHOSEN_FIELDS) {
    // The cloud knows of more roles than this person may see.
    if (field === 'role' || fields[field] === '' || fields[field] === before[field]) continue;
    if (!choicesFor(field, choices).includes(fields[field])) return { field, problem: 'not-offered' };
  }
  const home = accounts.key(accountId);
  const owner = home && fields.smsNumber !== '' ? users.smsOwners(home.rowid).get(fields.smsNumber) : undefined;
  if (owner && owner.lid !== lid) return { field: 'smsNumber', problem: 'in-use' };
  const wanted = licensesOf(fields).filter((license) => !licensesOf(before).includes(license));
  const seats = wanted.length === 0 ? [] : seatsOf({ accounts, users }, accountId);
  const isLeft = (license: License): boolean =>
    seats.some((one) => one.license === license && one.assigned < one.total);
  const missing = wanted.find((license) => !isLeft(license));
  if (missing === undefined) return null;
  return { field: missing === 'MITEAM_MEETINGS' ? 'miteamMeetings' : 'mitelOne', problem: 'none-left' };
}
