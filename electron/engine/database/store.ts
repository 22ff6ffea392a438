import Database from 'better-sqlite3';
import type { Migration } from './migrate.ts';
import { migrate } from './migrate.ts';
import { markOrigin, storeFaultOf } from './safety/damage.ts';
import { createTransactions } from './transactions.ts';

export type StoreName = 'cache' | 'journal';

declare const writing: unique symbol;
/** Proof that a write transaction of this file is open. Repository methods that write ask for it. */
export type Tx<K extends StoreName> = { readonly [writing]: K };

/** One database file. Only `database/` touches `sql`; everyone else goes through repositories. */
export type Store<K extends StoreName> = {
  readonly name: K;
  readonly sql: Database.Database;
  /** Called when there was no room for a write, before the error goes on; what it frees is there for the next one. */
  whenFull(release: () => void): void;
  /** Called after every write that was committed. */
  whenWritten(listener: () => void): void;
  /**
   * Runs `work` in one IMMEDIATE transaction: all of it or nothing. Not nested. With `stay-open` the transaction goes on with the next
   * write of that kind, until `settle` or another write ends it; nobody may be told of what it holds before.
   */
  write<T>(work: (tx: Tx<K>) => T, after?: 'commit' | 'stay-open'): T;
  /** Commits what stayed open. */
  settle(): void;
  /** Like `write`, but it survives a loss of power only with the next `write`: for rows that are worth nothing before that. */
  writeLazily<T>(work: (tx: Tx<K>) => T): T;
  close(): void;
};

/**
 * Opens a database file, sets every pragma once and brings its schema up to date.
 * Throws `DatabaseFromFuture` when a newer program has written it, and SQLite's own error when it is damaged.
 */
export function openStore<K extends StoreName>(name: K, path: string, migrations: readonly Migration[]): Store<K> {
  const sql = new Database(path);
  const durable = name === 'journal' ? 'FULL' : 'NORMAL';
  try {
    sql.pragma('busy_timeout = 5000');
    sql.pragma('journal_mode = WAL');
    // The journal is precious: an acknowledged change survives power loss. The cache can be fetched again (SYNC 3.0).
    sql.pragma(`synchronous = ${durable}`);
    if (name === 'journal' && process.platform === 'darwin') {
      // Without these macOS only asks the drive for a barrier, not for durability.
      sql.pragma('fullfsync = 1');
      sql.pragma('checkpoint_fullfsync = 1');
    }
    sql.pragma('foreign_keys = ON');
    sql.pragma('trusted_schema = OFF');
    // What is deleted from the journal is gone from its pages: secrets, and rows that a rescue would otherwise find again (SYNC 3.12).
    if (name === 'journal') sql.pragma('secure_delete = ON');
    sql.pragma('temp_store = MEMORY');
    sql.pragma(name === 'cache' ? 'cache_size = -16384' : 'cache_size = -8192');
    // A first sync writes large pages in a row; the default of 1,000 pages would checkpoint inside every one of them.
    sql.pragma('wal_autocheckpoint = 4000');
    sql.pragma('journal_size_limit = 67108864');
    migrate(sql, path, migrations);
  } catch (error) {
    sql.close();
    throw error;
  }
  const token = {} as Tx<K>;
  let release: () => void = () => undefined;
  const listeners: (() => void)[] = [];
  const transactions = createTransactions(sql, {
    committed() {
      for (const listener of listeners) listener();
    },
    failed(error) {
      markOrigin(error, name);
      if (storeFaultOf(error)?.kind === 'full') release();
    },
  });
  return {
    name,
    sql,
    whenFull(next) {
      release = next;
    },
    whenWritten(listener) {
      listeners.push(listener);
    },
    write: (work, after = 'commit') => transactions.run(() => work(token), after),
    writeLazily(work) {
      // In WAL mode the frames stay in order: the next commit that is synced brings these with it.
      sql.pragma('synchronous = NORMAL');
      try {
        return transactions.run(() => work(token), 'commit');
      } finally {
        sql.pragma(`synchronous = ${durable}`);
      }
    },
    settle: () => transactions.settle(),
    close() {
      if (!sql.open) return;
      try {
        sql.pragma('optimize');
      } catch {
        // Advice for the planner, not worth a fault at the end; a damaged file is found at the next start.
      } finally {
        sql.close();
      }
    },
  };
}
