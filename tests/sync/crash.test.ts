import { describe, expect, test } from 'vitest';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { addAccount, addUser, changesOf, commits, editUser, freeUsers } from '../harness/edits.ts';
import { MODES } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault } from '../sandbox/sandbox-client.ts';

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
    const rows = (of: TestEngine) => of.client.uploads.rows({ id: importId });
    await until(
      'under way',
      () => rows(engine),
      ({ rows: [first] }) => first?.state === 'inflight',
    );
    engine.crash();
    engine.sandbox.configure({ faults: [] });
    const again = await startEngine({ sandbox: engine.sandbox, directory: engine.directory });
    expect((await rows(again)).rows[0]).toMatchObject({ state: 'unknown', reason: 'answer-lost' });
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
