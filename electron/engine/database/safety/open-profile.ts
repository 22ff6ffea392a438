import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createAuditRepository } from '../audit-repository.ts';
import { DatabaseFromFuture, type Migration } from '../migrate.ts';
import { CACHE_MIGRATIONS } from '../migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from '../migrations/journal.ts';
import { createMetaRepository } from '../meta-repository.ts';
import { openStore, type Store, type StoreName } from '../store.ts';
import { checkCache, checkJournal } from './check-store.ts';
import { isOutsideTrouble } from './damage.ts';
import { moveFileSet, sizeOf } from './file-set.ts';
import { COPY_MARK, copyBeforeUpgrade, listBackups, newestEntry, newestEntryOf } from './journal-backup.ts';
import { keepHighWater, readHighWater } from './high-water.ts';
import { openQuarantine, writeRescue, type Rescue, type RescueCause } from './quarantine.ts';
import { isLogWhole } from './page-image.ts';
import { finishRescues, journalPath, rescueJournal } from './rescue-journal.ts';
import { schemaOf } from './table-shapes.ts';

export type Profile = {
  readonly journal: Store<'journal'>;
  readonly cache: Store<'cache'>;
  /** What had to be rescued to open it. */
  readonly rescues: readonly Rescue[];
  /** False after a crash: then the cache is checked soon, beside the work. */
  readonly wasClosed: boolean;
};

/** A file that an error has accused. `certain`: it is replaced; otherwise it is looked at first. */
export type Suspect = { readonly store: StoreName; readonly cause: RescueCause; readonly isCertain: boolean };

const CLEAN = 'clean_shutdown';
const SCHEMA = 'schema_version';
/** A version further ahead than this is not a newer program but a damaged number. */
const PLAUSIBLE_STEPS = 1000;

type Finding = { readonly cause: RescueCause; readonly detail: string };
type Opening<K extends StoreName> = { readonly store: Store<K> } | { readonly finding: Finding };

/**
 * Opens both databases of a profile, whatever has become of them: a damaged file is set aside and replaced, the journal with all of its
 * work that is still readable (SYNC 3.11). Throws `DatabaseFromFuture`, and what is wrong outside of the files: no right, no room.
 */
export function openProfile(directory: string, at: string, suspects: readonly Suspect[] = []): Profile {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const rescues: Rescue[] = [...finishRescues(directory)];
  const journal = openJournal({ directory, at, suspects, rescues });
  try {
    const meta = createMetaRepository(journal);
    const cache = openCache({ directory, at, suspects, rescues, isNew: meta.get(CLEAN) === null });
    keepHighWater(journal, directory);
    const wasClosed = meta.get(CLEAN) !== '0';
    journal.write((tx) => {
      meta.set(tx, CLEAN, '0');
      meta.set(tx, SCHEMA, String(JOURNAL_MIGRATIONS.at(-1)?.version ?? 0));
      for (const rescue of rescues) {
        const { id, store, cause, auditBrokenAt } = rescue;
        const detail = JSON.stringify({ id, store, cause, auditBrokenAt });
        createAuditRepository(journal).append(tx, {
          at,
          actor: '',
          opId: '',
          event: 'rescued',
          detail,
          correlationId: '',
        });
      }
    });
    return { journal, cache, rescues, wasClosed };
  } catch (error) {
    journal.close();
    throw error;
  }
}

/** Closes both files; the next start sees that nothing was under way. */
export function closeProfile({ journal, cache }: Pick<Profile, 'journal' | 'cache'>): void {
  cache.close();
  if (journal.sql.open) {
    try {
      journal.write((tx) => createMetaRepository(journal).set(tx, CLEAN, '1'));
    } catch {
      // No room or no disk: then the next start takes it for a crash, which only makes it look closer.
    }
  }
  journal.close();
}

type Opener = {
  readonly directory: string;
  readonly at: string;
  readonly suspects: readonly Suspect[];
  readonly rescues: Rescue[];
};

function openJournal({ directory, at, suspects, rescues }: Opener): Store<'journal'> {
  const path = journalPath(directory);
  const suspect = suspects.find(({ store }) => store === 'journal');
  const early =
    findBeforeOpening(directory, path) ?? (suspect?.isCertain ? { cause: suspect.cause, detail: '' } : null);
  const opening = early ? { finding: early } : tryJournal(directory, path, at);
  if ('store' in opening) return opening.store;
  rescues.push(rescueJournal(directory, opening.finding.cause, opening.finding.detail, at));
  return openStore('journal', path, JOURNAL_MIGRATIONS);
}

/** What SQLite would not notice, or would make worse by opening the file. */
function findBeforeOpening(directory: string, path: string): Finding | null {
  const hasHistory = listBackups(directory).length > 0 || sizeOf(join(directory, 'cache.db')) > 0;
  if (!existsSync(path))
    return hasHistory && listBackups(directory).length > 0 ? { cause: 'missing', detail: '' } : null;
  // Beside an empty file SQLite would throw the log away.
  if (sizeOf(path) === 0) return hasHistory || sizeOf(`${path}-wal`) > 0 ? { cause: 'empty', detail: '' } : null;
  return isLogWhole(path) ? null : { cause: 'log-damaged', detail: '' };
}

function tryJournal(directory: string, path: string, at: string): Opening<'journal'> {
  const existed = existsSync(path);
  const attempt = tryOpen('journal', path, JOURNAL_MIGRATIONS, () => prepareUpgrade(directory, path, at));
  if (!('store' in attempt)) return attempt;
  const { store } = attempt;
  const [found] = checkJournal(store.sql);
  if (found !== undefined) return reject(store, { cause: 'damaged', detail: found });
  const isCopy = createMetaRepository(store).get(COPY_MARK) !== null;
  if (isCopy || newestEntry(store.sql) < newestBackedUp(directory))
    return reject(store, { cause: 'older-than-backup', detail: '' });
  const missing = existed ? readHighWater(directory) - newestEntry(store.sql) : 0;
  if (missing > 0) return reject(store, { cause: 'log-damaged', detail: `the last ${missing} entries are missing` });
  return attempt;
}

function reject(store: Store<StoreName>, finding: Finding): { readonly finding: Finding } {
  store.sql.close();
  return { finding };
}

/** A copy of the file as it is, before the new schema is put on it. */
function prepareUpgrade(directory: string, path: string, at: string): void {
  if (!existsSync(path)) return;
  const sql = new Database(path);
  try {
    const version = sql.pragma('user_version', { simple: true }) as number;
    const newest = JOURNAL_MIGRATIONS.at(-1)?.version ?? 0;
    if (version > 0 && version < newest) copyBeforeUpgrade(sql, directory, at);
  } finally {
    sql.close();
  }
}

/** Of all copies: the newest one may have been made of a journal that had lost its newest part. */
function newestBackedUp(directory: string): number {
  return Math.max(0, ...listBackups(directory).map(newestEntryOf));
}

function openCache({ directory, at, suspects, rescues, isNew }: Opener & { readonly isNew: boolean }): Store<'cache'> {
  const path = join(directory, 'cache.db');
  const suspect = suspects.find(({ store }) => store === 'cache');
  // A first start that was cut short leaves a file that nothing was ever written to.
  const isUntouched = isNew && sizeOf(path) === 0;
  const found = isUntouched ? null : findInHeader(path);
  const early = found ?? (suspect?.isCertain ? { cause: suspect.cause, detail: '' } : null);
  const opening = early ? { finding: early } : tryOpen('cache', path, CACHE_MIGRATIONS, () => undefined);
  if ('store' in opening) {
    const [problem] = suspect ? checkCache(opening.store.sql) : [];
    if (problem === undefined) return opening.store;
    opening.store.sql.close();
    rescues.push(replaceCache(directory, { cause: suspect?.cause ?? 'damaged', detail: problem }, at));
  } else rescues.push(replaceCache(directory, opening.finding, at));
  return openStore('cache', path, CACHE_MIGRATIONS);
}

function replaceCache(directory: string, { cause, detail }: Finding, at: string): Rescue {
  const { folder, rescue } = openQuarantine(directory, { store: 'cache', cause, detail }, at);
  moveFileSet(join(directory, 'cache.db'), folder);
  const done: Rescue = { ...rescue, state: 'done' };
  writeRescue(directory, done);
  return done;
}

/** Costs one page: what the first one says about the length of the file. */
function findInHeader(path: string): Finding | null {
  const size = sizeOf(path);
  if (!existsSync(path)) return null;
  if (size === 0) return { cause: 'empty', detail: '' };
  const header = firstBytes(path);
  if (header.length < 100 || header.toString('latin1', 0, 15) !== 'SQLite format 3')
    return { cause: 'not-a-database', detail: '' };
  const stored = header.readUInt16BE(16);
  const pages = header.readUInt32BE(28) * (stored === 1 ? 65_536 : stored);
  return pages > size ? { cause: 'cut-short', detail: `${size} of ${pages} bytes` } : null;
}

function firstBytes(path: string): Buffer {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    return header.subarray(0, readSync(file, header, 0, header.length, 0));
  } finally {
    closeSync(file);
  }
}

function tryOpen<K extends StoreName>(
  name: K,
  path: string,
  migrations: readonly Migration[],
  before: () => void,
): Opening<K> {
  try {
    before();
    const store = openStore(name, path, migrations);
    if (schemaOf(store.sql) === expectedSchema(migrations)) return { store };
    store.sql.close();
    return { finding: { cause: 'damaged', detail: 'the schema is not the one that was written' } };
  } catch (error) {
    if (error instanceof DatabaseFromFuture && isPlausible(error, name, path)) throw error;
    if (isOutsideTrouble(error)) throw error;
    return { finding: { cause: causeOf(error), detail: error instanceof Error ? error.message : String(error) } };
  }
}

function causeOf(error: unknown): RescueCause {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_NOTADB') return 'not-a-database';
  if (code.startsWith('SQLITE_IOERR')) return 'unreadable';
  return code.startsWith('SQLITE_CORRUPT') || error instanceof DatabaseFromFuture ? 'damaged' : 'migration-failed';
}

/** The journal also writes its version into a row, so that a damaged number is told from a newer program. */
function isPlausible({ fileVersion, knownVersion }: DatabaseFromFuture, name: StoreName, path: string): boolean {
  if (fileVersion > knownVersion + PLAUSIBLE_STEPS) return false;
  if (name === 'cache') return true;
  let sql: Database.Database | null = null;
  try {
    sql = new Database(path, { readonly: true });
    const written = sql.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(SCHEMA);
    return written === undefined || Number(written) > knownVersion;
  } catch {
    return true;
  } finally {
    sql?.close();
  }
}

const expected = new WeakMap<readonly Migration[], string>();

function expectedSchema(migrations: readonly Migration[]): string {
  const known = expected.get(migrations);
  if (known !== undefined) return known;
  const sql = new Database(':memory:');
  for (const step of migrations) step.up(sql);
  const schema = schemaOf(sql);
  sql.close();
  expected.set(migrations, schema);
  return schema;
}
