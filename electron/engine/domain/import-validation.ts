import { isEmail } from '../../../shared/model/email.ts';
import { CLEAR_TOKEN, IMPORT_FIELDS, IMPORT_ISSUES } from '../../../shared/model/import-row.ts';
import type {
  ExistingChoice,
  ImportField,
  ImportIssue,
  ImportValues,
  Severity,
} from '../../../shared/model/import-row.ts';
import { orList } from '../../../shared/lib/or-list.ts';
import { isRaisedRole, roleLabel } from '../../../shared/model/role.ts';
import {
  CHOSEN_FIELDS,
  offeredLabels,
  type ChosenField,
  type UserChoices,
} from '../../../shared/model/user-choices.ts';
import { isE164, isExtension } from '../../../shared/model/user-rules.ts';
import { userFields } from '../../../shared/model/user.ts';
import type { UserFields } from '../../../shared/model/user.ts';
import { planChange, storedValue } from './import-plan.ts';
import type { Planned, PlannedRow } from './import-plan.ts';

/** Who has an address already: a user of the account, or one that waits in the queue. */
export type AddressOwner = {
  readonly lid: string;
  readonly name: string;
  readonly isUnsent: boolean;
  readonly source: string;
  readonly fields: UserFields;
  /** Fields with a change in the Outbox. */
  readonly waitingFields: readonly string[];
};

export type RowContext = {
  readonly owner: AddressOwner | null;
  /** What the row, or else the import, says about an address that is in the account (IMP-7). */
  readonly existing: ExistingChoice;
  /** What users of the account can be given. */
  readonly choices: UserChoices;
  /** The user who has the number of this row, when it is another one; '' otherwise. */
  readonly smsOwner: string;
  /** What an earlier plan of this row said was there; null: nobody has seen a plan of it. */
  readonly before: Planned | null;
  /** Another account of the partner has a user with this address; '' without one. */
  readonly elsewhere: string;
  /** The domain that nearly all users of the account have, when this row has another one; '' otherwise. */
  readonly usualDomain: string;
  /** Whether the cell is an address, where that is known already: the longest of the checks. */
  readonly isAddress?: boolean;
};

export type JudgedRow = PlannedRow & { readonly target: string };

/** What is wrong with one row taken by itself (IMP-3), and what Upload makes of it (IMP-6). Duplicates are found over all rows. */
export function judgeRow(values: ImportValues, context: RowContext): JudgedRow {
  const { owner, existing } = context;
  const target = owner?.lid ?? '';
  if (owner && existing === 'skip') return { action: 'skip', issues: [], planned: {}, target };
  const isChange = owner !== null && !owner.isUnsent && existing === 'update';
  const issues = checkRow(values, context, isChange);
  const hasError = issues.some(({ code }) => IMPORT_ISSUES[code] === 'error');
  if (hasError) return { action: 'refused', issues, planned: {}, target };
  if (!isChange) return { action: 'create', issues, planned: {}, target };
  const plan = planChange(values, owner, context);
  return { ...plan, issues: [...issues, ...plan.issues], target };
}

function checkRow(values: ImportValues, context: RowContext, isChange: boolean): readonly ImportIssue[] {
  const { owner, choices, elsewhere, usualDomain, isAddress = isEmail(values.email) } = context;
  const issues: ImportIssue[] = [];
  const add = (code: ImportIssue['code'], field: ImportField | null, detail = ''): void =>
    void issues.push({ code, field, detail: detail.slice(0, 400) });
  const says = (field: ImportField): boolean => values[field] !== '' && values[field] !== CLEAR_TOKEN;

  if (!isChange && !says('firstName') && !says('lastName') && !says('name')) add('name-missing', null);
  if (values.email === '') add('email-missing', 'email');
  else if (values.email === CLEAR_TOKEN) add('email-clear', 'email');
  else if (!isAddress) add('email-invalid', 'email');
  else if (owner && !isChange) add(owner.isUnsent ? 'email-queued' : 'email-in-account', 'email', owner.name);
  else if (!isChange && elsewhere !== '') add('email-elsewhere', 'email', elsewhere);
  else if (!isChange && usualDomain !== '') add('domain-unlike', 'email', usualDomain);

  const known = isChange ? owner : null;
  for (const field of CHOSEN_FIELDS) {
    if (says(field) && storedValue(field, values[field], choices, known?.fields) === null)
      add(...unknownChoice(field, values[field], choices));
  }
  const role = isChange || !says('role') ? null : storedValue('role', values.role, choices);
  if (role !== null && isRaisedRole(role)) add('role-raised', 'role', roleLabel(role));
  if (says('smsNumber') && context.smsOwner !== '') add('sms-number-taken', 'smsNumber', context.smsOwner);
  if (says('mobile') && !isE164(values.mobile)) add('mobile-invalid', 'mobile');
  if (says('extension') && !isExtension(values.extension)) add('extension-invalid', 'extension');

  for (const field of IMPORT_FIELDS) {
    const limit = LIMITS[field];
    if (field !== 'email' && values[field].length > limit) add('value-too-long', field, String(limit));
    // A byte that was no letter in the file's encoding: the value in the file is another one.
    if (values[field].includes('\uFFFD')) add('cell-error', field, values[field]);
  }
  return issues;
}

function unknownChoice(
  field: ChosenField,
  cell: string,
  choices: UserChoices,
): [ImportIssue['code'], ImportField, string] {
  if (field === 'role') return ['role-unknown', field, cell];
  const all = offeredLabels(field, choices);
  return ['choice-unknown', field, all.length > 12 ? 'one of those that the cell offers' : orList(all)];
}

const LIMITS = Object.fromEntries(
  IMPORT_FIELDS.map((field) => [field, userFields.shape[field].maxLength ?? 100]),
) as Readonly<Record<ImportField, number>>;

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
