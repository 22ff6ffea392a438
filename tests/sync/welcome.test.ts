import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { MODES } from '../harness/capability-modes.ts';
import { aUserOf } from '../harness/builders.ts';
import { changesOf, editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { aFault, harbourId } from '../sandbox/sandbox-client.ts';

const LOST = ['drop-after-commit', 'server-error-after-commit', 'truncated-body'] as const;

/** E-mail addresses to which the cloud has sent welcome e-mails, one line for each. */
function mails(engine: TestEngine): readonly string[] {
  return engine.sandbox.oracle.log().flatMap(({ before, after }) => {
    const asked = after?.['welcomeEmailOn'] ?? '';
    return asked === '' || asked === before?.['welcomeEmailOn'] ? [] : [String(after?.['email'])];
  });
}

async function online(engine: TestEngine): Promise<void> {
  await engine.setOffline(false);
  await engine.settled();
}

/** Somebody who was never sent one: the demo imports some. */
async function newcomer(
  engine: TestEngine,
): Promise<{ id: Awaited<ReturnType<typeof freeUsers>>[number]['id']; sid: string }> {
  const found = (await freeUsers(engine, 100)).find(({ sid }) => serverUser(engine, sid)?.['welcomeEmailOn'] === '');
  return must(found, 'the demo has one');
}

describe.each(MODES)('%s', (_name, mode) => {
  test('USR-7: a welcome e-mail that was asked for offline is sent once, and the user shows when', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const { id, sid } = await newcomer(engine);
    expect(await engine.client.users.welcome({ id })).toMatchObject({ ok: true });
    expect(await changesOf(engine)).toMatchObject([{ kind: 'patch', state: 'queued' }]);
    await online(engine);
    expect(mails(engine)).toEqual([serverUser(engine, sid)?.['email']]);
    const shown = must(await engine.client.users.get({ id }), 'on the screen');
    expect(shown).toMatchObject({ pending: null, welcomeEmailOn: serverUser(engine, sid)?.['welcomeEmailOn'] });
    expect(await engine.client.users.welcome({ id })).toMatchObject({ ok: true });
    await engine.settled();
    expect(mails(engine)).toHaveLength(2);
  });

  test.each(LOST)('USR-7: when the answer is lost by %s nobody gets two', async (kind) => {
    const engine = await engineIn(mode);
    const { id } = await newcomer(engine);
    engine.sandbox.configure({ faults: [aFault({ kind, method: 'PATCH', path: '/users', times: 1 })] });
    await engine.client.users.welcome({ id });
    await engine.settled();
    expect(mails(engine)).toHaveLength(1);
  });

  test('USR-7: asked for and taken back before it leaves none is sent; asked for twice one is', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const { id } = await newcomer(engine);
    await engine.client.users.welcome({ id });
    await engine.client.users.welcome({ id });
    const [change] = await changesOf(engine);
    expect(await changesOf(engine)).toHaveLength(1);
    await engine.client.outbox.undo({ id: must(change, 'it waits').id, withDependants: false });
    expect(await engine.client.users.get({ id })).toMatchObject({ welcomeEmailOn: '', pending: null });
    await engine.client.users.welcome({ id });
    await engine.client.users.welcome({ id });
    await online(engine);
    expect(mails(engine)).toHaveLength(1);
  });

  test('USR-7: when somebody else has sent one meanwhile the person is asked before another goes', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const { id, sid } = await newcomer(engine);
    await engine.client.users.welcome({ id });
    elsewhere(engine, { op: 'replace', id: sid, body: { welcomeEmailOn: '2026-11-01T08:00:00.000Z' } });
    await online(engine);
    expect(await changesOf(engine)).toMatchObject([{ state: 'conflict' }]);
    expect(mails(engine)).toHaveLength(1);
  });

  test('USR-2: a new user gets a welcome e-mail as soon as the cloud has the user, or none when the person says so', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const accountId = engine.account();
    await engine.client.users.add({ accountId, fields: aUserOf('Welcomed'), welcome: true });
    await engine.client.users.add({ accountId, fields: aUserOf('Quiet') });
    await online(engine);
    expect(mails(engine)).toEqual(['welcomed@new.example']);
  });

  test('IMP-11: exactly the users whom an upload made are asked for, also those who are not in the cloud yet', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const { importId } = queueUpload(engine, 5, 'fresh');
    const group = { kind: 'upload', id: importId } as const;
    expect(await engine.client.uploads.welcomePlan({ group })).toMatchObject({ readyCount: 5 });
    const asked = await engine.client.uploads.welcome({ group });
    expect(asked).toMatchObject({ ok: true, value: { queuedCount: 5, leftCount: 0 } });
    await online(engine);
    expect(mails(engine).toSorted()).toEqual(
      engine.sandbox.oracle
        .users(harbourId(engine.sandbox))
        .map(({ email }) => String(email))
        .filter((email) => email.startsWith('fresh'))
        .toSorted(),
    );
    expect(mails(engine)).toHaveLength(5);
    expect(await engine.client.uploads.get({ id: asked.ok ? asked.value.id : importId })).toMatchObject({
      ...{ purpose: 'welcome', sentCount: 5, waitingCount: 0, refusedCount: 0, original: 'none' },
    });
    // Who had one is left out the next time, unless the person wants them all again.
    expect(await engine.client.uploads.welcome({ group })).toMatchObject({ refusal: { code: 'welcome.nobody' } });
    expect(await engine.client.uploads.welcomePlan({ group })).toMatchObject({
      readyCount: 0,
      left: { 'sent-before': 5 },
    });
    expect(await engine.client.uploads.welcome({ group, again: true })).toMatchObject({ value: { queuedCount: 5 } });
    await engine.settled();
    expect(mails(engine)).toHaveLength(10);
  });

  test('IMP-11: what has not left can be taken back, and the rows say so', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const { id } = await newcomer(engine);
    const { importId: made } = queueUpload(engine, 2, 'fresh');
    const group = { kind: 'account', accountId: engine.account() } as const;
    const asked = await engine.client.uploads.welcome({ group });
    const { id: importId, queuedCount } = asked.ok ? asked.value : { id: made, queuedCount: 0 };
    expect(queuedCount).toBeGreaterThan(2);
    expect(await engine.client.users.get({ id })).toMatchObject({ pending: 'changed' });
    expect(await engine.client.outbox.undoImport({ importId })).toMatchObject({
      value: { returnedCount: queuedCount },
    });
    expect(await engine.client.users.get({ id })).toMatchObject({ pending: null, welcomeEmailOn: '' });
    const { rows } = await engine.client.uploads.rows({ id: importId, limit: 200 });
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'withdrawn'));
    await online(engine);
    expect(mails(engine)).toEqual([]);
  });
});

test('USR-7: all users of an account: who needs none is left out and counted by reason', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  const group = { kind: 'account', accountId: engine.account() } as const;
  const users = engine.sandbox.oracle.users(harbourId(engine.sandbox));
  const registered = users.filter(({ userVerified }) => userVerified === true);
  const before = users.filter(({ userVerified, welcomeEmailOn }) => userVerified !== true && welcomeEmailOn !== '');
  const ready = users.length - registered.length - before.length;
  expect(ready).toBeGreaterThan(1);
  const { id } = await newcomer(engine);
  const isRegistered = must(await engine.client.users.get({ id }), 'there').isRegistered;
  await engine.client.users.remove({ id });
  expect(await engine.client.uploads.welcomePlan({ group })).toEqual({
    readyCount: isRegistered ? ready : ready - 1,
    left: {
      ...{ gone: 0, refused: 0, deleting: 1, 'no-address': 0, 'sent-before': before.length },
      registered: isRegistered ? registered.length - 1 : registered.length,
    },
  });
  expect(await engine.client.uploads.welcomePlan({ group, again: true })).toMatchObject({
    readyCount: users.length - 1,
  });
});

test('USR-7: an edit and a welcome e-mail of one user are one change, and a role that is raised is not asked about for it', async () => {
  const engine = await engineIn({});
  const { id, sid } = await newcomer(engine);
  await engine.client.users.welcome({ id });
  await engine.settled();
  await engine.setOffline(true);
  await editUser(engine, id, { role: 'ACCOUNT_ADMIN' });
  await engine.client.users.welcome({ id });
  expect(await changesOf(engine)).toHaveLength(1);
  await online(engine);
  expect(await changesOf(engine)).toEqual([]);
  expect(serverUser(engine, sid)).toMatchObject({ role: 'ACCOUNT_ADMIN' });
  expect(mails(engine)).toHaveLength(2);
});

test('OFF-4: an e-mail that was sent has no way back, and nothing that is taken back sends another one', async () => {
  const engine = await engineIn({});
  const { id, sid } = await newcomer(engine);
  await editUser(engine, id, { extension: '4711' });
  await engine.settled();
  await engine.client.users.welcome({ id });
  await engine.settled();
  const { entries } = await engine.client.history.list({ accountId: engine.account(), limit: 50 });
  expect(entries.filter(({ outcome, kind }) => outcome === 'sent' && kind === 'patch')).toMatchObject([
    { canRestore: false },
    { canRestore: true },
  ]);
  // One change of both is taken back as far as it can be.
  await engine.setOffline(true);
  await editUser(engine, id, { extension: '4712' });
  await engine.client.users.welcome({ id });
  await online(engine);
  const last = (await engine.client.history.list({ accountId: engine.account(), limit: 50 })).entries.find(
    ({ outcome }) => outcome === 'sent',
  );
  await engine.client.history.restore({ id: must(last, 'it was sent').id });
  await engine.settled();
  expect(serverUser(engine, sid)).toMatchObject({ extension: '4711' });
  // A user who is brought back is not greeted by that.
  await engine.client.users.remove({ id });
  await engine.settled();
  const deleted = (await engine.client.history.list({ accountId: engine.account(), limit: 50 })).entries.find(
    ({ kind }) => kind === 'delete',
  );
  await engine.client.history.restore({ id: must(deleted, 'it was deleted').id });
  await engine.settled();
  expect(mails(engine)).toHaveLength(2);
});

test('IMP-10: welcome e-mails that were sent cannot be taken back', async () => {
  const engine = await engineIn({});
  const asked = await engine.client.uploads.welcome({ group: { kind: 'account', accountId: engine.account() } });
  const { id, queuedCount } = must(asked.ok ? asked.value : null, 'somebody needs one');
  await engine.settled();
  expect(await engine.client.uploads.undoPlan({ id })).toMatchObject({
    ...{ deleteCount: 0, restoreCount: 0, leftCount: queuedCount },
    left: Array.from({ length: queuedCount }, () => ({ obstacle: 'email-sent' })),
  });
  expect(await engine.client.uploads.undo({ id })).toMatchObject({ refusal: { code: 'import.nothing-to-undo' } });
  expect(mails(engine)).toHaveLength(queuedCount);
});
