import { expect, test } from 'vitest';
import { DEMO_ADMIN } from '../../shared/cloud/sandbox-control.ts';
import type { AccountId, ChangeId, UserId } from '../../shared/model/ids.ts';
import { aUserOf, anAccountOf } from '../harness/builders.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, harbourId } from '../sandbox/sandbox-client.ts';

async function offline(): Promise<TestEngine> {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  return engine;
}

async function changesOf(engine: TestEngine) {
  return (await engine.client.outbox.list({ accountId: null })).changes;
}

async function idOf(engine: TestEngine, index = 0): Promise<ChangeId> {
  const change = (await changesOf(engine))[index];
  if (!change) throw new Error('nothing is queued');
  return change.id;
}

async function addUser(engine: TestEngine, name: string, accountId: AccountId = engine.account()): Promise<UserId> {
  const added = await engine.client.users.add({ accountId, fields: aUserOf(name) });
  if (!added.ok) throw new Error(added.refusal.code);
  return added.value.id;
}

async function addAccount(engine: TestEngine, name: string): Promise<AccountId> {
  const added = await engine.client.accounts.add({ fields: anAccountOf(name) });
  if (!added.ok) throw new Error(added.refusal.code);
  return added.value.id;
}

test('OFF-2: the queue shows what changes from what to what, in the order it was made', async () => {
  const engine = await offline();
  const id = engine.userOf(DEMO_ADMIN.email);
  await engine.client.users.edit({ id, changes: { firstName: 'Adele' }, seen: { firstName: 'Ada' } });
  await addUser(engine, 'Second');
  const changes = await changesOf(engine);
  expect(changes).toMatchObject([
    {
      kind: 'patch',
      entityName: 'Ada Admin',
      fields: [{ field: 'firstName', from: 'Ada', to: 'Adele' }],
      state: 'queued',
      canUndo: true,
    },
    { kind: 'create', entityName: 'Second Newcomer', accountName: 'Saltmarsh Harbour Authority' },
  ]);
  expect(changes[0]?.seq).toBeLessThan(changes[1]?.seq ?? 0);
});

test('OFF-2: two edits of one person go out as one, with what was there first', async () => {
  const engine = await offline();
  const id = engine.userOf(DEMO_ADMIN.email);
  await engine.client.users.edit({ id, changes: { firstName: 'Adele' }, seen: { firstName: 'Ada' } });
  await engine.client.users.edit({
    id,
    changes: { firstName: 'Addie', mobile: '+15550100' },
    seen: { firstName: 'Adele' },
  });
  expect(await changesOf(engine)).toMatchObject([
    {
      fields: [
        { field: 'firstName', from: 'Ada', to: 'Addie' },
        { field: 'mobile', to: '+15550100' },
      ],
    },
  ]);
  await engine.setOffline(false);
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([
    { before: { firstName: 'Ada' }, after: { firstName: 'Addie', mobile: '+15550100' } },
  ]);
});

test('OFF-2: undo brings back what the server has; undo of a new user takes the user away', async () => {
  const engine = await offline();
  const id = engine.userOf(DEMO_ADMIN.email);
  const before = await engine.client.users.get({ id });
  await engine.client.users.edit({ id, changes: { firstName: 'Adele' }, seen: { firstName: 'Ada' } });
  expect(await engine.client.users.get({ id })).toMatchObject({ firstName: 'Adele', pending: 'changed' });
  await engine.client.outbox.undo({ id: await idOf(engine), withDependants: false });
  expect(await engine.client.users.get({ id })).toEqual(before);
  const added = await addUser(engine, 'Brief');
  await engine.client.outbox.undo({ id: await idOf(engine), withDependants: false });
  expect(await engine.client.users.get({ id: added })).toBeNull();
  expect(await engine.client.users.page({ accountId: engine.account(), search: 'brief' })).toMatchObject({ total: 0 });
  await engine.setOffline(false);
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toEqual([]);
});

test('OFF-2: undo of a new account names its users and takes them back only together', async () => {
  const engine = await offline();
  const account = await addAccount(engine, 'Nearly There');
  const users = [await addUser(engine, 'One', account), await addUser(engine, 'Two', account)];
  expect(await changesOf(engine)).toMatchObject([
    { type: 'account', state: 'queued' },
    { type: 'user', state: 'blocked', reason: 'depends-on-other' },
    { type: 'user', state: 'blocked' },
  ]);
  const id = await idOf(engine);
  expect(await engine.client.outbox.undo({ id, withDependants: false })).toMatchObject({
    refusal: { code: 'change.has-dependants', details: { count: 2 } },
  });
  expect(await engine.client.outbox.undo({ id, withDependants: true })).toEqual({
    ok: true,
    value: { undoneCount: 3 },
  });
  expect(await engine.client.accounts.get({ id: account })).toBeNull();
  expect(await Promise.all(users.map((user) => engine.client.users.get({ id: user })))).toEqual([null, null]);
});

test('OFF-2: a change that may have left cannot be undone', async () => {
  const engine = await (await startEngine({ clock: createManualClock() })).ready();
  engine.sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'PATCH' })] });
  await addUser(engine, 'Gone');
  await until(
    'unknown',
    () => changesOf(engine),
    ([change]) => change?.state === 'unknown',
  );
  const id = await idOf(engine);
  expect((await changesOf(engine))[0]).toMatchObject({ canUndo: false, reason: 'answer-lost', attempts: 1 });
  expect(await engine.client.outbox.undo({ id, withDependants: true })).toMatchObject({
    refusal: { code: 'change.already-sent' },
  });
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(await engine.client.outbox.undo({ id, withDependants: true })).toMatchObject({
    refusal: { code: 'change.not-found' },
  });
});

test('OFF-2: a refused change stands with the words and the correlation id of the server; corrected, it goes out', async () => {
  const engine = await offline();
  const id = await addUser(engine, 'Clash');
  engine.sandbox.oracle.apply(harbourId(engine.sandbox), [
    { op: 'add', body: aUserOf('Other', { email: 'clash@new.example' }) },
  ]);
  await engine.setOffline(false);
  await engine.settled();
  const [refused] = await changesOf(engine);
  expect(refused).toMatchObject({ state: 'quarantine', reason: 'already-in-use', canUndo: true, canRetry: true });
  expect(refused?.serverMessage).not.toBe('');
  expect(refused?.correlationId).not.toBe('');
  expect(await engine.client.users.get({ id })).toMatchObject({ pending: 'attention' });
  expect(await engine.client.sync.status({ accountId: null })).toMatchObject({ waitingCount: 0, attentionCount: 1 });
  const corrected = await engine.client.users.edit({
    id,
    changes: { email: 'no.clash@new.example' },
    seen: { email: 'clash@new.example' },
  });
  expect(corrected).toMatchObject({ ok: true });
  await engine.settled();
  expect(await changesOf(engine)).toEqual([]);
  expect(engine.sandbox.oracle.log().map(({ after }) => (after as { email: string }).email)).toEqual([
    'clash@new.example',
    'no.clash@new.example',
  ]);
});

test('OFF-2: retry sends a refused change once more', async () => {
  const engine = await offline();
  await addUser(engine, 'Again');
  const account = harbourId(engine.sandbox);
  engine.sandbox.oracle.apply(account, [
    { op: 'add', body: { firstName: 'In', lastName: 'Way', email: 'again@new.example', role: 'USER' } },
  ]);
  await engine.setOffline(false);
  await engine.settled();
  const inTheWay = engine.sandbox.oracle.users(account).find(({ email }) => email === 'again@new.example');
  engine.sandbox.oracle.apply(account, [{ op: 'remove', id: String(inTheWay?.['userId']) }]);
  expect(await engine.client.outbox.retry({ id: await idOf(engine) })).toEqual({ ok: true, value: {} });
  await engine.settled();
  expect(await changesOf(engine)).toEqual([]);
  expect(engine.sandbox.oracle.users(account)).toContainEqual(expect.objectContaining({ firstName: 'Again' }));
});

test('OFF-2: the list comes in pages and by account', async () => {
  const engine = await offline();
  for (let index = 0; index < 7; index += 1) await addUser(engine, `Paged${index}`);
  await addUser(engine, 'Elsewhere', engine.account('100000004'));
  const page = await engine.client.outbox.list({ accountId: engine.account(), offset: 5, limit: 5 });
  expect(page).toMatchObject({
    total: 7,
    changes: [{ entityName: 'Paged5 Newcomer' }, { entityName: 'Paged6 Newcomer' }],
  });
  expect(await engine.client.outbox.list({ accountId: null, limit: 1 })).toMatchObject({ total: 8 });
});
