import { describe, expect, test } from 'vitest';
import type { Conflict } from '../../shared/contract/conflicts.ts';
import { must } from '../../shared/lib/must.ts';
import { addUser, changesOf, commits, editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { MODES, type Mode } from '../harness/capability-modes.ts';
import { engineIn } from '../harness/modes.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { aFault, call, harbourId, tokenOf } from '../sandbox/sandbox-client.ts';

async function offlineWithUsers(mode: Mode, count: number) {
  const engine = await engineIn(mode);
  await engine.setOffline(true);
  return { engine, users: await freeUsers(engine, count) };
}

async function online(engine: TestEngine): Promise<void> {
  await engine.setOffline(false);
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
}

async function onlyConflict(engine: TestEngine): Promise<Conflict> {
  const { conflicts, total } = await engine.client.conflicts.list({ accountId: null });
  expect(total).toBe(1);
  return must(conflicts[0], 'there is one');
}

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-3 L7: a conflict shows base, mine and theirs, who changed it, and what of the change is not disputed', async () => {
    const { engine, users } = await offlineWithUsers(mode, 1);
    const [user] = [must(users[0], 'a user')];
    const before = must(await engine.client.users.get({ id: user.id }), 'on the screen');
    await editUser(engine, user.id, { mobile: '+15550101', extension: '4711' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    await online(engine);
    const conflict = await onlyConflict(engine);
    expect(conflict).toMatchObject({
      ...{ kind: 'both-changed', type: 'user', entityId: user.id, entityName: before.name },
      theirsBy: expect.stringMatching(/./u),
    });
    expect(conflict.groups).toEqual([
      {
        group: 'mobile',
        isDisputed: true,
        fields: [{ field: 'mobile', base: before.mobile, mine: '+15550101', theirs: '+15550202' }],
      },
      {
        group: 'extension',
        isDisputed: false,
        fields: [{ field: 'extension', base: before.extension, mine: '4711', theirs: before.extension }],
      },
    ]);
  });

  test('OFF-3 L8: mine for one field, theirs for another, a third value for the next: exactly that is sent', async () => {
    const { engine, users } = await offlineWithUsers(mode, 1);
    const [user] = [must(users[0], 'a user')];
    await editUser(engine, user.id, {
      mobile: '+15550101',
      extension: '4711',
      firstName: 'Mine',
      role: 'ACCOUNT_ADMIN',
    });
    elsewhere(engine, {
      op: 'replace',
      id: user.sid,
      body: { mobile: '+15550202', extension: '4722', firstName: 'Theirs' },
    });
    await online(engine);
    const conflict = await onlyConflict(engine);
    const outcome = await engine.client.conflicts.resolve({
      id: conflict.id,
      theirsMark: conflict.theirsMark,
      groups: [
        { group: 'mobile', choice: 'theirs', values: {} },
        { group: 'extension', choice: 'mine', values: {} },
        { group: 'name', choice: 'edit', values: { firstName: 'Both' } },
      ],
    });
    expect(outcome).toEqual({ ok: true, value: { isQueued: true } });
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    expect(serverUser(engine, user.sid)).toMatchObject({
      ...{ mobile: '+15550202', extension: '4711', firstName: 'Both', role: 'ACCOUNT_ADMIN' },
    });
    expect(commits(engine)).toHaveLength(2);
  });

  test('OFF-3 L8: theirs for everything takes the change off the queue and sends nothing', async () => {
    const { engine, users } = await offlineWithUsers(mode, 3);
    for (const { id } of users) await editUser(engine, id, { mobile: '+15550101' });
    for (const { sid } of users) elsewhere(engine, { op: 'replace', id: sid, body: { mobile: '+15550202' } });
    await online(engine);
    expect(await engine.client.conflicts.resolveAll({ accountId: engine.account(), choice: 'theirs' })).toEqual({
      ok: true,
      value: { resolvedCount: 3 },
    });
    expect(await changesOf(engine)).toEqual([]);
    expect(commits(engine)).toHaveLength(3);
    const [user] = [must(users[0], 'a user')];
    expect(await engine.client.users.get({ id: user.id })).toMatchObject({ mobile: '+15550202', pending: null });
  });

  test('OFF-3 L8: a decision about values that moved once more is refused and shows the new ones', async () => {
    const { engine, users } = await offlineWithUsers(mode, 1);
    const [user] = [must(users[0], 'a user')];
    await editUser(engine, user.id, { mobile: '+15550101' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    await online(engine);
    const { id, theirsMark } = await onlyConflict(engine);
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550303' } });
    await online(engine);
    const late = await engine.client.conflicts.resolve({ id, theirsMark, groups: [] });
    expect(late).toMatchObject({ ok: false, refusal: { code: 'conflict.moved' } });
    expect((await onlyConflict(engine)).groups[0]?.fields[0]).toMatchObject({ theirs: '+15550303' });
    expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550303' });
  });

  test('OFF-3 L7: an edit of a deleted user is kept as a new user, or given up with everything behind it', async () => {
    const { engine, users } = await offlineWithUsers(mode, 2);
    const [kept, dropped] = [must(users[0], 'a user'), must(users[1], 'another')];
    const name = must(await engine.client.users.get({ id: kept.id }), 'there').email;
    for (const { id, sid } of [kept, dropped]) {
      await editUser(engine, id, { mobile: '+15550101' });
      elsewhere(engine, { op: 'remove', id: sid });
    }
    await online(engine);
    const { conflicts } = await engine.client.conflicts.list({ accountId: null });
    expect(conflicts.map(({ kind }) => kind)).toEqual(['gone-there', 'gone-there']);
    for (const { id, theirsMark, entityId, groups } of conflicts) {
      const choice = entityId === kept.id ? 'mine' : 'theirs';
      const all = groups.map(({ group }) => ({ group, choice, values: {} }) as const);
      await engine.client.conflicts.resolve({ id, theirsMark, groups: all });
    }
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    const there = engine.sandbox.oracle.users(harbourId(engine.sandbox));
    expect(there.filter(({ email }) => email === name)).toMatchObject([{ mobile: '+15550101' }]);
    expect(there.find(({ userId }) => userId === kept.sid)).toBeUndefined();
    expect(await engine.client.users.get({ id: dropped.id })).toBeNull();
  });

  test('OFF-3 L7: a delete of a user who was changed meanwhile asks first', async () => {
    const { engine, users } = await offlineWithUsers(mode, 2);
    const [changed, quiet] = [must(users[0], 'a user'), must(users[1], 'another')];
    for (const { id } of users) expect(await engine.client.users.remove({ id })).toMatchObject({ ok: true });
    elsewhere(engine, { op: 'replace', id: changed.sid, body: { extension: '4722' } });
    await online(engine);
    expect(serverUser(engine, quiet.sid)).toBeUndefined();
    expect(serverUser(engine, changed.sid)).toMatchObject({ extension: '4722' });
    const { id, theirsMark, ...conflict } = await onlyConflict(engine);
    expect(conflict).toMatchObject({
      kind: 'changed-there',
      groups: [{ group: 'extension', isDisputed: true, fields: [{ mine: null, theirs: '4722' }] }],
    });
    await engine.client.conflicts.resolve({ id, theirsMark, groups: [] });
    await engine.settled();
    expect(serverUser(engine, changed.sid)).toBeUndefined();
  });

  test('OFF-3 L7: a role that raises permissions asks when anything of the user has moved, another role does not', async () => {
    const { engine, users } = await offlineWithUsers(mode, 1);
    const [user] = [must(users[0], 'a user')];
    await editUser(engine, user.id, { role: 'ACCOUNT_ADMIN' });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { extension: '4722' } });
    await online(engine);
    expect(serverUser(engine, user.sid)).toMatchObject({ role: 'USER' });
    const { id, theirsMark, ...conflict } = await onlyConflict(engine);
    expect(conflict.kind).toBe('needs-confirmation');
    await engine.client.conflicts.resolve({ id, theirsMark, groups: [] });
    await engine.settled();
    expect(serverUser(engine, user.sid)).toMatchObject({ role: 'ACCOUNT_ADMIN', extension: '4722' });
  });

  test('OFF-3 L7: support contacts added here and there come together', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const id = engine.account();
    const { supportContacts: seen } = must(await engine.client.accounts.get({ id }), 'the account');
    const mine = [...seen, 'mine@new.example'];
    await engine.client.accounts.edit({ id, changes: { supportContacts: mine }, seen: { supportContacts: seen } });
    const theirs = [...seen, 'theirs@new.example'];
    const body = { contacts: theirs.map((email) => ({ email })) };
    const token = await tokenOf(engine.sandbox);
    const there = await call(engine.sandbox, `accounts/${harbourId(engine.sandbox)}`, { method: 'PATCH', token, body });
    expect(there.status).toBe(200);
    await online(engine);
    expect(await changesOf(engine)).toEqual([]);
    expect((await engine.client.accounts.get({ id }))?.supportContacts).toEqual([...theirs, 'mine@new.example']);
  });
});

test('OFF-3 L7: the lost race is a question as soon as the laptop hears of it, before anything is sent', async () => {
  const { engine, users } = await offlineWithUsers({}, 1);
  const [user] = [must(users[0], 'a user')];
  // A full round of other changes stands in front, and its answer takes longer than the look at the cloud.
  for (let index = 0; index < 100; index += 1) await addUser(engine, `Ahead${index}`);
  await editUser(engine, user.id, { mobile: '+15550101' });
  elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
  engine.sandbox.configure({ faults: [aFault({ kind: 'delay', delayMs: 400, method: 'PATCH', times: 1 })] });
  await online(engine);
  await onlyConflict(engine);
  expect(await changesOf(engine)).toMatchObject([{ state: 'conflict', attempts: 0 }]);
});

test('OFF-3 L8: values typed for a conflict are judged like in the form', async () => {
  const { engine, users } = await offlineWithUsers({}, 1);
  const [user] = [must(users[0], 'a user')];
  await editUser(engine, user.id, { mobile: '+15550101' });
  elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
  await online(engine);
  const { id, theirsMark } = await onlyConflict(engine);
  const groups = [{ group: 'mobile', choice: 'edit', values: { mobile: 'call me' } } as const];
  expect(await engine.client.conflicts.resolve({ id, theirsMark, groups })).toMatchObject({
    ok: false,
    refusal: { code: 'conflict.invalid', details: { field: 'mobile', problem: 'invalid-phone' } },
  });
});

test('OFF-3 L8: theirs for a deletion keeps the user, also when the other side took its change back', async () => {
  const { engine, users } = await offlineWithUsers({}, 2);
  const [one, other] = [must(users[0], 'a user'), must(users[1], 'another')];
  for (const { id, sid } of [one, other]) {
    const { extension } = must(await engine.client.users.get({ id }), 'there');
    await engine.setOffline(true);
    await engine.client.users.remove({ id });
    elsewhere(engine, { op: 'replace', id: sid, body: { extension: '5099' } });
    await online(engine);
    elsewhere(engine, { op: 'replace', id: sid, body: { extension } });
    await online(engine);
  }
  const { conflicts } = await engine.client.conflicts.list({ accountId: null });
  expect(conflicts.map(({ groups }) => groups)).toEqual([[], []]);
  const [first] = [must(conflicts[0], 'a conflict')];
  const groups = [{ group: 'record', choice: 'theirs' } as const];
  await engine.client.conflicts.resolve({ id: first.id, theirsMark: first.theirsMark, groups });
  await engine.client.conflicts.resolveAll({ accountId: null, choice: 'theirs' });
  await engine.settled();
  expect(await changesOf(engine)).toEqual([]);
  expect(serverUser(engine, one.sid)).toBeDefined();
  expect(serverUser(engine, other.sid)).toBeDefined();
});
