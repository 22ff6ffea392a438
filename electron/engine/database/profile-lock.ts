import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another engine works with this folder. */
export class ProfileInUse extends Error {
  override readonly name = 'ProfileInUse';
}

/**
 * Holds a folder for one engine. The lock is the operating system's, on a file of its own: it goes with the process however that ends,
 * so there is no stale lock to clean up. Returns the function that lets go.
 */
export function holdProfile(directory: string): () => void {
  const sql = new Database(join(directory, 'engine.lock'));
  try {
    // A console that was just closed may still be finishing its last transaction.
    sql.pragma('busy_timeout = 3000');
    sql.pragma('journal_mode = DELETE');
    sql.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    sql.close();
    throw new ProfileInUse(`another engine works in ${directory}`, { cause: error });
  }
  return () => {
    if (sql.open) sql.close();
  };
}
