import type { AccountFields } from './account.ts';
import { isEmail } from './email.ts';

export const ACCOUNT_PROBLEMS = ['required', 'invalid-email', 'duplicate'] as const;
export type AccountProblem = {
  readonly field: keyof AccountFields;
  readonly problem: (typeof ACCOUNT_PROBLEMS)[number];
  /** The value that is wrong, where the field holds several. */
  readonly value: string;
};

const MANDATORY = ['name', 'country', 'street', 'city', 'zipCode', 'languageCode'] as const;

/** Checks what Add Account and Account Information ask for (ACC-2, ACC-3, ACC-7). Empty means the account can be saved. */
export function checkAccount(fields: AccountFields): readonly AccountProblem[] {
  const problems: AccountProblem[] = [];
  for (const field of MANDATORY) {
    if (fields[field].trim() === '') problems.push({ field, problem: 'required', value: '' });
  }
  if (fields.supportContacts.length === 0) problems.push({ field: 'supportContacts', problem: 'required', value: '' });
  const seen = new Set<string>();
  for (const contact of fields.supportContacts) {
    const key = contact.trim().toLowerCase();
    if (!isEmail(contact.trim())) problems.push({ field: 'supportContacts', problem: 'invalid-email', value: contact });
    else if (seen.has(key)) problems.push({ field: 'supportContacts', problem: 'duplicate', value: contact });
    seen.add(key);
  }
  return problems;
}
