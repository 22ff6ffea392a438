import { DEMO_ADMIN } from '../../../shared/cloud/sandbox-control.ts';
import { servicePath } from '../../../shared/cloud/paths.ts';
import type { WireOperation } from '../../../shared/cloud/wire.ts';
import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { User, UserField, UserFields, UserRow } from '../../../shared/model/user.ts';
import type { BrowserConsole } from './browser-console.ts';
import { expect } from './browser-test.ts';

/** Users of an account whose fields are all free, by name. */
export async function freeUsers(desk: BrowserConsole, accountId: AccountId, count: number): Promise<readonly User[]> {
  const free: UserRow[] = [];
  for (let offset = 0, total = 1; free.length < count && offset < total; offset += 200) {
    const page = await desk.client.users.page({ accountId, offset, limit: 200 });
    ({ total } = page);
    free.push(...page.rows.filter(isFree));
  }
  if (free.length < count) throw new Error(`The account has only ${free.length} free users`);
  const users = await Promise.all(free.slice(0, count).map(({ id }) => desk.client.users.get({ id })));
  return users.map((user) => must(user, 'the user is in the list'));
}

function isFree({ source, role, pending }: UserRow): boolean {
  return source === 'ACCOUNTS' && role === 'USER' && pending === null;
}

export async function editUser(desk: BrowserConsole, user: User, changes: Partial<UserFields>): Promise<void> {
  const seen = Object.fromEntries(Object.keys(changes).map((field) => [field, user[field as UserField]]));
  const edited = await desk.client.users.edit({ id: user.id, changes, seen });
  if (!edited.ok) throw new Error(JSON.stringify(edited.refusal));
}

/** Somebody else changes or deletes users at the portal. */
export async function elsewhere(
  desk: BrowserConsole,
  accountId: AccountId,
  operations: readonly WireOperation[],
): Promise<void> {
  const account = must(await desk.client.accounts.get({ id: accountId }), 'the account is there');
  const answers = desk.sandbox.oracle.apply(must(account.serverId, 'the cloud has it'), operations);
  const wrong = answers.find(({ statusCode }) => statusCode >= 300);
  if (wrong) throw new Error(JSON.stringify(wrong));
}

export function replaced(user: User, body: Partial<UserFields>): WireOperation {
  return { op: 'replace', id: must(user.serverId, 'the cloud has the user'), body };
}

export function removed(user: User): WireOperation {
  return { op: 'remove', id: must(user.serverId, 'the cloud has the user') };
}

/** Back on the network, until the engine has found so many conflicts. */
export async function meetTheCloud(desk: BrowserConsole, accountId: AccountId, conflicts: number): Promise<void> {
  await desk.client.sync.setOffline({ offline: false });
  await desk.client.sync.now({ accountId });
  const found = async (): Promise<number> => (await desk.client.conflicts.list({ accountId: null, limit: 1 })).total;
  await expect.poll(found, { timeout: 60_000 }).toBe(conflicts);
}

/** So many more users of the account, fetched. */
export async function moreUsers(desk: BrowserConsole, accountId: AccountId, count: number): Promise<void> {
  const { total } = await desk.client.users.page({ accountId, limit: 1 });
  const operations = Array.from({ length: count }, (_, index): WireOperation => {
    const number = String(index).padStart(3, '0');
    return {
      op: 'add',
      body: {
        firstName: `Crew ${number}`,
        lastName: 'Deckhand',
        email: `crew.${number}@harbour.example`,
        role: 'USER',
      },
    };
  });
  await elsewhere(desk, accountId, operations);
  await desk.client.sync.now({ accountId });
  const known = async (): Promise<number> => (await desk.client.users.page({ accountId, limit: 1 })).total;
  await expect.poll(known, { timeout: 60_000 }).toBe(total + count);
}

/** So many users whose mobile number was changed on both sides. */
export async function conflictingUsers(
  desk: BrowserConsole,
  accountId: AccountId,
  count: number,
): Promise<readonly User[]> {
  await desk.client.sync.setOffline({ offline: true });
  const users = await freeUsers(desk, accountId, count);
  for (const [index, user] of users.entries()) await editUser(desk, user, { mobile: mine(index) });
  await elsewhere(
    desk,
    accountId,
    users.map((user, index) => replaced(user, { mobile: theirs(index) })),
  );
  await meetTheCloud(desk, accountId, users.length);
  return users;
}

export function mine(index: number): string {
  return `+4477009001${String(index).padStart(2, '0')}`;
}
export function theirs(index: number): string {
  return `+4477009002${String(index).padStart(2, '0')}`;
}

/** One conflict of every kind: number and name, a role to confirm, one deleted there, one deleted here, an address. */
export async function everyKindOfConflict(desk: BrowserConsole, accountId: AccountId): Promise<readonly User[]> {
  await desk.client.sync.setOffline({ offline: true });
  const users = await freeUsers(desk, accountId, 4);
  const [both, raised, gone, deleted] = users.map((user) => must(user, 'four free users'));
  if (!both || !raised || !gone || !deleted) throw new Error('The account has too few free users');
  await editUser(desk, both, { mobile: mine(0), firstName: 'Maximiliane-Theodora', extension: '4711' });
  await editUser(desk, raised, { role: 'ACCOUNT_ADMIN' });
  await editUser(desk, gone, { mobile: mine(2) });
  await desk.client.users.remove({ id: deleted.id });
  await elsewhere(desk, accountId, [
    replaced(both, { mobile: theirs(0), lastName: 'von Hohenberg-Ostrowski' }),
    replaced(raised, { mobile: theirs(1) }),
    removed(gone),
    replaced(deleted, { extension: '5099' }),
  ]);
  await moveAccount(desk, accountId);
  await meetTheCloud(desk, accountId, 5);
  return users;
}

/** The address changed here and, by the account's own administrator, there. */
async function moveAccount(desk: BrowserConsole, id: AccountId): Promise<void> {
  const { city, supportContacts, serverId } = must(await desk.client.accounts.get({ id }), 'the account is there');
  const changes = { city: 'Saltmarsh East', supportContacts: [...supportContacts, 'noc@harbour.example'] };
  const edited = await desk.client.accounts.edit({ id, changes, seen: { city, supportContacts } });
  if (!edited.ok) throw new Error(JSON.stringify(edited.refusal));
  const form = { grant_type: 'password', username: DEMO_ADMIN.email, password: DEMO_ADMIN.password, account_id: '' };
  const signedIn = await fetch(desk.sandbox.url + servicePath('authentication', 'token'), {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const moved = await fetch(desk.sandbox.url + servicePath('admin', `accounts/${serverId ?? ''}`), {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ location: { address: { city: 'Saltmarsh West', street: '9 Pier Approach' } } }),
  });
  if (!moved.ok) throw new Error(await moved.text());
}
