import { isEmail } from '../../../shared/model/email.ts';
import type { AccountRecord } from '../database/records.ts';
import { Refused } from '../http/answer.ts';
import type { Body } from './user-input.ts';

const TEXTS = { name: 200, languageCode: 10, businessType: 60 } as const;
const ADDRESS_TEXTS = { country: 2, street: 300, city: 100, stateOrProvince: 100, zipCode: 20 } as const;
const MAX_CONTACTS = 50;

export type AccountChange = Partial<
  Pick<
    AccountRecord,
    | 'name'
    | 'languageCode'
    | 'businessType'
    | keyof typeof ADDRESS_TEXTS
    | 'isActive'
    | 'allowGuestAccess'
    | 'allowProxyAuthentication'
    | 'contacts'
  >
>;

/** The fields of an account that a body names; what the cloud owns (number, source, billing) is ignored. */
export function readAccountChange(body: Body): AccountChange {
  const location = section(body, 'location');
  const address = section(location, 'address');
  const policy = section(body, 'policy');
  const contacts = body['contacts'];
  const change: AccountChange = {
    ...texts(body, TEXTS),
    ...texts(address, ADDRESS_TEXTS),
    ...flag(body, 'active', 'isActive'),
    ...flag(policy, 'allowGuestAccess', 'allowGuestAccess'),
    ...flag(policy, 'allowProxyAuthentication', 'allowProxyAuthentication'),
    ...(contacts === undefined ? {} : { contacts: readContacts(contacts) }),
  };
  if (change.name !== undefined && change.name.trim() === '') {
    throw new Refused(400, 'The customer name is missing. Every account needs one.');
  }
  return change;
}

/** Support contacts: `[{email}]`, each a valid address and none twice (MA 2.9). */
export function readContacts(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_CONTACTS) {
    throw new Refused(400, `contacts must be a list of at most ${MAX_CONTACTS} entries {"email":"…"}.`);
  }
  const emails = value.map((entry: unknown) => {
    const email = typeof entry === 'object' && entry !== null ? (entry as Body)['email'] : entry;
    if (typeof email !== 'string' || !isEmail(email)) throw new Refused(400, 'Contains an invalid email');
    return email;
  });
  if (emails.length === 0) throw new Refused(400, 'An account needs at least one support contact.');
  if (new Set(emails.map((email) => email.toLowerCase())).size < emails.length) {
    throw new Refused(400, 'A support contact is in the list twice. Remove one of them.');
  }
  return emails;
}

function section(body: Body, name: string): Body {
  const value = body[name];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new Refused(400, `${name} must be an object.`);
  return value as Body;
}

function texts<K extends string>(body: Body, lengths: Readonly<Record<K, number>>): Partial<Record<K, string>> {
  const read: Partial<Record<K, string>> = {};
  for (const field of Object.keys(lengths) as K[]) {
    const value = body[field];
    if (value === undefined) continue;
    const text = value ?? '';
    if (typeof text !== 'string' || text.length > lengths[field]) {
      throw new Refused(400, `${field} must be a text of at most ${lengths[field]} characters.`);
    }
    read[field] = text;
  }
  return read;
}

function flag<K extends string>(body: Body, field: string, column: K): Partial<Record<K, number>> {
  const value = body[field];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'boolean') throw new Refused(400, `${field} must be true or false.`);
  return { [column]: value ? 1 : 0 } as Partial<Record<K, number>>;
}
