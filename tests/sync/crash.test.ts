import { describe, expect, test } from 'vitest';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { derivedLid } from '../../electron/engine/database/id-repository.ts';
import type { AccountId } from '../../shared/model/ids.ts';
import { Fault } from '../../shared/rpc/fault.ts';
import { aUserOf } from '../harness/builders.ts';
import { addAccount, addUser, changesOf, commits, editUser, freeUsers } from '../harness/edits.ts';
import { MODES } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { spawnEngine, type SpawnedEngine } from '../harness/spawn-engine.ts';
import { aFolder, startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, aSandbox, harbourId } from '../sandbox/sandbox-client.ts';

/** Another engine on what the crashed one left. */
async function afterCrash(engine: TestEngine): Promise<TestEngine> {
  engine.crash();
  const { sandbox, directory, vault } = engine;
  return startEngine({ sandbox, directory, vault, clock: engine.engine.context.clock, seed: 99 });
}

test('OFF-2 L2: what the engine has confirmed is there after a crash, in the queue and on the screen', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const id = await addUser(engine, 'Durable');
  const [free] = await freeUsers(engine, 1);
  if (free) await editUser(engine, free.id, { mobile: '+15550123' });
  engine.crash();
  // The cache may lose its last moments; the journal is enough.
  const cache = new Database(join(engine.directory, 'cache.db'));
  cache.prepare('DELETE FROM users WHERE lid = ?').run(id);
  cache.prepare("UPDATE users SET mobile = '', pending = 0, base_doc = NULL WHERE lid = ?").run(String(free?.id));
  cache.close();
  const again = await startEngine({ sandbox: engine.sandbox, directory: engine.directory });
  expect((await changesOf(again)).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'create auth-wait',
    'patch auth-wait',
  ]);
  expect(await again.client.users.get({ id })).toMatchObject({ firstName: 'Durable', pending: 'new' });
  expect(await again.client.users.get({ id: free?.id as never })).toMatchObject({
    mobile: '+15550123',
    pending: 'changed',
  });
});

/** Repeats are told apart by nothing but their key. */
const KEYS_ONLY = ['with keys only', { externalRef: false, delta: false, batchSize: 0 }] as const;

describe.each([...MODES, KEYS_ONLY])('%s', (_name, mode) => {
  test('OFF-2 L3: what was under way at a crash is unknown afterwards, and is done once', async () => {
    const engine = await engineIn(mode);
    engine.sandbox.configure({
      faults: [
        aFault({ kind: 'delay', delayMs: 100, method: 'POST' }),
        aFault({ kind: 'delay', delayMs: 100, method: 'PATCH' }),
      ],
    });
    // Two customers may have the same name: nothing but the key, our reference or a look keeps this one from being made twice.
    await addAccount(engine, 'Underway Customer');
    queueUpload(engine, 3);
    await until(
      'under way',
      () => changesOf(engine),
      ([change]) => change?.state === 'inflight',
    );
    await engine.setOffline(false);
    engine.crash();
    engine.sandbox.configure({ faults: [] });
    const again = await startEngine({ sandbox: engine.sandbox, directory: engine.directory });
    expect(again.engine.repositories.outbox.page('', null, { offset: 0, limit: 9 }).total).toBe(0);
    const sub = again.engine.context.session.actor();
    expect(again.engine.repositories.outbox.page(sub, null, { offset: 0, limit: 9 }).changes).toMatchObject([
      { state: 'unknown', reason: 'answer-lost' },
    ]);
    await again.ready();
    expect(commits(again).toSorted()).toEqual([
      'add Underway Customer',
      'add row.1@upload.example',
      'add row.2@upload.example',
      'add row.3@upload.example',
    ]);
    expect(await changesOf(again)).toEqual([]);
  });

  test('IMP-8 L3: rows under way at a crash are unknown afterwards, and are done once', async () => {
    const engine = await engineIn(mode);
    engine.sandbox.configure({
      faults: [
        aFault({ kind: 'delay', delayMs: 100, method: 'POST' }),
        aFault({ kind: 'delay', delayMs: 100, method: 'PATCH' }),
      ],
    });
    const { importId } = queueUpload(engine, 5);
    const rows = (of: TestEngine) => of.client.outbox.importItems({ importId });
    await until(
      'under way',
      () => rows(engine),
      ({ items }) => items[0]?.state === 'inflight',
    );
    engine.crash();
    engine.sandbox.configure({ faults: [] });
    const again = await startEngine({ sandbox: engine.sandbox, directory: engine.directory });
    expect((await rows(again)).items[0]).toMatchObject({ state: 'unknown', reason: 'answer-lost' });
    await again.ready();
    expect(commits(again)).toHaveLength(5);
    expect(await again.client.outbox.list({ accountId: null })).toMatchObject({
      batches: [{ sentCount: 5, waitingCount: 0, refusedCount: 0 }],
    });
  });

  test('OFF-2 L3: through a dozen crashes at random moments everything arrives once', async () => {
    const random = seededRandom(5);
    let engine = await engineIn(mode, { seed: 5 });
    await engine.setOffline(true);
    for (let index = 0; index < 12; index += 1) await addUser(engine, `Crash${index}`);
    queueUpload(engine, 40);
    await engine.client.sync.setOffline({ offline: false });
    for (let crash = 0; crash < 12; crash += 1) {
      const goal = engine.sandbox.oracle.requests().length + Math.floor(random() * 6);
      await until(
        'a few requests',
        () => engine.sandbox.oracle.requests().length,
        (count) => count >= goal || engine.sandbox.oracle.log().length === 52,
      );
      engine = await afterCrash(engine);
    }
    await engine.settled();
    expect(commits(engine)).toHaveLength(52);
    expect(new Set(commits(engine)).size).toBe(52);
    expect(await changesOf(engine)).toEqual([]);
    expect((await engine.client.users.page({ accountId: engine.account() })).total).toBe(40 + 52);
  });
});

/** Users added without a pause until the process dies; the addresses that were confirmed, and those that were asked for. */
async function addUntilKilled(engine: SpawnedEngine, accountId: AccountId, prefix: string) {
  const asked: string[] = [];
  const confirmed: string[] = [];
  for (;;) {
    const name = `${prefix}n${asked.length}`;
    const { email } = aUserOf(name);
    asked.push(email);
    try {
      const added = await engine.client.users.add({ accountId, fields: aUserOf(name) });
      if (added.ok) confirmed.push(email);
    } catch (error) {
      if (error instanceof Fault && error.kind === 'engine-lost') return { asked, confirmed };
      throw error;
    }
  }
}

test(
  'OFF-2 L3: twenty times killed in the midst of it, nothing confirmed is lost and nothing is done twice',
  { timeout: 120_000 },
  async () => {
    const random = seededRandom(20);
    const sandbox = await aSandbox();
    sandbox.configure({ seed: 20, faults: [aFault({ kind: 'drop-after-commit', method: 'PATCH', probability: 0.1 })] });
    const folder = aFolder();
    const accountId = derivedLid('account', harbourId(sandbox)) as AccountId;
    const confirmed: string[] = [];
    const asked: string[] = [];
    for (let kill = 0; kill < 20; kill += 1) {
      const engine = await spawnEngine(folder, sandbox.url);
      await until(
        'the account',
        () => engine.client.accounts.get({ id: accountId }),
        (account) => account !== null,
      );
      if (kill % 4 === 1) {
        await engine.transport.call({
          operation: 'test.queueUpload',
          input: { accountId, count: 30, prefix: `k${kill}` },
        });
        for (let row = 1; row <= 30; row += 1) confirmed.push(`k${kill}.${row}@upload.example`);
      }
      const commitsBefore = sandbox.oracle.log().length;
      const goal = commitsBefore + 1 + Math.floor(random() * 40);
      const adding = addUntilKilled(engine, accountId, `k${kill}`);
      await until(
        'some commits',
        () => sandbox.oracle.log().length,
        (count) => count >= goal,
      );
      await engine.kill();
      const round = await adding;
      confirmed.push(...round.confirmed);
      asked.push(...round.asked);
    }
    sandbox.configure({ faults: [] });
    const last = await spawnEngine(folder, sandbox.url);
    await last.client.sync.now({ accountId });
    await until(
      'all sent',
      () => last.client.sync.status({ accountId }),
      ({ waitingCount, isSyncing }) => waitingCount === 0 && !isSyncing,
    );
    const emails = sandbox.oracle.users(harbourId(sandbox)).map(({ email }) => String(email));
    const counts = new Map<string, number>();
    for (const email of emails) counts.set(email, (counts.get(email) ?? 0) + 1);
    expect(confirmed.length).toBeGreaterThan(200);
    expect(confirmed.filter((email) => !counts.has(email))).toEqual([]);
    expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
    expect((await last.client.sync.status({ accountId })).attentionCount).toBe(0);
    // What was asked for in the last moment may or may not be there; nothing else is.
    const known = new Set([...confirmed, ...asked]);
    expect(emails.filter((email) => email.endsWith('@new.example') && !known.has(email))).toEqual([]);
    await last.kill();
  },
);
