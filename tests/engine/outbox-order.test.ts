import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { addAccount, addUser, changesOf, commits, editUser, freeUsers } from '../harness/edits.ts';
import { engineIn } from '../harness/modes.ts';
import { aFolder, type TestEngine } from '../harness/start-engine.ts';
import { aFault } from '../sandbox/sandbox-client.ts';

async function names(engine: TestEngine): Promise<readonly string[]> {
  return (await changesOf(engine)).map(({ entityName }) => entityName.split(' ')[0] ?? '');
}

async function moved(engine: TestEngine, name: string, to: 'first' | 'up' | 'down' | 'last') {
  const change = must(
    (await changesOf(engine)).find(({ entityName }) => entityName.startsWith(name)),
    name,
  );
  const outcome = await engine.client.outbox.move({ id: change.id, to });
  return outcome.ok ? 'moved' : outcome.refusal.code;
}

test('OFF-2: independent changes can be put in another order, and are sent in it', async () => {
  const engine = await engineIn({ batchSize: 0 });
  await engine.setOffline(true);
  for (const name of ['Ada', 'Bob', 'Cyd', 'Dee']) await addUser(engine, name);
  expect(await moved(engine, 'Dee', 'first')).toBe('moved');
  expect(await moved(engine, 'Ada', 'down')).toBe('moved');
  expect(await moved(engine, 'Bob', 'last')).toBe('moved');
  expect(await names(engine)).toEqual(['Dee', 'Ada', 'Cyd', 'Bob']);
  await engine.setOffline(false);
  await engine.settled();
  expect(commits(engine)).toEqual(['dee', 'ada', 'cyd', 'bob'].map((name) => `add ${name}@new.example`));
});

test('OFF-2: what is queued after a change was put last stands behind it', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  for (const name of ['Ada', 'Bob']) await addUser(engine, name);
  for (const name of ['Ada', 'Bob', 'Ada']) expect(await moved(engine, name, 'last')).toBe('moved');
  await addUser(engine, 'Cyd');
  expect(await names(engine)).toEqual(['Bob', 'Ada', 'Cyd']);
});

test('OFF-2 L10: what hangs together keeps its order', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  const customer = await addAccount(engine, 'Parent Customer');
  await addUser(engine, 'Child', { accountId: customer });
  await addUser(engine, 'Other');
  expect(await moved(engine, 'Child', 'first')).toBe('change.depends');
  expect(await moved(engine, 'Child', 'up')).toBe('change.depends');
  expect(await moved(engine, 'Parent', 'last')).toBe('change.depends');
  expect(await moved(engine, 'Child', 'last')).toBe('moved');
  expect(await names(engine)).toEqual(['Parent', 'Other', 'Child']);
});

test('OFF-2: each waiting change says what happens next and what it waits for', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  const customer = await addAccount(engine, 'Parent Customer');
  await addUser(engine, 'Child', { accountId: customer });
  const [parent, child] = await changesOf(engine);
  expect(parent).toMatchObject({ nextAction: 'waits-for-online', waitsFor: null });
  expect(child).toMatchObject({
    nextAction: 'waits-for-other',
    waitsFor: { id: parent?.id, name: 'Parent Customer', needsAttention: false },
  });
  const shown = must(await engine.client.outbox.get({ id: must(parent, 'parent').id }), 'there');
  expect(shown.dependants.map(({ id }) => id)).toEqual([child?.id]);
});

test('OFF-2: a change tells its attempts, the newest first', async () => {
  const engine = await engineIn({ batchSize: 0 });
  await engine.setOffline(true);
  await addUser(engine, 'Tried');
  engine.sandbox.configure({ faults: [aFault({ kind: 'server-error', method: 'POST', times: 2 })] });
  await engine.setOffline(false);
  await engine.settled();
  const [change] = engine.engine.repositories.journal.sql.prepare('SELECT DISTINCT op_id FROM attempt').pluck().all();
  expect(engine.engine.repositories.attempts.of(String(change)).map(({ status }) => status)).toEqual([201, 500, 500]);
});

test('OFF-2: single fields can be taken out of a queued edit; the last one takes the change along', async () => {
  const engine = await engineIn({});
  await engine.setOffline(true);
  const user = must((await freeUsers(engine, 1))[0], 'a user');
  const before = must(await engine.client.users.get({ id: user.id }), 'there');
  await editUser(engine, user.id, { mobile: '+15550101', extension: '4711' });
  const { id } = must((await changesOf(engine))[0], 'queued');
  expect(await engine.client.outbox.dropFields({ id, fields: ['mobile'] })).toMatchObject({
    value: { isUndone: false },
  });
  expect(await engine.client.users.get({ id: user.id })).toMatchObject({ mobile: before.mobile, extension: '4711' });
  expect((await changesOf(engine))[0]?.fields).toMatchObject([{ field: 'extension', to: '4711' }]);
  expect(await engine.client.outbox.dropFields({ id, fields: ['extension'] })).toMatchObject({
    value: { isUndone: true },
  });
  expect(await changesOf(engine)).toEqual([]);
});

test('OFF-2 L22: a queue travels to another laptop and is sent once, whoever sends it', async () => {
  const file = join(aFolder(), 'queue.json');
  const files = new Map([['out', file]]);
  const first = await engineIn({}, { files });
  await first.setOffline(true);
  const customer = await addAccount(first, 'Travelling Customer');
  await addUser(first, 'Traveller', { accountId: customer });
  const user = must((await freeUsers(first, 1))[0], 'a user');
  await editUser(first, user.id, { mobile: '+15550101' });
  expect(await first.client.outbox.exportTo({ file: 'out', remove: false })).toMatchObject({
    value: { count: 3 },
  });
  const second = await engineIn({}, { sandbox: first.sandbox, clock: first.engine.context.clock, files });
  expect(await second.client.outbox.importFrom({ file: 'out' })).toMatchObject({
    value: { importedCount: 3, knownCount: 0 },
  });
  await second.settled();
  await first.setOffline(false);
  await first.client.sync.now({ accountId: null });
  await first.settled();
  expect(commits(first)).toHaveLength(3);
  expect(commits(first)).toEqual(
    expect.arrayContaining([
      'add Travelling Customer',
      'add traveller@new.example',
      expect.stringMatching(/^replace/u),
    ]),
  );
  expect(await changesOf(first)).toEqual([]);
  expect(await changesOf(second)).toEqual([]);
  // The same file again brings nothing: its changes were sent from here.
  expect(await second.client.outbox.importFrom({ file: 'out' })).toMatchObject({
    value: { importedCount: 0 },
  });
});

test('OFF-2: export with remove empties this queue, and the history says where the changes went', async () => {
  const files = new Map([['out', join(aFolder(), 'queue.json')]]);
  const engine = await engineIn({}, { files });
  await engine.setOffline(true);
  const id = await addUser(engine, 'Gone');
  await engine.client.outbox.exportTo({ file: 'out', remove: true });
  expect(await changesOf(engine)).toEqual([]);
  expect(await engine.client.users.get({ id })).toBeNull();
  expect((await engine.client.history.list({ accountId: null })).entries[0]).toMatchObject({ outcome: 'exported' });
  expect(await engine.client.outbox.exportTo({ file: 'out', remove: true })).toMatchObject({
    refusal: { code: 'outbox.empty' },
  });
  // And back again on the same laptop.
  expect(await engine.client.outbox.importFrom({ file: 'out' })).toMatchObject({
    value: { importedCount: 1 },
  });
  expect(await engine.client.users.get({ id })).toMatchObject({ firstName: 'Gone', pending: 'new' });
});

test('OFF-2: a file that is no queue, or another person’s, is refused with what to do', async () => {
  const file = join(aFolder(), 'queue.json');
  const engine = await engineIn({}, { files: new Map([['in', file]]) });
  const imported = async (text: string) => {
    writeFileSync(file, text);
    const outcome = await engine.client.outbox.importFrom({ file: 'in' });
    return outcome.ok ? 'ok' : outcome.refusal.code;
  };
  expect(await imported('{"format":"something"}')).toBe('outbox.not-an-export');
  expect(await imported('not json')).toBe('outbox.not-an-export');
  await engine.setOffline(true);
  await addUser(engine, 'Mine');
  await engine.client.outbox.exportTo({ file: 'in', remove: true });
  const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  expect(await imported(JSON.stringify({ ...document, actor: 'someone-else', actorName: 'Ada' }))).toBe(
    'outbox.other-person',
  );
  expect(await engine.client.outbox.importFrom({ file: 'nowhere' })).toMatchObject({
    refusal: { code: 'file.gone' },
  });
});
