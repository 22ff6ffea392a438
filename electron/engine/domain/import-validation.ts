import { isEmail } from '../../../shared/model/email.ts';
import { IMPORT_FIELDS, IMPORT_ISSUES } from '../../../shared/model/import-row.ts';
import type { ImportField, ImportIssue, ImportValues, Severity } from '../../../shared/model/import-row.ts';
import { isRaisedRole, parseRole } from '../../../shared/model/role.ts';
import { userFields } from '../../../shared/model/user.ts';

/** Who has an address already: a user of the account, or one that waits in the queue. */
export type AddressOwner = { readonly name: string; readonly isUnsent: boolean };

export type RowContext = {
  readonly owner: AddressOwner | null;
  /** Custom roles assigned to the account. */
  readonly customRoles: readonly string[];
};

/** What is wrong with one row taken by itself (IMP-3). Addresses that stand twice in the file are found over all rows. */
export function checkRow(values: ImportValues, { owner, customRoles }: RowContext): readonly ImportIssue[] {
  const issues: ImportIssue[] = [];
  const add = (code: ImportIssue['code'], field: ImportField | null, detail = ''): void =>
    void issues.push({ code, field, detail });

  if (values.firstName === '' && values.lastName === '' && values.name === '') add('name-missing', null);
  if (values.email === '') add('email-missing', 'email');
  else if (!isEmail(values.email)) add('email-invalid', 'email');
  else if (owner) add(owner.isUnsent ? 'email-queued' : 'email-in-account', 'email', owner.name.slice(0, 400));

  const role = parseRole(values.role, customRoles);
  if (role === null) add('role-unknown', 'role', values.role.slice(0, 400));
  else if (isRaisedRole(role)) add('role-raised', 'role');

  for (const field of IMPORT_FIELDS) {
    const limit = LIMITS[field];
    if (field !== 'email' && values[field].length > limit) add('value-too-long', field, String(limit));
    // A byte that was no letter in the file's encoding: the value in the file is another one.
    if (values[field].includes('\uFFFD')) add('cell-error', field, values[field].slice(0, 400));
  }
  return issues;
}

const LIMITS: Readonly<Record<ImportField, number>> = {
  firstName: userFields.shape.firstName.maxLength ?? 100,
  lastName: userFields.shape.lastName.maxLength ?? 100,
  name: userFields.shape.name.maxLength ?? 200,
  email: userFields.shape.email.maxLength ?? 254,
  role: userFields.shape.role.maxLength ?? 100,
};

const ORDER: readonly Severity[] = ['info', 'warning', 'error'];

/** The worst severity of the issues; null when there are none. */
export function worstSeverity(issues: readonly ImportIssue[]): Severity | null {
  let worst = -1;
  for (const { code } of issues) worst = Math.max(worst, ORDER.indexOf(IMPORT_ISSUES[code]));
  return ORDER[worst] ?? null;
}

/** The text in which a search and its replacement are exchanged; null when nothing changes or the cell would overflow. */
export function replaceIn(text: string, find: string, replacement: string): string | null {
  if (!text.includes(find)) return null;
  const replaced = text.replaceAll(find, () => replacement);
  return replaced === text || replaced.length > 32_767 ? null : replaced;
}
