import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { wireAccount, wireUser } from '../../shared/cloud/wire.ts';
import { BUSINESS_TYPES } from '../../shared/model/account.ts';
import { isEmail } from '../../shared/model/email.ts';
import { USER_SOURCES } from '../../shared/model/user.ts';
import { checkUserEdit } from '../../shared/model/user-rules.ts';
import { IDENTITIES } from '../../electron/sandbox/demo/identities.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import { aSandbox, passwordTokens } from './sandbox-client.ts';

const RESERVED = /(?:\.example|\.test|@example\.com)$/u;
const FICTIONAL = /^$|^\+1\d{3}55501\d{2}$|^\+447700900\d{3}$/u;

function digestOf(sandbox: Sandbox): string {
  const hash = createHash('sha256');
  for (const account of sandbox.oracle.accounts()) {
    const users = sandbox.oracle.users(String(account['accountId']));
    hash.update(JSON.stringify([account, users]).replaceAll(sandbox.url, ''));
  }
  return hash.digest('hex');
}

test('CLI-2: the demo tenants are the same every time, ids included', async () => {
  const [first, second] = [await aSandbox({ tenants: 'demo' }), await aSandbox({ tenants: 'demo' })];
  expect(digestOf(second)).toBe(digestOf(first));
}, 30_000);

test('CLI-2: the demo tenants hold invented, valid people in accounts of every kind', async () => {
  const sandbox = await aSandbox({ tenants: 'demo' });
  const accounts = sandbox.oracle.accounts().map((account) => wireAccount.parse(account));
  const users = accounts.map((account) => sandbox.oracle.users(account.accountId).map((user) => wireUser.parse(user)));
  const all = users.flat();
  expect(accounts.filter((account) => !account.isPartnerAccount)).toHaveLength(15);
  expect(
    users
      .map((list) => list.length)
      .toSorted((a, b) => a - b)
      .at(-1),
  ).toBe(100_000);
  expect(users.some((list) => list.length === 5)).toBe(true);
  expect(accounts.some((account) => !account.active)).toBe(true);
  expect(accounts.some((account) => account.source === 'MICLOUD_CONNECT')).toBe(true);
  expect(accounts.some((account) => account.policy?.allowGuestAccess)).toBe(true);
  expect(accounts.every((account) => BUSINESS_TYPES.some((type) => type === account.businessType))).toBe(true);
  expect(new Set(all.map((user) => user.userId)).size).toBe(all.length);

  const odd = all.filter((user) => {
    const sane = isEmail(user.email) && RESERVED.test(user.email) && FICTIONAL.test(user.mobile);
    return !sane || checkUserEdit(user).length > 0 || (user.modifiedOn ?? '') < (user.createdOn ?? '');
  });
  expect(odd).toEqual([]);
  const sources = new Set(all.map((user) => user.source));
  expect(USER_SOURCES.filter((source) => source !== 'IMPORT' && !sources.has(source))).toEqual([]);
  for (const list of users) {
    const extensions = list.map((user) => user.extension).filter((extension) => extension !== '');
    expect(new Set(extensions).size).toBe(extensions.length);
  }
}, 30_000);

test.each([
  ['small', [6, 40, 5, 300]],
  ['empty', [1, 0]],
] as const)('CLI-2: the tenants %s have %j users', async (tenants, counts) => {
  const sandbox = await aSandbox({ tenants });
  const found = sandbox.oracle.accounts().map((account) => sandbox.oracle.users(String(account['accountId'])).length);
  expect(found).toEqual(counts);
});

test.each(IDENTITIES.map((identity) => [identity.email, identity] as const))(
  'CLI-2: %s can sign in to the demo tenants',
  async (_email, identity) => {
    const sandbox = await aSandbox();
    expect((await passwordTokens(sandbox, identity, identity.accountNumber)).status).toBe(200);
  },
);
