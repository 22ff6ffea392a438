import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { closeProfile, openProfile } from '../../electron/engine/database/safety/open-profile.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { must } from '../../shared/lib/must.ts';
import type { UserId } from '../../shared/model/ids.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { addAccount, addUser, changesOf, commits, editUser, freeUsers } from '../harness/edits.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';

type Work = { readonly created: UserId; readonly edited: UserId; readonly importId: string };

/** A new user, an edit and an upload, made without a network. */
async function offlineWork(engine: TestEngine): Promise<Work> {
  await engine.setOffline(true);
  const created = await addUser(engine, 'Kept');
  const [free] = await freeUsers(engine, 1);
  const edited = must(free, 'a user to edit').id;
  await editUser(engine, edited, { mobile: '+15550199' });
  const { importId } = queueUpload(engine, 3);
  return { created, edited, importId };
}

function spoil(path: string, from = 0.3): void {
  const bytes = readFileSync(path);
  for (let at = Math.floor(bytes.length * from); at < bytes.length; at += 64) bytes[at] = 0xa5;
  writeFileSync(path, bytes);
}

async function expectWork(engine: TestEngine, { created, edited, importId }: Work): Promise<void> {
  expect((await changesOf(engine)).map(({ kind, entityId }) => [kind, entityId])).toEqual([
    ['create', created],
    ['patch', edited],
  ]);
  expect((await engine.client.uploads.rows({ id: importId })).total).toBe(3);
}

const DAMAGE: readonly (readonly [string, (path: string) => void])[] = [
  ['overwritten', spoil],
  ['cut short', (path) => truncateSync(path, 9000)],
  ['empty', (path) => truncateSync(path, 0)],
  ['not a database', (path) => writeFileSync(path, 'a text that somebody saved here '.repeat(400))],
  ['of an unknown schema', (path) => withSql(path, 'DROP TABLE cursor')],
];

function withSql(path: string, source: string): void {
  const sql = new Database(path);
  sql.exec(source);
  sql.close();
}

test.each(DAMAGE)(
  'OFF-5: a cache that is %s is fetched again, and the work is on the screen at once',
  async (name, spoilIt) => {
    const engine = await (await startEngine()).ready();
    const work = await offlineWork(engine);
    engine.crash();
    const path = join(engine.directory, 'cache.db');
    spoilIt(path);
    const again = await startEngine({
      sandbox: engine.sandbox,
      directory: engine.directory,
      vault: engine.vault,
      seed: 7,
    });
    // Bytes overwritten in the middle are not seen by opening the file.
    if (name === 'overwritten') await again.client.storage.verify({});
    await expectWork(again, work);
    const { rescues } = await again.client.storage.state({});
    expect(rescues).toMatchObject([{ store: 'cache', isAcknowledged: false }]);
    expect(existsSync(join(must(rescues[0], 'a rescue').folder, 'cache.db'))).toBe(true);
    await again.ready();
    expect(commits(again).filter((line) => line.startsWith('add'))).toHaveLength(4);
    expect(commits(again).filter((line) => line.startsWith('replace'))).toHaveLength(1);
    expect((await again.client.users.get({ id: work.edited }))?.mobile).toBe('+15550199');
  },
);

test('OFF-5: after the cache was fetched again, queued work is shown as soon as its account is back', async () => {
  const engine = await (await startEngine()).ready();
  const work = await offlineWork(engine);
  await engine.client.storage.rebuildCache({});
  expect((await engine.client.users.page({ accountId: engine.account() })).total).toBe(0);
  // Everything may be fetched, nothing may be sent: what is shown comes from the journal.
  engine.sandbox.configure({
    faults: ['POST', 'PATCH'].map((method) => ({ kind: 'status', status: 503, method, probability: 1 }) as never),
  });
  await engine.client.sync.setOffline({ offline: false });
  await until(
    'work is shown',
    () => engine.client.users.page({ accountId: engine.account(), search: 'Kept' }),
    ({ rows }) => rows.some(({ id, pending }) => id === work.created && pending === 'new'),
  );
  await until(
    'rows of the upload are shown',
    () => engine.client.users.page({ accountId: engine.account(), search: 'uploaded' }),
    ({ total }) => total === 3,
  );
});

test('OFF-5: damage met while working is rescued in the same run, and the question is answered', async () => {
  const engine = await (await startEngine()).ready();
  const work = await offlineWork(engine);
  const { sql } = engine.engine.repositories.cache;
  sql.pragma('wal_checkpoint(TRUNCATE)');
  const before = engine.engine.context;
  const root = Number(sql.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'users_name'").pluck().get());
  const path = join(engine.directory, 'cache.db');
  const bytes = readFileSync(path);
  bytes.fill(0xff, (root - 1) * 4096, root * 4096);
  writeFileSync(path, bytes);
  sql.pragma('cache_size = 0');
  sql.pragma('shrink_memory');
  await engine.client.users.page({ accountId: engine.account() });
  expect(engine.engine.context).not.toBe(before);
  expect(engine.engine.context.connection.isOffline()).toBe(true);
  await expectWork(engine, work);
  await engine.client.sync.setOffline({ offline: false });
  await engine.settled();
  expect((await engine.client.users.page({ accountId: engine.account() })).total).toBe(44);
});

test('OFF-5: a disk that fails again and again is named, and the engine does not go round in circles', async () => {
  const clock = createManualClock();
  const engine = await startEngine({ clock });
  const { keeper } = { keeper: engine.engine.context.storage };
  for (let index = 0; index < 5; index += 1) {
    engine.engine.context.storage.notice(Object.assign(new Error('disk I/O error'), { code: 'SQLITE_CORRUPT' }));
    await engine.client.jobs.list({});
  }
  expect(readdirSync(join(engine.directory, 'quarantine'))).toHaveLength(3);
  expect(keeper.state().warnings).toMatchObject([{ kind: 'failing-disk' }]);
});

test('OFF-5: a journal that is overwritten keeps every change that can still be read, each once', async () => {
  const engine = await (await startEngine()).ready();
  const work = await offlineWork(engine);
  await addAccount(engine, 'Far Customer');
  engine.crash();
  const path = join(engine.directory, 'journal.db');
  const bytes = readFileSync(path);
  bytes.fill(0, 0, 4096);
  writeFileSync(path, bytes);
  const again = await startEngine({
    sandbox: engine.sandbox,
    directory: engine.directory,
    vault: engine.vault,
    seed: 7,
  });
  const { rescues } = await again.client.storage.state({});
  expect(rescues).toMatchObject([{ store: 'journal', changeCount: 6, lostCount: 0, auditBrokenAt: null }]);
  expect(again.engine.repositories.audit.firstBroken()).toBeNull();
  await again.ready();
  expect(commits(again)).toHaveLength(6);
  expect((await again.client.uploads.rows({ id: work.importId, filter: 'sent' })).total).toBe(3);
});

test('OFF-5: a change that was sent after the newest copy is not sent again when only the copy is left', async () => {
  for (const capabilities of [
    {},
    { etag: false, idempotencyKey: false, externalRef: false, delta: false, batchSize: 0 },
  ]) {
    const engine = await startEngine();
    engine.sandbox.configure({ capabilities });
    await engine.ready();
    const work = await offlineWork(engine);
    const { journal } = engine.engine.repositories;
    await backUp(engine);
    await engine.client.sync.setOffline({ offline: false });
    await engine.settled();
    expect(commits(engine)).toHaveLength(5);
    expect(journal.sql.open).toBe(true);
    engine.crash();
    rmSync(join(engine.directory, 'journal.db'));
    const again = await startEngine({
      sandbox: engine.sandbox,
      directory: engine.directory,
      vault: engine.vault,
      seed: 7,
    });
    expect((await again.client.storage.state({})).rescues).toMatchObject([{ cause: 'missing', uncertainCount: 5 }]);
    await again.ready();
    expect(commits(again)).toHaveLength(5);
    expect(await changesOf(again)).toEqual([]);
    expect((await again.client.users.get({ id: work.edited }))?.mobile).toBe('+15550199');
  }
});

async function backUp(engine: TestEngine): Promise<void> {
  const { createJournalBackup } = await import('../../electron/engine/database/safety/journal-backup.ts');
  const { journal } = engine.engine.repositories;
  const backup = createJournalBackup(journal, engine.directory, () => '2026-11-02T08:00:00.000Z', false);
  expect(await backup.run()).toBe('made');
}

test('OFF-5: a log that was cut at the end of a commit is missed, and what may have been sent since is asked about', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  await addUser(engine, 'Before');
  const path = join(engine.directory, 'journal.db-wal');
  const length = readFileSync(path).length;
  await addUser(engine, 'After');
  // What a power cut leaves; closing the files would write the log back.
  const directory = `${engine.directory}-left`;
  cpSync(engine.directory, directory, { recursive: true, filter: (name) => !name.includes('engine.lock') });
  engine.crash();
  // A sound journal of an earlier moment: every checksum fits.
  truncateSync(join(directory, 'journal.db-wal'), length);
  const again = await startEngine({
    sandbox: engine.sandbox,
    directory,
    vault: engine.vault,
    seed: 7,
  });
  const { rescues } = await again.client.storage.state({});
  expect(rescues).toMatchObject([{ store: 'journal', cause: 'log-damaged', isAcknowledged: false }]);
  expect(await changesOf(again)).toMatchObject([{ kind: 'create', reason: 'from-rescue' }]);
  await again.ready();
  expect(commits(again)).toEqual(['add before@new.example']);
  again.crash();
  rmSync(directory, { recursive: true, force: true });
});

test('OFF-5: a first start that was cut short is no damage', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fieldlink-first-'));
  openStore('journal', join(directory, 'journal.db'), JOURNAL_MIGRATIONS).close();
  writeFileSync(join(directory, 'cache.db'), '');
  const profile = openProfile(directory, '2026-11-02T08:00:00.000Z');
  expect(profile.rescues).toEqual([]);
  closeProfile(profile);
  // From then on an empty file is one that lost what it had.
  truncateSync(join(directory, 'cache.db'), 0);
  const again = openProfile(directory, '2026-11-02T08:00:01.000Z');
  expect(again.rescues).toMatchObject([{ store: 'cache', cause: 'empty' }]);
  closeProfile(again);
  rmSync(directory, { recursive: true, force: true });
});
