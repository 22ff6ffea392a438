import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SCHEMA_VERSION, TABLES } from './schema.ts';

export type Db = Database.Database;

const FILE = 'sandbox.db';
// A sandbox that is just ending lets go within this time.
const BUSY_MS = 500;

/** Opens the sandbox's database; null keeps it in memory. A file that cannot be read is replaced: it holds demo tenants only. */
export function openDatabase(directory: string | null): Db {
  if (directory === null) return prepared(new Database(':memory:'));
  mkdirSync(directory, { recursive: true });
  const file = join(directory, FILE);
  try {
    return prepared(new Database(file, { timeout: BUSY_MS }));
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (code === 'SQLITE_BUSY') {
      throw new Error(`Another sandbox is using ${directory}. End it, or choose another directory.`, { cause: error });
    }
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT' && code !== 'SANDBOX_VERSION') throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    return prepared(new Database(file, { timeout: BUSY_MS }));
  }
}

function prepared(db: Db): Db {
  try {
    // One process per file, held from the first read on: two would hand out the same revision twice.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    // A killed process loses nothing with NORMAL; only a power cut may take the last commits, and these are demo tenants.
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -65536');
    db.pragma('trusted_schema = OFF');
    const version = db.pragma('user_version', { simple: true });
    if (version === 0) {
      db.transaction(() => {
        db.exec(TABLES);
        db.pragma(`user_version = ${SCHEMA_VERSION}`);
      }).exclusive();
    } else if (version !== SCHEMA_VERSION) {
      throw new Database.SqliteError('the file belongs to another version of the sandbox', 'SANDBOX_VERSION');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
