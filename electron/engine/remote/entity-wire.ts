import type { FieldValues } from '../domain/merge.ts';

/** Changed fields of a user, as the API spells them. */
export function userBody(fields: FieldValues): Record<string, unknown> {
  return { ...fields };
}

/** Changed fields of an account, as the API spells them: the address is one object, contacts are objects. */
export function accountBody(fields: FieldValues): Record<string, unknown> {
  const { country, street, city, stateOrProvince, zipCode, supportContacts, ...plain } = fields;
  const address = Object.fromEntries(
    Object.entries({ country, street, city, stateOrProvince, zipCode }).filter(([, value]) => value !== undefined),
  );
  return {
    ...plain,
    ...(Object.keys(address).length > 0 ? { location: { address } } : {}),
    ...(Array.isArray(supportContacts) ? { contacts: supportContacts.map((email) => ({ email })) } : {}),
  };
}
