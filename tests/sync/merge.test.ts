import { describe, expect, test } from 'vitest';
import {
  addUser,
  changesOf,
  commits,
  editUser,
  elsewhere,
  freeUsers,
  onlyChange,
  serverUser,
} from '../harness/edits.ts';
import { MODES, type Mode } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { must } from '../../shared/lib/must.ts';
import { until } from '../harness/until.ts';
import { aFault } from '../sandbox/sandbox-client.ts';

async function offlineWithUser(
  mode: Mode,
): Promise<{ engine: TestEngine; user: Awaited<ReturnType<typeof freeUsers>>[number] }> {
  const engine = await engineIn(mode);
  await engine.setOffline(true);
  const user = must((await freeUsers(engine, 1))[0], 'the demo has one');
  return { engine, user };
}

async function online(engine: TestEngine): Promise<void> {
  await engine.setOffline(false);
  await engine.settled();
}

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-3 L7: what somebody else changed meanwhile is a conflict, not overwritten', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    await online(engine);
    expect(await changesOf(engine)).toMatchObject([
      { state: 'conflict', reason: 'changed-on-server', canUndo: true, canRetry: true },
    ]);
    expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550202' });
    expect(commits(engine)).toHaveLength(1);
    expect(await engine.client.users.get({ id: user.id })).toMatchObject({ mobile: '+15550101', pending: 'attention' });
  });

  test('OFF-3 L7: after a conflict, undo takes their value', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    await online(engine);
    await engine.client.outbox.undo({ id: await onlyChange(engine), withDependants: false });
    expect(await engine.client.users.get({ id: user.id })).toMatchObject({ mobile: '+15550202', pending: null });
    expect(commits(engine)).toHaveLength(1);
  });

  test('OFF-3 L8: after a conflict, retry is the word "mine" and overwrites what the person could know', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    await online(engine);
    await engine.setOffline(true);
    await engine.client.outbox.retry({ id: await onlyChange(engine) });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550303' } });
    await online(engine);
    expect(await changesOf(engine)).toMatchObject([{ state: 'conflict' }]);
    await engine.client.outbox.retry({ id: await onlyChange(engine) });
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    expect(engine.sandbox.oracle.log().at(-1)).toMatchObject({
      before: { mobile: '+15550303' },
      after: { mobile: '+15550101' },
    });
  });

  test('OFF-3 L7: changes of different fields come together', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { extension: '98765' } });
    await online(engine);
    expect(await changesOf(engine)).toEqual([]);
    expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550101', extension: '98765' });
    expect(await engine.client.users.get({ id: user.id })).toMatchObject({
      mobile: '+15550101',
      extension: '98765',
      pending: null,
    });
  });

  test('OFF-3 L7: first, last and display name are one value; half of another name is a conflict', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { firstName: 'Mine' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { lastName: 'Theirs' } });
    await online(engine);
    expect(await changesOf(engine)).toMatchObject([{ state: 'conflict' }]);
    expect(commits(engine)).toHaveLength(1);
  });

  test('OFF-3 L7: the same change made by both is done', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550101' } });
    await online(engine);
    expect(await changesOf(engine)).toEqual([]);
    expect(commits(engine)).toHaveLength(1);
  });

  test('OFF-3 L7: a change of a user that was deleted meanwhile is a question, and the user stays on the screen with it', async () => {
    const { engine, user } = await offlineWithUser(mode);
    const before = must(await engine.client.users.get({ id: user.id }), 'the user is there');
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'remove', id: user.sid });
    await online(engine);
    expect(await changesOf(engine)).toMatchObject([
      { state: 'conflict', reason: 'gone-on-server', entityName: before.name },
    ]);
    expect(await engine.client.users.get({ id: user.id })).toMatchObject({
      name: before.name,
      email: before.email,
      mobile: '+15550101',
      pending: 'attention',
    });
    await engine.client.outbox.undo({ id: await onlyChange(engine), withDependants: false });
    await engine.client.sync.now({ accountId: engine.account() });
    await engine.settled();
    expect(await engine.client.users.get({ id: user.id })).toBeNull();
  });

  test('OFF-2 L9: a lane goes in order and a stopped one holds up nobody else', async () => {
    const { engine, user } = await offlineWithUser(mode);
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    for (const name of ['Ahead', 'Behind']) await addUser(engine, name);
    await online(engine);
    expect(await changesOf(engine)).toMatchObject([{ state: 'conflict' }]);
    expect(commits(engine).slice(1)).toEqual(['add ahead@new.example', 'add behind@new.example']);
  });
});

test('OFF-2 L1: a change whose record moved goes again although the look at the record failed', async () => {
  const { engine, user } = await offlineWithUser({});
  await editUser(engine, user.id, { mobile: '+15550101' });
  elsewhere(engine, { op: 'replace', id: user.sid, body: { extension: '98765' } });
  engine.sandbox.configure({
    faults: [
      // The change is sent before the other one is seen, is refused, and then nobody says what the record is.
      aFault({ kind: 'delay', delayMs: 200, method: 'GET', path: 'changes' }),
      aFault({ kind: 'html-page', method: 'GET', path: `users/${user.sid}`, times: 1 }),
    ],
  });
  await online(engine);
  expect(engine.sandbox.oracle.requests().some(({ fault }) => fault === 'html-page')).toBe(true);
  expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550101', extension: '98765' });
  expect(await changesOf(engine)).toEqual([]);
});

test('OFF-2 L1: a cloud whose ETags never fit is not hammered, and the change is kept', async () => {
  const { engine, user } = await offlineWithUser({});
  const { clock } = engine.engine.context;
  engine.sandbox.configure({ faults: [aFault({ kind: 'wrong-etag' })] });
  elsewhere(engine, { op: 'replace', id: user.sid, body: { extension: '98765' } });
  await editUser(engine, user.id, { mobile: '+15550101' });
  await engine.setOffline(false);
  const begun = clock.now();
  await until(
    'a minute',
    () => clock.now(),
    (now) => now > begun + 60_000,
  );
  const tries = engine.sandbox.oracle.requests().filter(({ method }) => method === 'PATCH').length;
  expect(tries).toBeGreaterThan(2);
  expect(tries).toBeLessThan(30);
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550101', extension: '98765' });
});
