/** A value as the screens know it: a text or a list of texts. */
export type Value = string | readonly string[];
export type Fields = Readonly<Record<string, Value>>;
type Body = Readonly<Record<string, unknown>>;

/** How the virtual cloud spells one kind of record. Written apart from the engine, so that both cannot be wrong in the same way. */
export type Collection = {
  readonly type: 'account' | 'user';
  readonly idName: string;
  readonly blank: Fields;
  /** Only valid together. */
  readonly groups: readonly (readonly string[])[];
  /** Lists of which only what a person added and removed is taken over. */
  readonly sets: readonly string[];
  /** Sent only while nothing else of the record moved, or by a second word. */
  readonly asking: readonly string[];
  /** The field that no two live records of a parent may share; null: there is none. */
  readonly unique: string | null;
  /** The field a create is known by when nothing better is there. */
  readonly naturalKey: string;
  readonly toWire: (fields: Fields) => Body;
  readonly fromWire: (body: Body) => Partial<Record<string, Value>>;
};

const ADDRESS = ['country', 'street', 'city', 'stateOrProvince', 'zipCode'] as const;
const ACCOUNT_TEXTS = ['name', 'languageCode', 'businessType'] as const;
const USER_TEXTS = [
  ...['firstName', 'lastName', 'name', 'email', 'mobile', 'extension', 'role', 'welcomeEmailOn'],
  ...['mitelOne', 'miteamMeetings', 'smsNumber', 'language', 'userTemplate', 'tags'],
] as const;

function blank(names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, '']));
}

function texts(body: Body, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(
    names.filter((name) => name in body).map((name) => [name, (body[name] as string | null) ?? '']),
  );
}

const account: Collection = {
  type: 'account',
  idName: 'accountId',
  blank: { ...blank([...ACCOUNT_TEXTS, ...ADDRESS]), supportContacts: [] },
  groups: [ADDRESS],
  sets: ['supportContacts'],
  asking: [],
  unique: null,
  naturalKey: 'name',
  toWire: ({ supportContacts, ...fields }) => ({
    ...Object.fromEntries(ACCOUNT_TEXTS.map((name) => [name, fields[name]])),
    location: { address: Object.fromEntries(ADDRESS.map((name) => [name, fields[name]])) },
    contacts: (supportContacts as readonly string[]).map((email) => ({ email })),
  }),
  fromWire(body) {
    const address = (body['location'] as { address?: Body } | undefined)?.address ?? {};
    const contacts = body['contacts'] as readonly { email: string }[] | undefined;
    return {
      ...texts(body, ACCOUNT_TEXTS),
      ...texts(address, ADDRESS),
      ...(contacts ? { supportContacts: contacts.map(({ email }) => email) } : {}),
    };
  },
};

const user: Collection = {
  type: 'user',
  idName: 'userId',
  blank: blank(USER_TEXTS),
  groups: [['firstName', 'lastName', 'name']],
  sets: [],
  asking: ['role'],
  unique: 'email',
  naturalKey: 'email',
  toWire: (fields) => ({ ...fields }),
  fromWire: (body) => texts(body, USER_TEXTS),
};

export const COLLECTIONS = { account, user } as const;
export type RecordType = keyof typeof COLLECTIONS;

export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}
