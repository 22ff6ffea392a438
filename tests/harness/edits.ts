import { must } from '../../shared/lib/must.ts';
import type { AccountId, ChangeId, UserId } from '../../shared/model/ids.ts';
import type { UserFields } from '../../shared/model/user.ts';
import type { WireOperation } from '../../shared/cloud/wire.ts';
import { harbourId } from '../sandbox/sandbox-client.ts';
import { anAccountOf, aUserOf } from './builders.ts';
import type { TestEngine } from './start-engine.ts';

type Fields = Partial<UserFields>;

export async function addUser(
  engine: TestEngine,
  name: string,
  more: Fields & { accountId?: AccountId } = {},
): Promise<UserId> {
  const { accountId = engine.account(), ...fields } = more;
  const added = await engine.client.users.add({ accountId, fields: aUserOf(name, fields) });
  if (!added.ok) throw new Error(`${name}: ${added.refusal.code}`);
  return added.value.id;
}

export async function addAccount(engine: TestEngine, name: string): Promise<AccountId> {
  const added = await engine.client.accounts.add({ fields: anAccountOf(name) });
  if (!added.ok) throw new Error(`${name}: ${added.refusal.code}`);
  return added.value.id;
}

/** Edits a user as a person does who looks at the screen. */
export async function editUser(engine: TestEngine, id: UserId, changes: Fields): Promise<void> {
  const view = must(await engine.client.users.get({ id }), 'the user is on the screen');
  const seen = Object.fromEntries(Object.keys(changes).map((field) => [field, view[field as keyof UserFields]]));
  const edited = await engine.client.users.edit({ id, changes, seen });
  if (!edited.ok) throw new Error(`${id}: ${edited.refusal.code}`);
}

/** Users of the harbour account nobody locks: their fields may all be edited. */
export async function freeUsers(engine: TestEngine, count: number): Promise<readonly { id: UserId; sid: string }[]> {
  const users = engine.sandbox.oracle.users(harbourId(engine.sandbox));
  return users
    .filter(({ source }) => source === 'ACCOUNTS')
    .slice(-count)
    .map((user) => ({ id: engine.userOf(String(user['email'])), sid: String(user['userId']) }));
}

export async function changesOf(engine: TestEngine) {
  return (await engine.client.outbox.list({ accountId: null, limit: 200 })).changes;
}

export async function onlyChange(engine: TestEngine): Promise<ChangeId> {
  return must((await changesOf(engine))[0], 'a change is queued').id;
}

/** Somebody else, at the portal. */
export function elsewhere(engine: TestEngine, operation: WireOperation): unknown {
  const [answer] = engine.sandbox.oracle.apply(harbourId(engine.sandbox), [operation]);
  if ((answer?.statusCode ?? 500) >= 300) throw new Error(JSON.stringify(answer));
  return answer?.body;
}

export function serverUser(engine: TestEngine, sid: string): Readonly<Record<string, unknown>> | undefined {
  return engine.sandbox.oracle.users(harbourId(engine.sandbox)).find(({ userId }) => userId === sid);
}

/** What the cloud committed, as short lines: `add e-mail`, `replace e-mail`. */
export function commits(engine: TestEngine): readonly string[] {
  return engine.sandbox.oracle.log().map(({ op, after, before }) => {
    const record = (after ?? before) as { email?: string; name?: string };
    return `${op} ${record.email ?? record.name ?? ''}`;
  });
}
