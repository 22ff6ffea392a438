import { emailKey } from '../../../shared/model/email.ts';
import { ROLE_ACCOUNT_ADMIN, ROLE_PARTNER, ROLE_USER } from '../../../shared/model/role.ts';
import { checkUserEdit, type UserProblem } from '../../../shared/model/user-rules.ts';
import { USER_FIELDS, userFields, type UserFields } from '../../../shared/model/user.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord } from '../database/records.ts';
import { Refused } from '../http/answer.ts';
import { checkAssigned } from './assigned.ts';

export type Body = Readonly<Record<string, unknown>>;

/** The fields a body names. Null clears one; unknown fields are ignored. */
export function readUserFields(body: Body): Partial<UserFields> {
  const fields: Partial<UserFields> = {};
  for (const field of USER_FIELDS) {
    const value = body[field];
    if (value === undefined) continue;
    const parsed = userFields.shape[field].safeParse(value ?? '');
    if (!parsed.success) throw new Refused(400, `${field} must be a text that is not too long.`);
    fields[field] = parsed.data;
  }
  return fields;
}

/** Ours: the client's own id of a create; null when it sent none or the capability is off. */
export function readExternalRef(context: SandboxContext, body: Body): string | null {
  if (!context.capabilities().externalRef) return null;
  const value = body['externalRef'];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' || value.length > 100)
    throw new Refused(400, 'externalRef must be a text of at most 100 characters.');
  return value;
}

/** The rules for what is stored, the same ones that the console checks; plus what only the account can know. */
export function checkStoredUser(
  context: SandboxContext,
  account: AccountRecord,
  user: { readonly fields: UserFields; readonly userId: string | null; readonly before: UserFields },
): void {
  const [problem] = checkUserEdit(user.fields);
  if (problem) throw new Refused(400, sentenceOf(problem));
  if (user.fields.role !== user.before.role && !isKnownRole(context, account, user.fields.role)) {
    throw new Refused(
      400,
      `The role ${user.fields.role} is not known in this account. Choose one that is assigned to it.`,
    );
  }
  const other = context.store.users.byEmail(account.position, emailKey(user.fields.email));
  if (other && other.userId !== user.userId) {
    throw new Refused(409, 'One or more of the attribute values are already in use');
  }
  checkAssigned(context, account, user);
}

function isKnownRole(context: SandboxContext, account: AccountRecord, role: string): boolean {
  if (role === ROLE_USER) return true;
  if (role === (account.isPartner === 1 ? ROLE_PARTNER : ROLE_ACCOUNT_ADMIN)) return true;
  return context.store.identities.isRoleAssigned(role, account.position);
}

function sentenceOf({ field, problem }: UserProblem): string {
  switch (problem) {
    case 'required':
      return field === 'email'
        ? 'The e-mail address is missing. Every user needs one.'
        : 'The name is missing. Give a first name, a last name or a display name.';
    case 'invalid-email':
      return 'The e-mail address is not valid. Check it for blanks, the @ and the domain.';
    case 'invalid-phone':
      return 'The mobile number is not valid. Write it with + and the country code, without blanks.';
    case 'invalid-extension':
      return 'The extension is not valid. It may hold digits, * and #.';
    case 'not-offered':
    case 'in-use':
    case 'none-left':
      return `The ${field} cannot be given to this user.`;
  }
}
