import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { UserId } from '../../shared/model/ids.ts';
import { addUser, changesOf, editUser, elsewhere, freeUsers, onlyChange, serverUser } from '../harness/edits.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { harbourId } from '../sandbox/sandbox-client.ts';

async function entries(engine: TestEngine, entityId: string | null = null) {
  return (await engine.client.history.list({ accountId: engine.account(), entityId })).entries;
}

async function synced(engine: TestEngine): Promise<void> {
  await engine.setOffline(false);
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
}

async function aFreeUser(engine: TestEngine): Promise<{ id: UserId; sid: string }> {
  return must((await freeUsers(engine, 1))[0], 'the demo has one');
}

test('OFF-4: a change tells who, what, from what to what, when and with which correlation id', async () => {
  const engine = await engineIn({});
  const user = await aFreeUser(engine);
  const before = must(await engine.client.users.get({ id: user.id }), 'there');
  await editUser(engine, user.id, { mobile: '+15550101' });
  await engine.settled();
  const [sent, queued] = await entries(engine, user.id);
  expect(queued).toMatchObject({ outcome: 'queued', kind: 'patch', correlationId: '' });
  expect(sent).toMatchObject({
    ...{ outcome: 'sent', kind: 'patch', type: 'user', entityId: user.id, entityName: before.name, canRestore: true },
    fields: [{ field: 'mobile', from: before.mobile, to: '+15550101' }],
    actorName: (await engine.client.session.state({})).identity?.name,
  });
  expect(sent?.correlationId).toBe(engine.sandbox.oracle.log().at(-1)?.correlationId);
});

test('OFF-4: the history is paged, asked by outcome, and knows an import by its rows', async () => {
  const engine = await engineIn({});
  for (const name of ['One', 'Two', 'Three']) await addUser(engine, name);
  queueUpload(engine, 5);
  await engine.settled();
  const sent = await engine.client.history.list({ accountId: engine.account(), outcome: 'sent', limit: 2 });
  expect(sent).toMatchObject({ hasMore: true, firstBroken: null });
  const rest = await engine.client.history.list({
    ...{ accountId: engine.account(), outcome: 'sent', limit: 50 },
    before: must(sent.entries.at(-1), 'two').id,
  });
  const all = [...sent.entries, ...rest.entries];
  expect(all.filter(({ kind }) => kind === 'import').reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(all.filter(({ kind }) => kind === 'create')).toHaveLength(3);
});

test('OFF-4 L21: a sent edit is turned back by a change of its own, judged like any other', async () => {
  const engine = await engineIn({});
  const user = await aFreeUser(engine);
  const before = must(await engine.client.users.get({ id: user.id }), 'there');
  await editUser(engine, user.id, { mobile: '+15550101' });
  await engine.settled();
  const [sent] = await entries(engine, user.id);
  expect(await engine.client.history.restore({ id: must(sent, 'sent').id })).toMatchObject({ ok: true });
  await engine.settled();
  expect(serverUser(engine, user.sid)).toMatchObject({ mobile: before.mobile });
  expect(await engine.client.history.restore({ id: must(sent, 'sent').id })).toMatchObject({
    refusal: { code: 'edit.nothing-changed' },
  });
});

test('OFF-4 L21: what was undone, given up in a conflict, or deleted can be had again', async () => {
  const engine = await engineIn({});
  const user = await aFreeUser(engine);
  await engine.setOffline(true);
  await editUser(engine, user.id, { mobile: '+15550101' });
  await engine.client.outbox.undo({ id: await onlyChange(engine), withDependants: false });
  const [undone] = await entries(engine, user.id);
  expect(undone).toMatchObject({ outcome: 'undone', canRestore: true });
  await engine.client.history.restore({ id: must(undone, 'undone').id });
  expect(await changesOf(engine)).toMatchObject([{ kind: 'patch', fields: [{ field: 'mobile', to: '+15550101' }] }]);
  await synced(engine);
  await engine.client.users.remove({ id: user.id });
  await engine.settled();
  expect(serverUser(engine, user.sid)).toBeUndefined();
  const [deleted] = await entries(engine, user.id);
  expect(deleted).toMatchObject({ outcome: 'sent', kind: 'delete', canRestore: true });
  await engine.client.history.restore({ id: must(deleted, 'deleted').id });
  await engine.settled();
  const there = engine.sandbox.oracle.users(harbourId(engine.sandbox));
  expect(there.filter(({ mobile }) => mobile === '+15550101')).toHaveLength(1);
});

test('OFF-4: an entry that was tampered with is found', async () => {
  const engine = await engineIn({});
  await addUser(engine, 'Chained');
  await engine.settled();
  engine.engine.repositories.journal.sql.prepare("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE id = 2").run();
  await engine.client.history.list({ accountId: null });
  expect(engine.engine.repositories.audit.firstBroken()).toBe(2);
  expect(await engine.client.history.list({ accountId: null })).toMatchObject({ firstBroken: 2 });
});

test('OFF-4 L21: the time machine knows how a record differed between two looks, and walks back to any moment', async () => {
  const clock = createManualClock();
  const engine = await engineIn({}, { clock });
  const user = await aFreeUser(engine);
  const first = must(await engine.client.users.get({ id: user.id }), 'there');
  const times = [new Date(clock.now()).toISOString()];
  for (const extension of ['4701', '4702']) {
    clock.advance(60_000);
    elsewhere(engine, { op: 'replace', id: user.sid, body: { extension } });
    await synced(engine);
    times.push(new Date(clock.now()).toISOString());
  }
  clock.advance(60_000);
  elsewhere(engine, { op: 'remove', id: user.sid });
  await synced(engine);
  const { versions } = await engine.client.history.versions({ accountId: engine.account(), entityId: user.id });
  expect(
    versions.map(({ what, source, fields }) => ({
      what,
      source,
      field: fields.find((one) => one.field === 'extension'),
    })),
  ).toEqual([
    { what: 'deleted', source: 'there', field: { field: 'extension', from: '4702', to: null } },
    { what: 'changed', source: 'there', field: { field: 'extension', from: '4701', to: '4702' } },
    { what: 'changed', source: 'there', field: { field: 'extension', from: first.extension, to: '4701' } },
  ]);
  const extensions = await Promise.all(
    times.map(async (at) => {
      const then = await engine.client.history.recordAt({ type: 'user', entityId: user.id, at });
      return { exists: then?.exists, was: then?.fields.find(({ field }) => field === 'extension')?.was };
    }),
  );
  expect(extensions).toEqual([
    { exists: true, was: first.extension },
    { exists: true, was: '4701' },
    { exists: true, was: '4702' },
  ]);
});

test('OFF-4: what was sent from here is told from what came from there', async () => {
  const engine = await engineIn({});
  const user = await aFreeUser(engine);
  await editUser(engine, user.id, { mobile: '+15550101' });
  await engine.settled();
  const { versions } = await engine.client.history.versions({ accountId: engine.account() });
  expect(versions).toMatchObject([
    { source: 'here', entityId: user.id, fields: [{ field: 'mobile', to: '+15550101' }] },
  ]);
});
