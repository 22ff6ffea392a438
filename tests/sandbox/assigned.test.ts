import { expect, test } from 'vitest';
import { wireAccount, wireUser } from '../../shared/cloud/wire.ts';
import { totalOf } from '../../shared/model/assignables.ts';
import { LICENSES, licensesOf } from '../../shared/model/license.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import { aSandbox, harbourId } from './sandbox-client.ts';

/** An answer to one operation: its status, and the sentence when it was refused. */
function apply(sandbox: Sandbox, id: string, body: Record<string, string>) {
  const [answer] = sandbox.oracle.apply(harbourId(sandbox), [{ op: 'replace', id, body }]);
  return { status: answer?.statusCode, message: (answer?.body as { message?: string } | undefined)?.message };
}

test('BIL-3: no account of the demo has assigned more than it has, and no two users have one number', async () => {
  const sandbox = await aSandbox({ tenants: 'demo' });
  const given = new Set<string>();
  for (const account of sandbox.oracle.accounts().map((body) => wireAccount.parse(body))) {
    const users = sandbox.oracle.users(account.accountId).map((body) => wireUser.parse(body));
    for (const license of LICENSES) {
      const assigned = users.filter((user) => licensesOf(user).includes(license)).length;
      expect(assigned).toBeLessThanOrEqual(totalOf(account.assignables, license));
      if (assigned > 0) given.add(license);
    }
    const numbers = users.map(({ smsNumber }) => smsNumber).filter((number) => number !== '');
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => !account.assignables.smsNumbers.includes(number))).toEqual([]);
  }
  expect([...given].toSorted()).toEqual([...LICENSES].toSorted());
}, 30_000);

test('BIL-5: the cloud refuses what is used up, belongs to somebody else or does not exist, and keeps the rest as it was', async () => {
  const sandbox = await aSandbox();
  const users = sandbox.oracle.users(harbourId(sandbox)).map((body) => wireUser.parse(body));
  const ids = users.filter(({ mitelOne }) => mitelOne === '').map(({ userId }) => userId);
  const [last = '', ...firsts] = ids.slice(0, 11);
  for (const id of firsts) expect(apply(sandbox, id, { mitelOne: 'ELITE' })).toMatchObject({ status: 200 });
  expect(apply(sandbox, last, { mitelOne: 'ELITE' })).toEqual({
    status: 409,
    message:
      '1 more license(s) are needed to apply to the selected users. Please purchase more or unassign existing licenses and try again',
  });
  const taken = users.find(({ smsNumber }) => smsNumber !== '')?.smsNumber ?? '';
  expect(apply(sandbox, last, { smsNumber: taken })).toMatchObject({ status: 409 });
  for (const body of [
    { mitelOne: 'GOLD' },
    { miteamMeetings: 'YES' },
    { smsNumber: '+15555550100' },
    { language: 'xx' },
    { userTemplate: 'Kiosk' },
  ])
    expect(apply(sandbox, last, body)).toMatchObject({ status: 400 });
  const now = sandbox.oracle.users(harbourId(sandbox)).find(({ userId }) => userId === last);
  expect(now).toMatchObject({ mitelOne: '', smsNumber: '' });
  // Who has one may give it up, and somebody else takes it.
  expect(apply(sandbox, firsts[0] ?? '', { mitelOne: '' })).toMatchObject({ status: 200 });
  expect(apply(sandbox, last, { mitelOne: 'ELITE' })).toMatchObject({ status: 200 });
});
