import { expect, test } from 'vitest';
import type { OfflineCheck } from '../../shared/contract/offline.ts';
import { must } from '../../shared/lib/must.ts';
import { addUser } from '../harness/edits.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { engineIn } from '../harness/modes.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';

async function checks(engine: TestEngine): Promise<readonly string[]> {
  const { checks: all } = await engine.client.offline.state({});
  return all.map(({ what, state }: OfflineCheck) => `${what} ${state}`);
}

test('OFF-1: before the first sync nothing is ready, and the check says what is missing', async () => {
  const engine = await startEngine();
  const { isReady } = await engine.client.offline.state({});
  expect(isReady).toBe(false);
  expect(await checks(engine)).toEqual([
    'sign-in missing',
    'accounts missing',
    'pins warning',
    'queue ready',
    'attention ready',
  ]);
});

test('OFF-1: a pinned account is complete when its users are, and says since when; after a night it is stale', async () => {
  const clock = createManualClock();
  const engine = await engineIn({}, { clock });
  const id = engine.account();
  expect(await engine.client.offline.pin({ accountIds: [id], pinned: true })).toMatchObject({
    value: { pinnedCount: 1 },
  });
  const { pinned, isReady } = await engine.client.offline.state({});
  expect(pinned).toMatchObject([{ accountId: id, isComplete: true, userCount: expect.any(Number) }]);
  expect(isReady).toBe(true);
  await engine.setOffline(true);
  clock.advance(20 * 3_600_000);
  await addUser(engine, 'Queued');
  expect(await checks(engine)).toEqual([
    'sign-in warning',
    'accounts stale',
    'pinned-account stale',
    'queue warning',
    'attention ready',
  ]);
  await engine.client.offline.pin({ accountIds: [id], pinned: false });
  expect((await engine.client.offline.state({})).pinned).toEqual([]);
});

test('OFF-1: without pins a laptop that lacks the users of an account does not call itself ready', async () => {
  const engine = await engineIn({}, { clock: createManualClock() });
  expect(await checks(engine)).toContain('pins warning');
  const { repositories } = engine.engine;
  const account = must(repositories.accounts.key(engine.account()), 'the account');
  const scope = `users:${account.sid}`;
  const cursor = { ...repositories.cursors.get(scope), syncedAt: null };
  repositories.cache.write((tx) => repositories.cursors.save(tx, scope, cursor));
  expect(await checks(engine)).toContain('pins missing');
  expect((await engine.client.offline.state({})).isReady).toBe(false);
});

test('OFF-1: pinned accounts are fetched before the others, and pins are each person’s own', async () => {
  const engine = await startEngine();
  await engine.ready();
  const { rows } = await engine.client.accounts.list({ state: 'ACTIVE', search: '' });
  const last = must(rows.at(-1), 'there are accounts');
  await engine.client.offline.pin({ accountIds: [last.id], pinned: true });
  await engine.settled();
  const sub = engine.engine.context.session.actor();
  expect(engine.engine.repositories.pins.of(sub)).toMatchObject([{ accountLid: last.id }]);
  expect(engine.engine.repositories.pins.of('somebody-else')).toEqual([]);
  const from = engine.sandbox.oracle.requests().length;
  await engine.client.offline.prepare({});
  await engine.settled();
  const users = engine.sandbox.oracle
    .requests()
    .slice(from)
    .flatMap(({ target }) => /accounts\/([^/]+)\/users/u.exec(target)?.[1] ?? []);
  expect(users[0]).toBe(last.serverId);
});

test('OFF-1: a poll asks one thing of a quiet cloud, however many accounts there are', async () => {
  const clock = createManualClock();
  const engine = await engineIn({}, { clock });
  const from = engine.sandbox.oracle.requests().length;
  clock.advance(60_000);
  await engine.settled();
  const asked = engine.sandbox.oracle.requests().slice(from);
  expect(asked.map(({ target }) => target.split('?')[0])).toEqual(['/admin/2017-09-01/changes']);
});

test('OFF-1: a poll fetches only the accounts in which something moved', async () => {
  const clock = createManualClock();
  const engine = await engineIn({}, { clock });
  const account = must(
    engine.engine.repositories.accounts.all().find(({ lid }) => lid === engine.account()),
    'the account',
  );
  const [user] = engine.sandbox.oracle.users(String(account.sid));
  engine.sandbox.oracle.apply(String(account.sid), [
    { op: 'replace', id: String(user?.['userId']), body: { extension: '4755' } },
  ]);
  const from = engine.sandbox.oracle.requests().length;
  clock.advance(60_000);
  await engine.settled();
  const asked = engine.sandbox.oracle
    .requests()
    .slice(from)
    .map(({ target }) => target.split('?')[0]?.split('/').slice(3).join('/'));
  expect(asked).toEqual(['changes', 'accounts/changes', `accounts/${account.sid}/users/changes`]);
  const shown = await engine.client.users.page({ accountId: engine.account(), search: '4755' });
  expect(shown.rows.map(({ extension }) => extension)).toContain('4755');
});
