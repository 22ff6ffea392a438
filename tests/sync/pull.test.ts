import { NO_USER_FIELDS } from '../../shared/model/user.ts';
import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { UserId } from '../../shared/model/ids.ts';
import { compareMarks } from '../../electron/engine/domain/records.ts';
import { derivedLid } from '../../electron/engine/database/id-repository.ts';
import { addUser, changesOf, commits, editUser, elsewhere, freeUsers } from '../harness/edits.ts';
import { MODES } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, aSandbox, accountIdOf, harbourId } from '../sandbox/sandbox-client.ts';

const RETAIL = '100000004';

async function refresh(engine: TestEngine): Promise<void> {
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
}

/** Whole pull rounds: without a delta a listing may have been under way already. */
async function refreshTwice(engine: TestEngine): Promise<void> {
  await refresh(engine);
  await refresh(engine);
}

async function shown(engine: TestEngine, accountId = engine.account()): Promise<readonly string[]> {
  const { rows } = await engine.client.users.page({ accountId, limit: 200 });
  return rows.map(({ email }) => email).toSorted();
}

function there(engine: TestEngine): readonly string[] {
  return engine.sandbox.oracle
    .users(harbourId(engine.sandbox))
    .map(({ email }) => String(email))
    .toSorted();
}

function cursorOf(engine: TestEngine, number: string) {
  return engine.engine.repositories.cursors.get(`users:${accountIdOf(engine.sandbox, number)}`);
}

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-1 L13: what is added, changed and deleted elsewhere is so here after the next look', async () => {
    const engine = await engineIn(mode);
    const [first, second] = await freeUsers(engine, 2);
    elsewhere(engine, {
      op: 'add',
      body: { firstName: 'New', lastName: 'There', email: 'new.there@new.example', role: 'USER' },
    });
    elsewhere(engine, { op: 'replace', id: must(first, 'one').sid, body: { extension: '31337' } });
    elsewhere(engine, { op: 'remove', id: must(second, 'two').sid });
    await refreshTwice(engine);
    expect(await shown(engine)).toEqual(there(engine));
    expect(await engine.client.users.get({ id: must(first, 'one').id })).toMatchObject({ extension: '31337' });
    expect(await engine.client.users.get({ id: must(second, 'two').id })).toBeNull();
  });

  test('OFF-1 L13: a first sync that breaks off goes on where it stood and ends with the same rows', async () => {
    const sandbox = await aSandbox({ settings: { capabilities: { ...mode, pageSize: 20 } } });
    const engine = await startEngine({ sandbox });
    await engine.signInPartner();
    await until(
      'in the middle',
      () => cursorOf(engine, RETAIL).pageState,
      (state) => state !== null,
    );
    engine.crash();
    const before = sandbox.oracle.requests().length;
    const again = await startEngine({ sandbox, directory: engine.directory, vault: engine.vault });
    const kept = cursorOf(again, RETAIL);
    const rows = again.engine.repositories.users.countIn(
      must(again.engine.repositories.accounts.key(again.account(RETAIL)), 'known').rowid,
    );
    expect(kept.pageState).not.toBeNull();
    expect(rows % 20).toBe(0);
    await again.settled();
    const asked = sandbox.oracle
      .requests()
      .slice(before)
      .filter(({ target }) => target.includes(accountIdOf(sandbox, RETAIL)) && target.includes('users?'));
    expect(asked.length).toBeLessThanOrEqual(15 - rows / 20 + 1);
    expect((await again.client.users.page({ accountId: again.account(RETAIL) })).total).toBe(300);
  });

  test('OFF-1 L15: a listing spares what waits to be sent and what was sent meanwhile', async () => {
    const engine = await engineIn({ ...mode, delta: false });
    await engine.setOffline(true);
    const waiting = await addUser(engine, 'Waiting');
    const { importId } = queueUpload(engine, 3, 'spared');
    engine.engine.repositories.journal.write((tx) => engine.engine.repositories.uploads.setPaused(tx, importId, true));
    engine.sandbox.configure({
      faults: [
        aFault({ kind: 'server-error', method: 'POST', path: '/users' }),
        aFault({ kind: 'server-error', method: 'PATCH', path: '/users' }),
      ],
    });
    const round = must(cursorOf(engine, '100000002').gen, 'listed before');
    await engine.client.sync.setOffline({ offline: false });
    await engine.client.sync.now({ accountId: engine.account() });
    await until(
      'listed again',
      () => cursorOf(engine, '100000002'),
      ({ gen, pageState }) => gen > round && pageState === null,
    );
    expect(await engine.client.users.get({ id: waiting })).toMatchObject({ pending: 'new' });
    expect(await engine.client.users.page({ accountId: engine.account(), search: 'spared' })).toMatchObject({
      total: 3,
    });
  });

  test('OFF-1 L15: a user whose create is answered during a listing does not vanish with the sweep at its end', async () => {
    const sandbox = await aSandbox({ settings: { capabilities: { ...mode, delta: false, pageSize: 5 } } });
    const engine = await (await startEngine({ sandbox })).ready();
    // The first of the list: its page is over when the edit is answered.
    const free = must((await freeUsers(engine, 100))[0], 'one');
    sandbox.configure({
      faults: [aFault({ kind: 'delay', delayMs: 25, method: 'GET', path: `${harbourId(sandbox)}/users` })],
    });
    await engine.client.sync.now({ accountId: engine.account() });
    await until(
      'in the middle',
      () => cursorOf(engine, '100000002').pageState ?? '',
      (state) => state !== '',
    );
    const id = await addUser(engine, 'Meanwhile', { firstName: 'Aaron' });
    await editUser(engine, free.id, { mobile: '+15550142' });
    const missing: UserId[] = [];
    await until(
      'done',
      async () => {
        for (const one of [id, free.id]) if ((await engine.client.users.get({ id: one })) === null) missing.push(one);
        return engine.client.sync.status({ accountId: null });
      },
      ({ isSyncing, waitingCount }) => !isSyncing && waitingCount === 0,
    );
    expect(missing).toEqual([]);
    expect(await shown(engine)).toEqual(there(engine));
  });

  test('OFF-1 L15: an account is not emptied on one word; a second listing confirms it', async () => {
    const engine = await engineIn({ ...mode, delta: false });
    const { repositories } = engine.engine;
    const accountId = engine.account(RETAIL);
    const sid = accountIdOf(engine.sandbox, RETAIL);
    const users = engine.sandbox.oracle.users(sid).filter(({ source }) => source !== 'MICLOUD_CONNECT');
    expect(users.length).toBeGreaterThan(20);
    engine.sandbox.oracle.apply(
      sid,
      users.map(({ userId }) => ({ op: 'remove' as const, id: String(userId) })),
    );
    await engine.setOffline(true);
    const total = async (): Promise<number> => (await engine.client.users.page({ accountId })).total;
    expect(await total()).toBe(300);
    await engine.client.sync.setOffline({ offline: false });
    await until(
      'held',
      () => repositories.cursors.get(`users:${sid}`).note,
      (note) => note.startsWith('mass-delete:'),
    );
    expect(await total()).toBe(300);
    await refresh(engine);
    await until('confirmed', total, (rows) => rows === 300 - users.length);
  });

  test('OFF-1 L15: what is left over after a broken listing is found by the next', async () => {
    const sandbox = await aSandbox({ settings: { capabilities: { ...mode, delta: false, pageSize: 10 } } });
    const engine = await (await startEngine({ sandbox })).ready();
    const [gone] = await freeUsers(engine, 1);
    elsewhere(engine, { op: 'remove', id: must(gone, 'one').sid });
    const { cache, cursors } = engine.engine.repositories;
    // The link of a page the cloud does not know any more: the listing starts anew.
    const scope = `users:${harbourId(sandbox)}`;
    cache.write((tx) =>
      cursors.save(tx, scope, { ...cursors.get(scope), pageState: `accounts/${harbourId(sandbox)}/nowhere` }),
    );
    await refreshTwice(engine);
    expect(await shown(engine)).toEqual(there(engine));
  });

  test('OFF-2 L16: a create whose answer is lost is not shown twice for long and not made twice', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    engine.sandbox.configure({
      faults: [
        aFault({ kind: 'drop-after-commit', method: 'PATCH', times: 1 }),
        aFault({ kind: 'drop-after-commit', method: 'POST', path: 'users', times: 1 }),
      ],
    });
    const id = await addUser(engine, 'Adopted');
    queueUpload(engine, 2, 'adopted');
    await engine.setOffline(false);
    await engine.settled();
    await refreshTwice(engine);
    expect(await shown(engine)).toEqual(there(engine));
    expect(await engine.client.users.get({ id })).toMatchObject({ pending: null });
    expect(commits(engine)).toHaveLength(3);
  });
});

test('OFF-2 L16: a record with our reference is proof enough, even if no answer to its create ever comes', async () => {
  const engine = await engineIn({});
  engine.sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'PATCH' })] });
  const id = await addUser(engine, 'Observed');
  queueUpload(engine, 3, 'observed');
  await until(
    'committed',
    () => engine.sandbox.oracle.log().length,
    (count) => count === 4,
  );
  await engine.client.sync.now({ accountId: engine.account() });
  await until(
    'adopted',
    () => engine.client.sync.status({ accountId: null }),
    ({ waitingCount }) => waitingCount === 0,
  );
  expect(await engine.client.users.get({ id })).toMatchObject({ pending: null });
  expect(engine.engine.repositories.audit.firstBroken()).toBeNull();
});

test('OFF-2 L16: work on the copy that the cloud shows before the create is answered is not lost', async () => {
  const engine = await engineIn({ externalRef: false });
  engine.sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'PATCH' })] });
  const id = await addUser(engine, 'Doubled');
  await until(
    'committed',
    () => engine.sandbox.oracle.log().length,
    (count) => count === 1,
  );
  await engine.client.sync.now({ accountId: engine.account() });
  const copy = derivedLid('user', String(engine.sandbox.oracle.log()[0]?.id)) as UserId;
  await until(
    'copied',
    () => engine.client.users.get({ id: copy }),
    (user) => user !== null,
  );
  await editUser(engine, copy, { mobile: '+15550188' });
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
  expect(await changesOf(engine)).toEqual([]);
  expect(await engine.client.users.get({ id })).toMatchObject({ mobile: '+15550188', pending: null });
  expect(await shown(engine)).toEqual(there(engine));
});

test('OFF-1 L13: a delta token the cloud has forgotten starts a new listing and loses nothing', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  const mine = await addUser(engine, 'Pending');
  const { cache, cursors } = engine.engine.repositories;
  const scope = `users:${harbourId(engine.sandbox)}`;
  cache.write((tx) => cursors.save(tx, scope, { ...cursors.get(scope), token: 'long-forgotten' }));
  elsewhere(engine, { op: 'remove', id: must((await freeUsers(engine, 1))[0], 'one').sid });
  await engine.setOffline(false);
  await engine.settled();
  await refresh(engine);
  expect(await shown(engine)).toEqual(there(engine));
  expect(await engine.client.users.get({ id: mine })).toMatchObject({ pending: null });
  expect(cursors.get(scope).token).not.toBe('long-forgotten');
});

test('OFF-1 L13: a look that finds nothing writes nothing', async () => {
  const engine = await (await startEngine()).ready();
  const changes = (): number =>
    engine.engine.repositories.cache.sql.prepare('SELECT total_changes()').pluck().get() as number;
  const before = changes();
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(changes()).toBe(before);
});

test('OFF-1 L14: a late page never overwrites what is newer', async () => {
  const engine = await (await startEngine()).ready();
  const { users, accounts, cache } = engine.engine.repositories;
  const free = must((await freeUsers(engine, 1))[0], 'one');
  const old = must(users.state(free.id)?.base, 'fetched');
  await editUser(engine, free.id, { mobile: '+15550199' });
  await engine.settled();
  const home = must(accounts.key(engine.account()), 'fetched').rowid;
  cache.write((tx) => users.applyServer(tx, home, [{ record: old, lid: free.id, overlay: null }], 9));
  expect(await engine.client.users.get({ id: free.id })).toMatchObject({ mobile: '+15550199' });
});

test('OFF-1 L14: by revision where there is one, else by the time of change; in doubt it is newer', () => {
  const at = (rev: number | null, modifiedAt: string | null) => ({ rev, modifiedAt });
  expect(compareMarks(at(1, null), at(2, null))).toBe('older');
  expect(compareMarks(at(2, '2026-01-02'), at(2, '2026-01-01'))).toBe('same');
  expect(compareMarks(at(3, '2026-01-01'), at(2, '2026-01-02'))).toBe('newer');
  expect(compareMarks(at(null, '2026-01-01'), at(null, '2026-01-02'))).toBe('older');
  expect(compareMarks(at(null, '2026-01-01'), at(null, '2026-01-01'))).toBe('newer');
  expect(compareMarks(at(null, null), at(2, '2026-01-02'))).toBe('newer');
});

test('OFF-2 L16: the late answer to a create does not put back what the copy had since', async () => {
  const engine = await (await startEngine()).ready();
  const { users, accounts, cache } = engine.engine.repositories;
  const home = must(accounts.key(engine.account()), 'fetched').rowid;
  const free = must((await freeUsers(engine, 1))[0], 'one');
  const newer = must(users.state(free.id)?.base, 'fetched');
  const older = { ...newer, rev: 1, fields: { ...newer.fields, mobile: '+15550100' } };
  cache.write((tx) => {
    users.putLocal(tx, home, [{ lid: 'own-id', fields: older.fields, pending: 1 }]);
    users.applyServer(tx, home, [{ record: older, lid: 'own-id', overlay: null }], 9);
  });
  expect(users.get(free.id)).toBeNull();
  expect(users.state('own-id')?.base).toMatchObject({ sid: free.sid, rev: newer.rev, fields: newer.fields });
  expect(users.countIn(home)).toBe(40);
});

test('OFF-2 L16: users of a new customer follow it when the copy of the customer came first', async () => {
  const engine = await (await startEngine()).ready();
  const { users, accounts, cache } = engine.engine.repositories;
  const copy = must(accounts.state(engine.account()), 'fetched');
  const record = must(copy.base, 'fetched');
  cache.write((tx) => {
    accounts.putLocal(tx, 'own-id', record.fields, 1);
    const fields = {
      ...NO_USER_FIELDS,
      firstName: 'Child',
      lastName: 'Row',
      email: 'child@new.example',
      role: 'USER',
    };
    users.putLocal(tx, must(accounts.key('own-id'), 'put').rowid, [{ lid: 'child', fields, pending: 1 }]);
    accounts.applyServer(tx, [{ record: { ...record, rev: 1 }, lid: 'own-id', overlay: null }], 9);
  });
  expect(accounts.key(copy.lid)).toBeNull();
  expect(accounts.key('own-id')).toMatchObject({ sid: copy.sid, rowid: copy.rowid });
  expect(users.get('child')).toMatchObject({ accountId: 'own-id' });
  expect(users.countIn(copy.rowid)).toBe(41);
});

test('OFF-2 L16: changes queued under the id of the copy follow the record to its own id', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const { journal, ids, outbox } = engine.engine.repositories;
  const free = must((await freeUsers(engine, 1))[0], 'one');
  await editUser(engine, free.id, { mobile: '+15550188' });
  journal.write((tx) => {
    ids.mint(tx, 'own-id', 'user', '');
    ids.bind(tx, 'own-id', free.sid);
  });
  expect(outbox.lane(free.id)).toEqual([]);
  expect(outbox.lane('own-id')).toMatchObject([{ kind: 'patch', patch: { mobile: '+15550188' } }]);
});

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-3 L7: two laptops that work on one cloud end with the same', async () => {
    const one = await engineIn(mode, { seed: 3 });
    const two = await engineIn(mode, { seed: 4, sandbox: one.sandbox });
    await Promise.all([one.setOffline(true), two.setOffline(true)]);
    const [a, b, c] = await freeUsers(one, 3);
    for (const [engine, name] of [
      [one, 'One'],
      [two, 'Two'],
    ] as const) {
      await addUser(engine, `From${name}`);
      await editUser(engine, must(a, 'a').id, name === 'One' ? { mobile: '+15550111' } : { extension: '70111' });
      await editUser(engine, must(b, 'b').id, { mobile: name === 'One' ? '+15550121' : '+15550122' });
    }
    await editUser(one, must(c, 'c').id, { extension: '70333' });
    // Without If-Match the look before the write is the only guard, and two programs that write in the same moment pass it.
    await one.setOffline(false);
    if ('etag' in mode) await one.settled();
    await two.setOffline(false);
    await Promise.all([one.settled(), two.settled()]);
    const stopped = [...(await changesOf(one)), ...(await changesOf(two))];
    expect(stopped).toMatchObject([{ state: 'conflict', reason: 'changed-on-server' }]);
    for (const engine of [one, two]) {
      for (const { id } of await changesOf(engine)) await engine.client.outbox.undo({ id, withDependants: false });
    }
    await refreshTwice(one);
    await refreshTwice(two);
    const page = (engine: TestEngine) => engine.client.users.page({ accountId: engine.account(), limit: 200 });
    // Ids of one's own new users differ; everything a person sees does not.
    const seen = async (engine: TestEngine) => (await page(engine)).rows.map(({ id: _id, ...row }) => row);
    expect(await seen(one)).toEqual(await seen(two));
    expect(await shown(one)).toEqual(there(one));
    expect(one.sandbox.oracle.users(harbourId(one.sandbox)).find(({ userId }) => userId === a?.sid)).toMatchObject({
      mobile: '+15550111',
      extension: '70111',
    });
  });
});
