import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { folderWarning } from '../../electron/engine/database/safety/room.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { aUserOf } from '../harness/builders.ts';
import { addUser, changesOf, commits } from '../harness/edits.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';

/** No page more than the file has: the next write finds no room. */
function fill({ engine }: TestEngine, store: 'journal' | 'cache'): void {
  const { sql } = engine.repositories[store];
  sql.pragma(`max_page_count = ${Number(sql.pragma('page_count', { simple: true }))}`);
}

function makeRoom({ engine }: TestEngine): void {
  for (const store of ['journal', 'cache'] as const) engine.repositories[store].sql.pragma('max_page_count = 1000000');
}

async function addUntilFull(engine: TestEngine): Promise<readonly string[]> {
  const saved: string[] = [];
  for (let index = 0; index < 500; index += 1) {
    const fields = aUserOf(`Full${index}`);
    const outcome = await engine.client.users.add({ accountId: engine.account(), fields });
    if (!outcome.ok) {
      expect(outcome.refusal.code).toBe('storage.full');
      return saved;
    }
    saved.push(fields.email);
  }
  throw new Error('the file never became full');
}

test('OFF-5: with no room an edit is refused and not half saved; sync rests, says why, and goes on by itself', async () => {
  const clock = createManualClock();
  const room = { free: 0 };
  const storage = { reserveBytes: 4096, freeBytes: () => room.free };
  const engine = await startEngine({ clock, storage });
  await engine.ready();
  room.free = 1e9;
  await engine.setOffline(true);
  fill(engine, 'journal');
  const saved = await addUntilFull(engine);
  expect(engine.engine.repositories.journal.sql.pragma('integrity_check', { simple: true })).toBe('ok');
  expect((await changesOf(engine)).map(({ entityName }) => entityName)).toHaveLength(saved.length);
  expect(await engine.client.storage.state({})).toMatchObject({ isDiskFull: true });
  await engine.client.sync.setOffline({ offline: false });
  expect(await engine.client.sync.status({ accountId: null })).toMatchObject({ reason: 'disk-full', isSyncing: false });
  // The disk still has no room: it is looked at again and again, and nothing is sent.
  room.free = 1000;
  clock.advance(60_000);
  expect(await engine.client.storage.state({})).toMatchObject({ isDiskFull: true });
  expect(commits(engine)).toEqual([]);
  makeRoom(engine);
  room.free = 1e9;
  clock.advance(15_000);
  await engine.settled();
  expect(await engine.client.storage.state({})).toMatchObject({ isDiskFull: false });
  expect(commits(engine)).toHaveLength(saved.length);
  expect(engine.log.filter(({ event }) => event === 'rescued')).toEqual([]);
});

test('OFF-5: with no room to show an edit it is saved all the same, and shown when there is room', async () => {
  const clock = createManualClock();
  const engine = await startEngine({ clock });
  await engine.ready();
  await engine.setOffline(true);
  fill(engine, 'cache');
  const { total: before } = await engine.client.users.page({ accountId: engine.account() });
  for (let index = 0; index < 120; index += 1) await addUser(engine, `Hidden${index}`);
  expect(await changesOf(engine)).toHaveLength(120);
  expect((await engine.client.users.page({ accountId: engine.account() })).total).toBeLessThan(before + 120);
  makeRoom(engine);
  clock.advance(15_000);
  expect((await engine.client.users.page({ accountId: engine.account() })).total).toBe(before + 120);
});

test('OFF-5: the reserve is there when there is room for it, is given up when the disk is full, and comes back', async () => {
  const clock = createManualClock();
  const room = { free: 1e9 };
  const engine = await startEngine({ clock, storage: { reserveBytes: 100_000, freeBytes: () => room.free } });
  const reserve = join(engine.directory, 'reserve.bin');
  expect(existsSync(reserve)).toBe(false);
  clock.advance(6000);
  await until(
    'the reserve',
    () => existsSync(reserve),
    (isThere) => isThere,
  );
  expect(statSync(reserve).size).toBeGreaterThanOrEqual(100_000);
  engine.engine.context.storage.notice(Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }));
  expect(existsSync(reserve)).toBe(false);
  clock.advance(11_000);
  await until(
    'the reserve again',
    () => existsSync(reserve),
    (isThere) => isThere,
  );
});

test('OFF-5: without room for the reserve the person is warned once', async () => {
  const clock = createManualClock();
  const engine = await startEngine({ clock, storage: { reserveBytes: 100_000, freeBytes: () => 150_000 } });
  clock.advance(6000);
  const { warnings } = await until(
    'warned',
    () => engine.client.storage.state({}),
    (state) => state.warnings.length > 0,
  );
  expect(warnings).toMatchObject([{ kind: 'no-reserve', isAcknowledged: false }]);
  await engine.client.storage.acknowledge({ id: must(warnings[0], 'a warning').id });
  expect((await engine.client.storage.state({})).warnings).toMatchObject([{ isAcknowledged: true }]);
});

test('OFF-5: the journal is copied every ten minutes when it has changed, five copies are kept, each sound', async () => {
  const clock = createManualClock();
  const engine = await startEngine({ clock });
  await engine.ready();
  await engine.setOffline(true);
  const folder = join(engine.directory, 'backup');
  const names = (): readonly string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);
  let last = '';
  for (let round = 0; round < 7; round += 1) {
    await addUser(engine, `Copied${round}`);
    clock.advance(10 * 60_000);
    last = await until(
      'a new copy',
      () => names().at(-1) ?? '',
      (name) => name.endsWith('.db') && name !== last,
    );
  }
  expect(names()).toHaveLength(5);
  const copy = new Database(join(folder, last), { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(7);
  copy.close();
  expect((await engine.client.storage.state({})).lastBackupAt).toMatch(/^2026-11-02T/u);
  // Nothing new: no further copy.
  clock.advance(30 * 60_000);
  expect(names().at(-1)).toBe(last);
});

test('OFF-5: after a crash the cache is read from end to end beside the work; after a clean end it is not', async () => {
  const clock = createManualClock();
  const engine = await (await startEngine({ clock })).ready();
  const clean = await engine.restart();
  clock.advance(6000);
  expect((await clean.client.storage.state({})).lastCheckAt).toBeNull();
  clean.crash();
  const { sandbox, directory, vault } = clean;
  const again = await startEngine({ sandbox, directory, vault, clock, seed: 5 });
  clock.advance(6000);
  const state = await until(
    'checked',
    () => again.client.storage.state({}),
    ({ lastCheckAt }) => lastCheckAt !== null,
  );
  expect(state).toMatchObject({ rescues: [], isChecking: false });
});

test('OFF-5: a folder that another program copies, or of another computer, is named', () => {
  const own = (): number => 0xef53;
  expect(folderWarning('/home/ada/Dropbox/fieldlink', own)).toMatchObject({ kind: 'synced-folder', detail: 'Dropbox' });
  expect(folderWarning('C:\\Users\\ada\\OneDrive - Example\\fieldlink', own)).toMatchObject({ kind: 'synced-folder' });
  expect(folderWarning('/Users/ada/Library/Mobile Documents/x', own)).toMatchObject({ kind: 'synced-folder' });
  expect(folderWarning('\\\\server\\share\\fieldlink', own)).toMatchObject({ kind: 'network-folder' });
  expect(folderWarning('/mnt/share/fieldlink', () => 0xfe534d42)).toMatchObject({ kind: 'network-folder' });
  expect(folderWarning('/home/ada/.config/fieldlink', own)).toBeNull();
  expect(folderWarning('/home/dropboxer/fieldlink-onedrive', own)).toBeNull();
});

test('OFF-5: a profile whose rescue was broken off is finished at the next start', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  await addUser(engine, 'Between');
  engine.crash();
  const { rescueJournal } = await import('../../electron/engine/database/safety/rescue-journal.ts');
  // Stopped after the file was set aside, before the new one was in its place.
  rescueJournal(engine.directory, 'damaged', '', '2026-11-02T08:00:00.000Z');
  const [id] = readdirSync(join(engine.directory, 'quarantine'));
  const folder = join(engine.directory, 'quarantine', must(id, 'a folder'));
  const { writeRescue, listRescues } = await import('../../electron/engine/database/safety/quarantine.ts');
  const { rmSync, writeFileSync } = await import('node:fs');
  rmSync(join(engine.directory, 'journal.db'));
  writeFileSync(join(engine.directory, 'journal.db.rescued'), 'half of it');
  writeRescue(engine.directory, { ...must(listRescues(engine.directory)[0], 'a rescue'), state: 'running' });
  mkdirSync(folder, { recursive: true });
  const { sandbox, directory, vault } = engine;
  const again = await startEngine({ sandbox, directory, vault, seed: 9 });
  expect(await changesOf(again)).toHaveLength(1);
  expect((await again.client.storage.state({})).rescues).toMatchObject([{ id, changeCount: 1 }]);
});
