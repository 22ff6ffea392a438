import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { NewUserForm } from '../../../shared/model/user.ts';
import type { BrowserConsole } from './browser-console.ts';
import { queueSomeWork } from './browser-scenes.ts';
import { expect } from './browser-test.ts';
import { elsewhere } from './conflict-scenes.ts';

export const OBSERVATORY = 'Larch Hill Observatory';

/** A new user whose address somebody else has taken meanwhile: refused by the cloud, then offline again. */
export async function refusedUser(desk: BrowserConsole, accountId: AccountId): Promise<void> {
  await desk.client.sync.setOffline({ offline: true });
  await addUser(desk, accountId, 'Wren', 'wren.taken@harbour.example');
  const taken = { firstName: 'Other', lastName: 'Wren', email: 'wren.taken@harbour.example', role: 'USER' };
  await elsewhere(desk, accountId, [{ op: 'add', body: taken }]);
  await desk.client.sync.setOffline({ offline: false });
  await desk.client.sync.now({ accountId });
  const isRefused = async (): Promise<number> => (await desk.client.outbox.list({ accountId: null })).attentionCount;
  await expect.poll(isRefused, { timeout: 30_000 }).toBe(1);
  await desk.client.sync.setOffline({ offline: true });
}

/** Changes of every kind, offline, with a new account and two new users that wait for it. */
export async function fullOutbox(desk: BrowserConsole, accountId: AccountId): Promise<void> {
  await refusedUser(desk, accountId);
  await queueSomeWork(desk, accountId);
  const { rows } = await desk.client.accounts.list({ state: 'ACTIVE', search: OBSERVATORY });
  const observatory = must(rows[0], 'the new account').id;
  await addUser(desk, observatory, 'Astrid', 'astrid@larch-hill.example');
  await addUser(desk, observatory, 'Bertil', 'bertil@larch-hill.example');
}

export async function addUser(
  desk: BrowserConsole,
  accountId: AccountId,
  firstName: string,
  email: string,
): Promise<void> {
  const fields: NewUserForm = {
    firstName,
    lastName: 'Newcomer',
    name: '',
    email,
    mobile: '',
    extension: '',
    role: 'USER',
  };
  const added = await desk.client.users.add({ accountId, fields });
  if (!added.ok) throw new Error(JSON.stringify(added.refusal));
}
