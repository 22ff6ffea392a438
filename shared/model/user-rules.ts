import { isEmail } from './email.ts';
import { ROLE_PARTNER } from './role.ts';
import type { UserForm } from './user.ts';

export const USER_PROBLEMS = [
  'required',
  'invalid-email',
  'invalid-phone',
  'invalid-extension',
  /** The account has it not to give. */
  'not-offered',
  /** Another user has it. */
  'in-use',
  /** All licenses of the kind are assigned. */
  'none-left',
] as const;
export type UserProblem = { readonly field: keyof UserForm; readonly problem: (typeof USER_PROBLEMS)[number] };

const E164 = /^\+[1-9]\d{6,14}$/u;
const EXTENSION = /^[\d*#]{1,20}$/u;

/** A telephone number as the cloud takes it: + and 7 to 15 digits. */
export function isE164(text: string): boolean {
  return E164.test(text);
}

/** An extension: up to 20 digits, * and #. */
export function isExtension(text: string): boolean {
  return EXTENSION.test(text);
}

/** Checks what the New User form asks for (USR-2): first, last and e-mail are mandatory. */
export function checkUser(fields: UserForm): readonly UserProblem[] {
  const problems: UserProblem[] = [];
  if (fields.firstName.trim() === '') problems.push({ field: 'firstName', problem: 'required' });
  if (fields.lastName.trim() === '') problems.push({ field: 'lastName', problem: 'required' });
  if (fields.email.trim() === '') problems.push({ field: 'email', problem: 'required' });
  else if (!isEmail(fields.email.trim())) problems.push({ field: 'email', problem: 'invalid-email' });
  return [...problems, ...checkNumbers(fields)];
}

/** The rules of an edit: a user that came without a first or last name may stay so (MA 2.8 asks for one of three names). */
export function checkUserEdit(fields: UserForm): readonly UserProblem[] {
  const problems: UserProblem[] = [];
  if (fields.firstName.trim() === '' && fields.lastName.trim() === '' && fields.name.trim() === '') {
    problems.push({ field: 'name', problem: 'required' });
  }
  if (fields.email.trim() === '') problems.push({ field: 'email', problem: 'required' });
  else if (!isEmail(fields.email.trim())) problems.push({ field: 'email', problem: 'invalid-email' });
  return [...problems, ...checkNumbers(fields)];
}

/** Partner users and users of MiCloud Connect cannot be deleted here (USR-9, SES-2); null: this one can. */
export function whyNotDeletable(user: { readonly role: string; readonly source: string }): 'partner' | 'source' | null {
  if (user.role === ROLE_PARTNER) return 'partner';
  return user.source === 'MICLOUD_CONNECT' ? 'source' : null;
}

function checkNumbers(fields: UserForm): readonly UserProblem[] {
  const problems: UserProblem[] = [];
  if (fields.mobile !== '' && !isE164(fields.mobile)) problems.push({ field: 'mobile', problem: 'invalid-phone' });
  if (fields.extension !== '' && !isExtension(fields.extension)) {
    problems.push({ field: 'extension', problem: 'invalid-extension' });
  }
  return problems;
}
