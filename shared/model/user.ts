import { z } from 'zod';
import { accountId, instant, userId } from './ids.ts';
import { pending } from './pending.ts';

/** What a person types of a user (USR-2, USR-4). '' means not given. */
export const userForm = z.strictObject({
  firstName: z.string().max(100),
  lastName: z.string().max(100),
  /** Display name; made from first and last name when empty. */
  name: z.string().max(200),
  email: z.string().max(254),
  /** E.164, or ''. */
  mobile: z.string().max(20),
  extension: z.string().max(20),
  role: z.string().max(100),
  /** Tier of the Mitel One license (BIL-5); '' without one. */
  mitelOne: z.string().max(20),
  /** 'ASSIGNED' with a MiTeam Meetings license (BIL-4); '' without one. */
  miteamMeetings: z.string().max(20),
  /** E.164, one of the account's numbers. */
  smsNumber: z.string().max(20),
  /** As languageCode of an account; '' means the account's. */
  language: z.string().max(10),
  /** The user template that was applied, by name (USR-12). */
  userTemplate: z.string().max(100),
  /** Separated by comma and blank. */
  tags: z.string().max(500),
});
export type UserForm = z.output<typeof userForm>;
export type UserFormField = keyof UserForm;
/** What is asked of nobody, and unknown to clouds and documents that are older. */
export const OPTIONAL_FIELDS = {
  mitelOne: true,
  miteamMeetings: true,
  smsNumber: true,
  language: true,
  userTemplate: true,
  tags: true,
} as const;
export const newUserForm = userForm.partial(OPTIONAL_FIELDS);
export type NewUserForm = z.output<typeof newUserForm>;
export const USER_FORM_FIELDS = Object.keys(userForm.shape) as readonly UserFormField[];

export const NO_USER_FORM = Object.fromEntries(USER_FORM_FIELDS.map((field) => [field, ''])) as UserForm;

/** What a person may change on a user. */
export const userFields = userForm.extend({
  /** When the last welcome e-mail was asked for: another time asks for another one (USR-7). ISO 8601, UTC; '' means never. */
  welcomeEmailOn: z.union([instant, z.literal('')]),
});
export type UserFields = z.output<typeof userFields>;
export type UserField = keyof UserFields;
export const USER_FIELDS = Object.keys(userFields.shape) as readonly UserField[];
export const NO_USER_FIELDS = Object.fromEntries(USER_FIELDS.map((field) => [field, ''])) as UserFields;
/** Writing one does something that writing back what was there would only do once more: a former value never goes to the cloud. */
export const USER_ACTS: readonly UserField[] = ['welcomeEmailOn'];

/** Where a user came from. Fields of an external source are locked for edit (USR-4). */
export const USER_SOURCES = ['ACCOUNTS', 'PBX', 'SCIM', 'MICLOUD_CONNECT', 'IMPORT'] as const;

/** A user as the console shows it: the server's values with the queued changes on top. */
export const user = userFields.extend({
  id: userId,
  accountId,
  serverId: z.string().nullable(),
  source: z.string(),
  isRegistered: z.boolean(),
  createdAt: instant.nullable(),
  modifiedAt: instant.nullable(),
  modifiedBy: z.string(),
  pending,
});
export type User = z.output<typeof user>;

/** One line of the users list (USR-1). */
export const userRow = user.pick({
  id: true,
  name: true,
  email: true,
  extension: true,
  role: true,
  mitelOne: true,
  miteamMeetings: true,
  source: true,
  isRegistered: true,
  modifiedAt: true,
  modifiedBy: true,
  pending: true,
});
export type UserRow = z.output<typeof userRow>;

/** What is judged and changed of a user, without what only the cloud says. */
export function fieldsOf(user: UserFields): UserFields {
  return Object.fromEntries(USER_FIELDS.map((field) => [field, user[field]])) as UserFields;
}

/** The name a person is shown by: the given one, else first and last, else the e-mail address. */
export function displayNameOf(fields: {
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}): string {
  return fields.name.trim() || `${fields.firstName} ${fields.lastName}`.trim() || fields.email;
}

/** Fields that the next sync of an external source would overwrite (USR-4). */
export function lockedFields(source: string): readonly UserField[] {
  switch (source) {
    case 'SCIM':
    case 'MICLOUD_CONNECT':
      return ['firstName', 'lastName', 'name', 'email', 'mobile'];
    case 'PBX':
      return ['firstName', 'lastName', 'name', 'extension'];
    default:
      return [];
  }
}
