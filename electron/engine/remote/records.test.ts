import { expect, test } from 'vitest';
import { accountBody, userBody } from './entity-wire.ts';
import { toServerAccount, toServerUser } from './records.ts';

test('SES-1 L17: secrets and unknown fields of a record are dropped where it comes in', () => {
  const user = toServerUser({
    userId: 'u',
    accountId: 'a',
    name: 'N',
    sipPassword: 'canary',
    privateKey: 'canary',
    avatars: ['canary'],
  });
  expect(user).toMatchObject({
    sid: 'u',
    accountSid: 'a',
    fields: { name: 'N', email: '', role: '' },
    rev: null,
    etag: null,
  });
  expect(JSON.stringify(user)).not.toContain('canary');
});

test.each([null, 'text', {}, { userId: '', accountId: '' }, { userId: 7, accountId: 7 }])(
  'SYNC 3.8: %j is no record',
  (body) => {
    expect(toServerUser(body)).toBeNull();
    expect(toServerAccount(body)).toBeNull();
  },
);

test('ACC-3: an account goes out as the API spells it, and only with what changed', () => {
  expect(accountBody({ city: 'X', supportContacts: ['a@b.example'], name: 'N' })).toEqual({
    name: 'N',
    location: { address: { city: 'X' } },
    contacts: [{ email: 'a@b.example' }],
  });
  expect(accountBody({ languageCode: 'de' })).toEqual({ languageCode: 'de' });
  expect(userBody({ mobile: '' })).toEqual({ mobile: '' });
});

test('ACC-3: an account comes in with defaults for what is missing', () => {
  expect(
    toServerAccount({
      accountId: 'a',
      contacts: [{ email: 'x@y.example' }, {}],
      active: false,
      modifiedOn: 'nonsense',
    }),
  ).toMatchObject({
    sid: 'a',
    isActive: false,
    modifiedAt: null,
    fields: { country: '', supportContacts: ['x@y.example'] },
  });
});
