import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { User } from '../../../shared/model/user.ts';
import type { BrowserConsole } from './browser-console.ts';
import { expect } from './browser-test.ts';
import { elsewhere, replaced } from './conflict-scenes.ts';

/** Somebody else gives every Elite license that is left to users who have no tier; returns them, fetched. */
export async function useUpElite(desk: BrowserConsole, accountId: AccountId): Promise<readonly User[]> {
  const { client } = desk;
  const leftNow = async (): Promise<number> => {
    const { seats } = await client.users.seats({ accountId });
    const elite = must(
      seats.find(({ license }) => license === 'MITEL_ONE_ELITE'),
      'the account has Elite licenses',
    );
    return elite.total - elite.assigned;
  };
  const left = await leftNow();
  const { rows } = await client.users.page({ accountId, limit: 200 });
  // From the end: what is free at the beginning is left for the test.
  const wanting = rows.filter(({ mitelOne }) => mitelOne === '').slice(-left);
  const users = await Promise.all(wanting.map(({ id }) => client.users.get({ id })));
  const given = users.map((user) => must(user, 'the user is in the list'));
  await elsewhere(
    desk,
    accountId,
    given.map((user) => replaced(user, { mitelOne: 'ELITE' })),
  );
  await client.sync.now({ accountId });
  await expect.poll(leftNow, { timeout: 60_000 }).toBe(0);
  return given;
}

/** A user who has one of the account's SMS numbers. */
export async function userWithSmsNumber(desk: BrowserConsole, accountId: AccountId): Promise<User> {
  const { rows } = await desk.client.users.page({ accountId, limit: 200 });
  const users = await Promise.all(rows.map(({ id }) => desk.client.users.get({ id })));
  return must(
    users.find((user) => (user?.smsNumber ?? '') !== ''),
    'the demo has such a user',
  );
}
