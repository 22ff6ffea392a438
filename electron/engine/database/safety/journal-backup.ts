import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Store } from '../store.ts';
import { checkJournal } from './check-store.ts';

const GENERATIONS = 5;
/** A copy says so in `meta`: put back in the place of the journal it is an old one, and what it calls waiting may have been sent. */
export const COPY_MARK = 'copied_at';
const NAME = /^journal-.*\.db$/u;
/** Small steps: between two of them the engine answers. */
const PAGES_A_STEP = 100;

export type JournalBackup = {
  /** Copies the journal when it has changed since the last copy. */
  run(): Promise<'made' | 'unchanged' | 'damaged'>;
};

export function backupFolder(directory: string): string {
  return join(directory, 'backup');
}

/** Newest first. Only copies that were verified have this name. */
export function listBackups(directory: string): readonly string[] {
  const folder = backupFolder(directory);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name));
}

/** Copies of the journal while it is in use, the last five kept, each verified before it counts (SYNC 3.11). */
export function createJournalBackup(
  journal: Store<'journal'>,
  directory: string,
  now: () => string,
  isCopied: boolean,
): JournalBackup {
  const changes = journal.sql.prepare<[], number>('SELECT total_changes()').pluck();
  let copiedAt = isCopied ? (changes.get() ?? 0) : -1;
  return {
    async run() {
      const count = changes.get() ?? 0;
      if (count === copiedAt) return 'unchanged';
      const target = newBackup(directory, now());
      await journal.sql.backup(`${target}.part`, { progress: () => PAGES_A_STEP });
      if (!keepVerified(journal.sql, target)) return 'damaged';
      copiedAt = count;
      dropOld(directory);
      return 'made';
    },
  };
}

/** A copy in one go, before the schema is brought up to date. False when the copy is not sound. */
export function copyBeforeUpgrade(sql: Database.Database, directory: string, at: string): boolean {
  const target = newBackup(directory, at);
  rmSync(`${target}.part`, { force: true });
  sql.prepare('VACUUM INTO ?').run(`${target}.part`);
  const isSound = keepVerified(sql, target);
  dropOld(directory);
  return isSound;
}

function newBackup(directory: string, at: string): string {
  mkdirSync(backupFolder(directory), { recursive: true, mode: 0o700 });
  return join(backupFolder(directory), `journal-${at.replaceAll(/[:.]/gu, '-')}.db`);
}

/** A copy counts when it is sound and of the schema it was made from. */
function keepVerified(sql: Database.Database, target: string): boolean {
  const part = `${target}.part`;
  const version = sql.pragma('user_version', { simple: true });
  markCopy(part, target);
  if (isSoundCopy(part, (found) => found === version)) {
    renameSync(part, target);
    return true;
  }
  rmSync(part, { force: true });
  return false;
}

function markCopy(path: string, name: string): void {
  const copy = new Database(path);
  try {
    // A copy of a file with a log would open with a log of its own beside it; a backup is one file.
    copy.pragma('journal_mode = DELETE');
    copy.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(COPY_MARK, basename(name));
  } catch {
    // Not sound; the check says so.
  } finally {
    copy.close();
  }
}

/** The copy that knows most and is still sound: a copy can be damaged as well, or be of a journal that had lost its newest part. */
export function newestSound(directory: string, newestVersion: number): string | null {
  const sound = listBackups(directory).filter((path) => isSoundCopy(path, (version) => version <= newestVersion));
  const entries = new Map(sound.map((path) => [path, newestEntryOf(path)]));
  return sound.toSorted((a, b) => (entries.get(b) ?? 0) - (entries.get(a) ?? 0))[0] ?? null;
}

/** How far the history goes. */
export function newestEntry(sql: Database.Database): number {
  return sql.prepare<[], number | null>('SELECT max(id) FROM audit').pluck().get() ?? 0;
}

/** The same of a copy; 0 when it cannot be read. */
export function newestEntryOf(path: string): number {
  let copy: Database.Database | null = null;
  try {
    copy = new Database(path, { readonly: true, fileMustExist: true });
    return newestEntry(copy);
  } catch {
    return 0;
  } finally {
    copy?.close();
  }
}

function isSoundCopy(path: string, isVersion: (version: number) => boolean): boolean {
  let copy: Database.Database | null = null;
  try {
    copy = new Database(path, { readonly: true, fileMustExist: true });
    return isVersion(copy.pragma('user_version', { simple: true }) as number) && checkJournal(copy).length === 0;
  } catch {
    return false;
  } finally {
    copy?.close();
  }
}

function dropOld(directory: string): void {
  for (const path of listBackups(directory).slice(GENERATIONS)) rmSync(path, { force: true });
}
