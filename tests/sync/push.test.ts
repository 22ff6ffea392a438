import { describe, expect, test } from 'vitest';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import type { UserId } from '../../shared/model/ids.ts';
import { createManualClock, type ManualClock } from '../harness/manual-clock.ts';
import {
  addAccount,
  addUser,
  changesOf,
  commits,
  editUser,
  elsewhere,
  freeUsers,
  onlyChange,
  serverUser,
} from '../harness/edits.ts';
import { MODES } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, aSandbox } from '../sandbox/sandbox-client.ts';

const UNBATCHED = { batchSize: 0 };

function writes(engine: TestEngine, method = 'POST') {
  return engine.sandbox.oracle
    .requests()
    .filter((request) => request.method === method && request.target.includes('/accounts/'));
}

/** Second by second: what a request of now waits for must not come with the same step. */
async function pass(clock: ManualClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function stateOf(engine: TestEngine): Promise<string> {
  return (await changesOf(engine)).map(({ state }) => state).join(' ');
}

test('OFF-2 L4: a repeat is the same request, byte for byte, with the same key', async () => {
  const engine = await engineIn(UNBATCHED);
  engine.sandbox.configure({
    faults: [aFault({ kind: 'drop-after-commit', method: 'POST', path: 'users', times: 3 })],
  });
  await addUser(engine, 'Repeated');
  await engine.settled();
  const sent = writes(engine);
  expect(sent).toHaveLength(4);
  expect(new Set(sent.map(({ idempotencyKey, bodyHash }) => `${idempotencyKey} ${bodyHash}`)).size).toBe(1);
  expect(sent[0]?.idempotencyKey).toMatch(/^[\da-f-]{36}$/u);
  expect(commits(engine)).toEqual(['add repeated@new.example']);
});

test('OFF-2 L4: what went in a batch is repeated in a batch, also when it is alone by then', async () => {
  const engine = await engineIn({ externalRef: false });
  await engine.setOffline(true);
  for (const name of ['First', 'Second']) await addUser(engine, name);
  engine.sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'PATCH', times: 1 })] });
  await engine.setOffline(false);
  await engine.settled();
  expect(commits(engine)).toEqual(['add first@new.example', 'add second@new.example']);
  expect(await changesOf(engine)).toEqual([]);
});

test('OFF-2 L4: an edit made while the answer is unknown is another request behind it', async () => {
  const engine = await engineIn(UNBATCHED, { clock: createManualClock() });
  engine.sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'POST', path: 'users' })] });
  const id = await addUser(engine, 'Edited');
  await until(
    'unknown',
    () => stateOf(engine),
    (state) => state === 'unknown',
  );
  await editUser(engine, id, { mobile: '+15550100' });
  expect(await stateOf(engine)).toBe('unknown blocked');
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([
    { op: 'add', after: { mobile: '' } },
    { op: 'replace', after: { mobile: '+15550100' } },
  ]);
});

describe.each([
  ['grows', async (engine: TestEngine, id: UserId) => editUser(engine, id, { mobile: '+15550102' }), '+15550102'],
  [
    'is taken back',
    async (engine: TestEngine) =>
      void (await engine.client.outbox.undo({ id: await onlyChange(engine), withDependants: false })),
    null,
  ],
] as const)('a change that %s', (_name, goOn, wanted) => {
  test('OFF-2 L4: while others are prepared for sending it is not sent as it was', async () => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    let held = '';
    const fetch: Fetch = async (input, init) => {
      const { url } = new Request(input);
      if (held !== '' && init?.method === 'GET' && url.endsWith(held)) {
        asked.resolve();
        await gate.promise;
      }
      return globalThis.fetch(input, init);
    };
    // Without ETags every change is looked up before it is sent, so that preparing the second takes time.
    const engine = await engineIn({ etag: false }, { fetch });
    const [first, second] = await freeUsers(engine, 2);
    if (!first || !second) throw new Error('two users');
    const expected = wanted ?? serverUser(engine, first.sid)?.['mobile'];
    await engine.setOffline(true);
    await editUser(engine, first.id, { mobile: '+15550101' });
    await editUser(engine, second.id, { mobile: '+15550201' });
    held = second.sid;
    await engine.client.sync.setOffline({ offline: false });
    await asked.promise;
    await goOn(engine, first.id);
    gate.resolve();
    await engine.settled();
    expect(serverUser(engine, first.sid)?.['mobile']).toBe(expected);
    expect(serverUser(engine, second.sid)?.['mobile']).toBe('+15550201');
    expect((await engine.client.users.get({ id: first.id }))?.mobile).toBe(expected);
  });
});

test('OFF-2 L3: a push-back after a lost answer does not make its fate known', async () => {
  const clock = createManualClock();
  const engine = await engineIn(UNBATCHED, { clock });
  engine.sandbox.configure({
    faults: [
      aFault({ kind: 'drop-after-commit', method: 'POST', path: 'users', times: 1 }),
      aFault({ kind: 'rate-limit', method: 'POST', path: 'users', retryAfterSeconds: 600 }),
    ],
  });
  await addUser(engine, 'Ambiguous');
  await until(
    'unknown',
    () => stateOf(engine),
    (state) => state === 'unknown',
  );
  clock.advance(5000);
  await until(
    'pushed back',
    () => changesOf(engine),
    ([change]) => change?.reason === 'cloud-busy',
  );
  expect(await changesOf(engine)).toMatchObject([{ state: 'unknown', canUndo: false }]);
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(commits(engine)).toEqual(['add ambiguous@new.example']);
});

test('OFF-2 L5: where the cloud cannot tell repeats apart it is asked before a create is sent again', async () => {
  const engine = await engineIn({ idempotencyKey: false, externalRef: false, batchSize: 0, delta: false });
  const before = engine.sandbox.oracle.requests().length;
  engine.sandbox.configure({
    faults: [aFault({ kind: 'server-error-after-commit', method: 'POST', path: 'users', times: 1 })],
  });
  await addUser(engine, 'Looked', { firstName: "O'Look" });
  await engine.settled();
  const asked = engine.sandbox.oracle
    .requests()
    .slice(before)
    .filter(({ target }) => target.includes('filter'));
  expect(asked).toHaveLength(1);
  expect(writes(engine)).toHaveLength(1);
  expect(commits(engine)).toEqual(['add looked@new.example']);
});

test('IMP-8 L5: where the cloud cannot tell repeats apart a row whose answer is lost is looked for, not sent again', async () => {
  const engine = await engineIn({ idempotencyKey: false, externalRef: false, batchSize: 0, delta: false });
  engine.sandbox.configure({
    faults: [aFault({ kind: 'drop-after-commit', method: 'POST', path: 'users', times: 2 })],
  });
  queueUpload(engine, 4);
  await engine.settled();
  expect(writes(engine)).toHaveLength(4);
  expect(commits(engine)).toHaveLength(4);
});

test('OFF-2 L5: somebody else’s user with the same address is not taken for ours', async () => {
  const engine = await engineIn(
    { idempotencyKey: false, externalRef: false, batchSize: 0 },
    { clock: createManualClock() },
  );
  engine.sandbox.configure({
    faults: [aFault({ kind: 'drop-before-commit', method: 'POST', path: 'users', times: 1 })],
  });
  await addUser(engine, 'Mistaken');
  await until(
    'unknown',
    () => stateOf(engine),
    (state) => state === 'unknown',
  );
  elsewhere(engine, {
    op: 'add',
    body: { firstName: 'Somebody', lastName: 'Else', email: 'mistaken@new.example', role: 'USER' },
  });
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(await changesOf(engine)).toMatchObject([{ state: 'quarantine', reason: 'already-in-use' }]);
  expect(commits(engine)).toHaveLength(1);
});

test('OFF-2 L5: two customers may have the same name; a create that was not executed goes again', async () => {
  const engine = await engineIn({ idempotencyKey: false, externalRef: false, batchSize: 0 });
  engine.sandbox.configure({
    faults: [aFault({ kind: 'drop-before-commit', method: 'POST', path: 'accounts', times: 1 })],
  });
  await addAccount(engine, 'Saltmarsh Harbour Authority');
  await engine.settled();
  expect(await changesOf(engine)).toEqual([]);
  expect(engine.sandbox.oracle.accounts().filter(({ name }) => name === 'Saltmarsh Harbour Authority')).toHaveLength(2);
});

test('OFF-2 L6: a key the cloud has forgotten by now is not trusted', async () => {
  const clock = createManualClock();
  const sandbox = await aSandbox({
    clock: () => clock.now(),
    settings: { capabilities: { ...UNBATCHED, idempotencyTtlSeconds: 600, externalRef: false } },
  });
  const engine = await (await startEngine({ sandbox, clock })).ready();
  sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'POST', path: 'users' })] });
  await addUser(engine, 'Forgotten');
  await until(
    'unknown',
    () => stateOf(engine),
    (state) => state === 'unknown',
  );
  // A pull in between would adopt nothing: this cloud keeps no reference of ours.
  sandbox.configure({ faults: [] });
  const before = writes(engine).length;
  clock.advance(700_000);
  await engine.settled();
  expect(writes(engine)).toHaveLength(before);
  expect(commits(engine)).toEqual(['add forgotten@new.example']);
  expect(await changesOf(engine)).toEqual([]);
});

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-2 L10: parents go before children and the children name the parent by its new id', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const customer = await addAccount(engine, 'Parent');
    await addUser(engine, 'Child', { accountId: customer });
    await addUser(engine, 'Unrelated');
    await engine.setOffline(false);
    await engine.settled();
    const log = engine.sandbox.oracle.log();
    const parent = log.find(({ type }) => type === 'account');
    const child = log.find(({ after }) => (after as { email?: string }).email === 'child@new.example');
    expect(child).toMatchObject({ accountId: parent?.id });
    expect(parent?.seq).toBeLessThan(child?.seq ?? 0);
    expect(await engine.client.users.page({ accountId: customer })).toMatchObject({
      total: 1,
      rows: [{ pending: null }],
    });
  });

  test('OFF-2 L10: a refused parent holds its children, and only them', async () => {
    const engine = await engineIn({ ...mode, createAccounts: false });
    await engine.setOffline(true);
    const customer = await addAccount(engine, 'Parent');
    await addUser(engine, 'Child', { accountId: customer });
    await addUser(engine, 'Unrelated');
    await engine.setOffline(false);
    await engine.settled();
    expect(await changesOf(engine)).toMatchObject([
      { type: 'account', state: 'quarantine', reason: 'not-permitted' },
      { type: 'user', state: 'blocked', reason: 'depends-on-other' },
    ]);
    expect(commits(engine)).toEqual(['add unrelated@new.example']);
  });

  test('OFF-2 L11: after a Retry-After nothing at all is sent before its time, neither reads nor writes', async () => {
    const clock = createManualClock();
    const engine = await engineIn(mode, { clock });
    await engine.setOffline(true);
    for (let index = 0; index < 5; index += 1) await addUser(engine, `Gated${index}`);
    queueUpload(engine, 20);
    engine.sandbox.configure({ faults: [aFault({ kind: 'rate-limit', retryAfterSeconds: 30, times: 1 })] });
    await engine.client.sync.setOffline({ offline: false });
    await until(
      'waiting',
      () => engine.client.sync.status({ accountId: null }),
      ({ reason, isSyncing }) => reason === 'rate-limited' && !isSyncing,
    );
    const count = engine.sandbox.oracle.requests().length;
    await pass(clock, 29);
    await addUser(engine, 'Impatient');
    await until(
      'at rest',
      () => engine.client.sync.status({ accountId: null }),
      ({ isSyncing }) => !isSyncing,
    );
    expect(engine.sandbox.oracle.requests()).toHaveLength(count);
    await pass(clock, 10);
    await engine.settled();
    expect(commits(engine)).toHaveLength(26);
  });

  test('OFF-2 L12: a cloud that refuses fresh tokens is not hammered, and no attempt is counted', async () => {
    const clock = createManualClock();
    const engine = await engineIn(mode, { clock });
    await engine.setOffline(true);
    await addUser(engine, 'Stubborn');
    queueUpload(engine, 3);
    engine.sandbox.configure({ faults: [aFault({ kind: 'unauthorised', path: '/admin/' })] });
    const before = engine.sandbox.oracle.requests().length;
    await engine.client.sync.setOffline({ offline: false });
    await until(
      'at rest',
      () => engine.client.sync.status({ accountId: null }),
      ({ isSyncing }) => !isSyncing,
    );
    expect(engine.sandbox.oracle.requests().length - before).toBeLessThan(25);
    expect(await changesOf(engine)).toMatchObject([{ state: 'queued', attempts: 0 }]);
    engine.sandbox.configure({ faults: [] });
    clock.advance(120_000);
    await engine.settled();
    expect(commits(engine)).toHaveLength(4);
  });

  test('OFF-2 L18: "work offline" holds while a change is made and a restart tries again', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const before = engine.sandbox.oracle.requests().length;
    await addUser(engine, 'Silent');
    await engine.client.users.page({ accountId: engine.account('100000004') });
    await until(
      'at rest',
      () => engine.client.sync.status({ accountId: null }),
      ({ isSyncing, connection }) => !isSyncing && connection === 'offline',
    );
    expect(engine.sandbox.oracle.requests()).toHaveLength(before);
    const again = await engine.restart();
    await again.settled();
    expect(commits(again)).toEqual(['add silent@new.example']);
  });

  test('OFF-2 L18: without a network only the first change is tried; the others can still be undone', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    for (const name of ['One', 'Two', 'Three'])
      await addUser(engine, name, { accountId: name === 'Two' ? engine.account('100000004') : engine.account() });
    engine.sandbox.configure({ faults: [aFault({ kind: 'drop-before-commit' })] });
    await engine.client.sync.setOffline({ offline: false });
    await until(
      'unreachable',
      () => engine.client.sync.status({ accountId: null }),
      ({ connection }) => connection === 'unreachable',
    );
    const states = (await changesOf(engine)).map(({ state }) => state);
    expect(states.slice(1)).toEqual(['queued', 'queued']);
  });

  test('IMP-8 L20: a single edit does not wait behind an import', async () => {
    const engine = await engineIn({ ...mode, batchSize: 'batchSize' in mode ? 0 : 5 });
    await engine.setOffline(true);
    queueUpload(engine, 60);
    const [user] = await freeUsers(engine, 1);
    if (user) await editUser(engine, user.id, { mobile: '+15550177' });
    await engine.setOffline(false);
    await engine.settled();
    expect(engine.sandbox.oracle.log()[0]).toMatchObject({ op: 'replace', after: { mobile: '+15550177' } });
    expect(commits(engine)).toHaveLength(61);
  });

  test('IMP-8 L20: refused rows stand with their reason, the others arrive', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    elsewhere(engine, {
      op: 'add',
      body: { firstName: 'In', lastName: 'Way', email: 'row.3@upload.example', role: 'USER' },
    });
    const { importId } = queueUpload(engine, 10);
    await engine.setOffline(false);
    await engine.settled();
    const { rows: items } = await engine.client.uploads.rows({ id: importId, filter: 'refused' });
    expect(items).toMatchObject([{ row: 3, state: 'refused', reason: 'already-in-use' }]);
    expect(items[0]?.correlationId).not.toBe('');
    expect(await engine.client.uploads.rows({ id: importId, filter: 'sent' })).toMatchObject({ total: 9 });
    expect(await engine.client.outbox.list({ accountId: null })).toMatchObject({
      batches: [{ sentCount: 9, refusedCount: 1, waitingCount: 0 }],
      attentionCount: 1,
    });
  });
});

test('IMP-8 L20: a cloud that takes smaller batches than it said gets the rows one by one', async () => {
  const engine = await engineIn({});
  engine.sandbox.configure({ capabilities: { batchSize: 4 } });
  queueUpload(engine, 30);
  await engine.settled();
  expect(commits(engine)).toHaveLength(30);
  expect(await engine.client.sync.status({ accountId: null })).toMatchObject({ attentionCount: 0 });
});
