import { ACCOUNT_LANGUAGES } from '../../../shared/model/account.ts';
import { totalOf } from '../../../shared/model/assignables.ts';
import { ASSIGNED, isTier, licensesOf, missingLicenses, type LicenseFields } from '../../../shared/model/license.ts';
import type { UserFields } from '../../../shared/model/user.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord } from '../database/records.ts';
import { TEMPLATE_LICENSES } from '../demo/user-templates.ts';
import { Refused } from '../http/answer.ts';

type Judged = { readonly fields: UserFields; readonly userId: string | null; readonly before: UserFields };

/** What is given to a user must be the account's to give, and left over (MA 2.4). What the user has already may stay. */
export function checkAssigned(context: SandboxContext, account: AccountRecord, user: Judged): void {
  const { fields, before } = user;
  const { assignables } = account;
  const isNew = (field: keyof UserFields): boolean => fields[field] !== '' && fields[field] !== before[field];
  if (isNew('mitelOne') && !isTier(fields.mitelOne)) throw new Refused(400, 'The Mitel One tier is not known.');
  if (isNew('miteamMeetings') && fields.miteamMeetings !== ASSIGNED)
    throw new Refused(400, `miteamMeetings must be ${ASSIGNED} or empty.`);
  checkLicenses(context, account, user);
  if (isNew('smsNumber')) {
    if (!assignables.smsNumbers.includes(fields.smsNumber))
      throw new Refused(400, 'The SMS number is not one of the numbers of this account.');
    const other = context.store.users.bySmsNumber(account.position, fields.smsNumber);
    if (other && other.userId !== user.userId)
      throw new Refused(409, 'The SMS number is assigned to another user of this account.');
  }
  if (isNew('language') && !(ACCOUNT_LANGUAGES as readonly string[]).includes(fields.language))
    throw new Refused(400, 'The language is not one of those that can be chosen.');
  if (isNew('userTemplate') && !assignables.userTemplates.includes(fields.userTemplate))
    throw new Refused(400, 'There is no user template of this name in the account.');
}

function checkLicenses({ store }: SandboxContext, account: AccountRecord, { fields, before }: Judged): void {
  const had = licensesOf(before);
  for (const license of licensesOf(fields)) {
    if (had.includes(license)) continue;
    const missing = store.users.countLicensed(account.position, license) + 1 - totalOf(account.assignables, license);
    if (missing > 0) throw new Refused(409, missingLicenses(missing));
  }
}

/** Ours: a template gives the licenses it has to whoever has none and is given none beside it. */
export function applyTemplate(before: UserFields, given: Partial<UserFields>): UserFields {
  const fields = { ...before, ...given };
  const template = fields.userTemplate === before.userTemplate ? undefined : TEMPLATE_LICENSES[fields.userTemplate];
  if (!template) return fields;
  const licensed = (field: keyof LicenseFields): string =>
    given[field] === undefined && before[field] === '' ? template[field] : fields[field];
  return { ...fields, mitelOne: licensed('mitelOne'), miteamMeetings: licensed('miteamMeetings') };
}
