import { USER_FIELDS, type UserField, type UserFields } from '../../../shared/model/user.ts';

/** The column of each field that a person can change. */
const COLUMNS: Readonly<Record<UserField, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  name: 'name',
  email: 'email',
  mobile: 'mobile',
  extension: 'extension',
  role: 'role',
  mitelOne: 'mitel_one',
  miteamMeetings: 'miteam_meetings',
  smsNumber: 'sms_number',
  language: 'language',
  userTemplate: 'user_template',
  tags: 'tags',
  welcomeEmailOn: 'welcome_email_on',
};

type Fields = readonly UserField[];

export function columnNames(fields: Fields): string {
  return fields.map((field) => COLUMNS[field]).join(', ');
}

/** For SELECT; `of` is the table's short name with its point. */
export function columnsAs(fields: Fields, of = ''): string {
  return fields.map((field) => `${of}${COLUMNS[field]} AS ${field}`).join(', ');
}

export function jsonOf(fields: Fields, of = ''): string {
  return `json_object(${fields.map((field) => `'${field}', ${of}${COLUMNS[field]}`).join(', ')})`;
}

/** For INSERT and UPDATE, in the order of fieldValues. */
export const FIELD_NAMES = columnNames(USER_FIELDS);
export const FIELD_PLACES = USER_FIELDS.map(() => '?').join(', ');
export const FIELD_SETS = USER_FIELDS.map((field) => `${COLUMNS[field]} = ?`).join(', ');
/** For SELECT from `users u`. */
export const FIELD_COLUMNS = columnsAs(USER_FIELDS, 'u.');
/** The server's record of a row `u` whose view does not differ from it, of an account `a`. */
export const RECORD_JSON = /* sql */ `json_object(
  'sid', u.sid, 'etag', u.etag, 'rev', u.rev, 'externalRef', NULL, 'createdAt', u.created_at, 'modifiedAt', u.modified_at,
  'modifiedBy', u.modified_by, 'accountSid', a.sid, 'source', u.source, 'isRegistered', json(iif(u.is_registered, 'true', 'false')),
  'fields', ${jsonOf(USER_FIELDS, 'u.')})`;

export function fieldValues(fields: UserFields): string[] {
  return USER_FIELDS.map((field) => fields[field]);
}
