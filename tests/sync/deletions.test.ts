import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import { usersScope } from '../../electron/engine/sync/scopes.ts';
import { versionWatch } from '../../electron/engine/sync/versions.ts';
import { MODES } from '../harness/capability-modes.ts';
import { changesOf, commits, editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { engineIn } from '../harness/modes.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, harbourId } from '../sandbox/sandbox-client.ts';

/** A network on which whole lists of users come without those who are hidden. */
function shortLists() {
  const hidden = new Set<unknown>();
  let isBlind = false;
  const fetch: Fetch = async (input, init) => {
    const answer = await globalThis.fetch(input, init);
    if (!/\/users\?\$top=/u.test(answer.url) || (hidden.size === 0 && !isBlind)) return answer;
    const body = (await answer.json()) as { _embedded?: { items: readonly Readonly<Record<string, unknown>>[] } };
    const items = body._embedded?.items.filter((user) => !isBlind && !hidden.has(user['userId'])) ?? [];
    return Response.json({ ...body, _embedded: { items } }, { status: answer.status });
  };
  return {
    fetch,
    hide: (sid: string) => hidden.add(sid),
    hideAll: () => (isBlind = true),
    showAll: () => {
      hidden.clear();
      isBlind = false;
    },
  };
}

/** A deletion of a user whom somebody else has changed meanwhile. */
async function disputedDelete(engine: TestEngine): Promise<Awaited<ReturnType<typeof freeUsers>>[number]> {
  await engine.setOffline(true);
  const user = must((await freeUsers(engine, 1))[0], 'a user');
  await engine.client.users.remove({ id: user.id });
  elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
  await engine.setOffline(false);
  await look(engine);
  expect(await changesOf(engine)).toMatchObject([{ kind: 'delete', state: 'conflict' }]);
  return user;
}

async function look(engine: TestEngine): Promise<void> {
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
}

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-2 L7: a user is deleted once, however often the person asks', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const [user] = [must((await freeUsers(engine, 1))[0], 'a user')];
    for (let times = 0; times < 3; times += 1)
      expect(await engine.client.users.remove({ id: user.id })).toMatchObject({ ok: true });
    expect(await changesOf(engine)).toMatchObject([{ kind: 'delete', state: 'queued' }]);
    await engine.setOffline(false);
    await engine.settled();
    expect(serverUser(engine, user.sid)).toBeUndefined();
    expect(commits(engine)).toHaveLength(1);
    expect(await changesOf(engine)).toEqual([]);
  });

  test('OFF-2 L7: a deletion of a user whom somebody else has deleted is done, and nobody is asked', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const [user] = [must((await freeUsers(engine, 1))[0], 'a user')];
    await engine.client.users.remove({ id: user.id });
    elsewhere(engine, { op: 'remove', id: user.sid });
    await engine.setOffline(false);
    await engine.client.sync.now({ accountId: engine.account() });
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    expect(await engine.client.users.get({ id: user.id })).toBeNull();
  });

  test('OFF-3 L7: whoever deletes a changed user once more means the user as the screen shows it now', async () => {
    const engine = await engineIn(mode);
    await engine.setOffline(true);
    const [user] = [must((await freeUsers(engine, 1))[0], 'a user')];
    await engine.client.users.remove({ id: user.id });
    elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
    await engine.setOffline(false);
    await engine.client.sync.now({ accountId: engine.account() });
    await engine.settled();
    expect(await changesOf(engine)).toMatchObject([{ kind: 'delete', state: 'conflict' }]);
    await engine.client.users.remove({ id: user.id });
    await engine.settled();
    expect(await changesOf(engine)).toEqual([]);
    expect(serverUser(engine, user.sid)).toBeUndefined();
  });

  test('OFF-2 L15: a list without a user who waits to be deleted does not end the delete', async () => {
    const { fetch, hide, showAll } = shortLists();
    const engine = await engineIn({ ...mode, delta: false }, { fetch });
    const { id, sid } = await disputedDelete(engine);
    hide(sid);
    await look(engine);
    await look(engine);
    expect(await changesOf(engine)).toMatchObject([{ kind: 'delete', state: 'conflict' }]);
    expect(await engine.client.users.get({ id })).toMatchObject({ id });
    showAll();
    elsewhere(engine, { op: 'remove', id: sid });
    await look(engine);
    await look(engine);
    expect(await changesOf(engine)).toEqual([]);
    expect(await engine.client.users.get({ id })).toBeNull();
  });

  test('OFF-1 L15: a list that leaves out a few takes nobody away whom the cloud still has', async () => {
    const { fetch, hide, showAll } = shortLists();
    const engine = await engineIn({ ...mode, delta: false }, { fetch });
    const users = await freeUsers(engine, 3);
    const [gone, edited, quiet] = users.map((user) => must(user, 'a user'));
    for (const { sid } of users) hide(sid);
    elsewhere(engine, { op: 'remove', id: must(gone, 'one').sid });
    await look(engine);
    expect(await engine.client.users.get({ id: must(gone, 'one').id })).toBeNull();
    await editUser(engine, must(edited, 'two').id, { mobile: '+15550142' });
    await look(engine);
    // Nobody is asked about a deletion that never was.
    expect(await changesOf(engine)).toEqual([]);
    expect(serverUser(engine, must(edited, 'two').sid)).toMatchObject({ mobile: '+15550142' });
    elsewhere(engine, { op: 'replace', id: must(quiet, 'three').sid, body: { extension: '4713' } });
    await look(engine);
    expect(await engine.client.users.get({ id: must(quiet, 'three').id })).toMatchObject({ extension: '4713' });
    elsewhere(engine, { op: 'replace', id: must(quiet, 'three').sid, body: { extension: '4714' } });
    showAll();
    await look(engine);
    expect(await engine.client.users.get({ id: must(quiet, 'three').id })).toMatchObject({ extension: '4714' });
  });

  test('OFF-2 L7: after a crash between the two files nobody is asked about a deletion of what is gone', async () => {
    const engine = await engineIn(mode);
    const { sid } = await disputedDelete(engine);
    elsewhere(engine, { op: 'remove', id: sid });
    const { repositories, context } = engine.engine;
    const account = must(repositories.accounts.bySid(harbourId(engine.sandbox)), 'the account');
    const scope = usersScope(repositories, { ...account, sid: harbourId(engine.sandbox) });
    // The cache has heard of it; the power goes before the journal does.
    repositories.cache.write((tx) => {
      const watch = versionWatch(tx, { repositories, clock: context.clock }, 'there');
      scope.remove(tx, [{ sid, why: 'deleted' }], watch);
    });
    engine.crash();
    const again = await engine.restart();
    expect(await changesOf(again)).toEqual([]);
  });
});

test('OFF-1 L15: whom a short list left out is found by the next look, although no delta names them', async () => {
  const { fetch, hide, showAll } = shortLists();
  const engine = await engineIn({ delta: true }, { fetch });
  const [known] = await freeUsers(engine, 1);
  const { cache, cursors } = engine.engine.repositories;
  const added = elsewhere(engine, { op: 'add', body: { firstName: 'Unlisted', email: 'unlisted@harbour.example' } });
  const sid = String((added as { userId: unknown }).userId);
  for (const left of [must(known, 'one').sid, sid]) hide(left);
  const scope = `users:${harbourId(engine.sandbox)}`;
  cache.write((tx) => cursors.save(tx, scope, { ...cursors.get(scope), token: null }));
  await look(engine);
  showAll();
  await look(engine);
  expect(await engine.client.users.page({ accountId: engine.account(), search: 'Unlisted' })).toMatchObject({
    total: 1,
  });
});

test('OFF-1 L15: a first list of nobody is asked for once more', async () => {
  const { fetch, hideAll, showAll } = shortLists();
  hideAll();
  const engine = await engineIn({ delta: true }, { fetch });
  expect(await engine.client.users.page({ accountId: engine.account() })).toMatchObject({ total: 0 });
  showAll();
  await look(engine);
  const { total } = await engine.client.users.page({ accountId: engine.account() });
  expect(total).toBe(engine.sandbox.oracle.users(harbourId(engine.sandbox)).length);
});

test('OFF-1 L15: a user whom the list leaves out and whom this person may not see is hidden, not deleted', async () => {
  const { fetch, hide } = shortLists();
  const forbidden: Fetch = async (input, init) => {
    const answer = await fetch(input, init);
    return /\/users\/[^/?]+$/u.test(answer.url) ? Response.json({ message: 'Not yours.' }, { status: 403 }) : answer;
  };
  const engine = await engineIn({ delta: false }, { fetch: forbidden });
  const user = must((await freeUsers(engine, 1))[0], 'a user');
  hide(user.sid);
  await look(engine);
  expect(await engine.client.users.get({ id: user.id })).toBeNull();
  expect(engine.engine.repositories.versions.ofRecord(user.id)[0]).toMatchObject({ what: 'hidden' });
});

test('OFF-2 L19: a question about a deletion ends for a person who was away while the user went', async () => {
  const engine = await engineIn({});
  const { sid } = await disputedDelete(engine);
  await engine.client.session.signOut({ waiting: 'keep' });
  await engine.signInAdmin();
  elsewhere(engine, { op: 'remove', id: sid });
  await look(engine);
  await engine.client.session.signOut({ waiting: 'ask' });
  await engine.ready();
  expect(await changesOf(engine)).toEqual([]);
});

test('USR-4 L7: a user who waits to be deleted is not edited', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  const [user] = [must((await freeUsers(engine, 1))[0], 'a user')];
  const { mobile } = must(await engine.client.users.get({ id: user.id }), 'on the screen');
  await engine.client.users.remove({ id: user.id });
  const edit = { id: user.id, changes: { mobile: '+15550101' }, seen: { mobile } };
  expect(await engine.client.users.edit(edit)).toMatchObject({ ok: false, refusal: { code: 'user.being-deleted' } });
  expect(await changesOf(engine)).toMatchObject([{ kind: 'delete' }]);
});

test('OFF-3 L9: what stood behind a change that was given up goes at once', async () => {
  const engine = await engineIn({ batchSize: 0 }, { clock: createManualClock() });
  const [user] = [must((await freeUsers(engine, 1))[0], 'a user')];
  engine.sandbox.configure({ faults: [aFault({ kind: 'drop-before-commit', method: 'PATCH', path: 'users' })] });
  await editUser(engine, user.id, { mobile: '+15550101' });
  await until(
    'unknown',
    async () => (await changesOf(engine)).map(({ state }) => state).join(' '),
    (states) => states === 'unknown',
  );
  await editUser(engine, user.id, { extension: '4711' });
  elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
  const { conflicts } = await engine.client.conflicts.list({ accountId: null });
  const { id, theirsMark } = must(conflicts[0], 'a conflict');
  const groups = [{ group: 'mobile', choice: 'theirs', values: {} } as const];
  expect(await engine.client.conflicts.resolve({ id, theirsMark, groups })).toMatchObject({ ok: true });
  // The clock stands still: nothing but the decision itself can have hurried the next change.
  await until(
    'sent',
    () => changesOf(engine),
    (changes) => changes.length === 0,
  );
  expect(serverUser(engine, user.sid)).toMatchObject({ mobile: '+15550202', extension: '4711' });
});
