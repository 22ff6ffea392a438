import type { Db } from './open.ts';
import { createAccountTable, type AccountTable } from './account-table.ts';
import { createIdempotencyTable, type IdempotencyTable } from './idempotency-table.ts';
import { createIdentityTable, type IdentityTable } from './identity-table.ts';
import { createJournalTable, type JournalTable } from './journal-table.ts';
import { DROP_USER_INDEXES, EMPTY_TABLES, USER_INDEXES } from './schema.ts';
import { createUserTable, type UserTable } from './user-table.ts';

export type Store = {
  readonly accounts: AccountTable;
  readonly users: UserTable;
  readonly journal: JournalTable;
  readonly identities: IdentityTable;
  readonly idempotency: IdempotencyTable;
  /** One transaction; nested calls are savepoints, so a refused part of a batch leaves no trace. */
  write<T>(run: () => T): T;
  /** Replaces every tenant in one transaction. `seed` gets the highest revision used so far and returns its last one. */
  seed(kind: string, seed: (store: Store, lastRev: number) => number): void;
  /** Which tenants were seeded; '' for a new file. */
  seededAs(): string;
  /** Changes with every seeding: delta tokens of earlier tenants are told apart by it. */
  generation(): number;
  readSettings(): string | null;
  keepSettings(json: string): void;
  close(): void;
};

/** All tables over one open database. */
export function createStore(db: Db): Store {
  // Prepared statements name the indexes, so they exist before the tables are filled.
  if (!hasIndexes(db)) db.exec(USER_INDEXES);
  const readMeta = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const keepMeta = db.prepare<[string, string]>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  const journal = createJournalTable(db);
  let generation = Number(readMeta.get('generation') ?? '0');

  const store: Store = {
    accounts: createAccountTable(db),
    users: createUserTable(db),
    journal,
    identities: createIdentityTable(db),
    idempotency: createIdempotencyTable(db),
    write: (run) => db.transaction(run).immediate(),
    seed: (kind, seed) => {
      db.transaction(() => {
        db.exec(DROP_USER_INDEXES);
        db.exec(EMPTY_TABLES);
        const lastRev = seed(store, journal.rev());
        db.exec(USER_INDEXES);
        generation += 1;
        keepMeta.run('generation', String(generation));
        keepMeta.run('seed_rev', String(lastRev));
        keepMeta.run('tenants', kind);
        journal.continueFrom(lastRev);
      }).exclusive();
    },
    seededAs: () => readMeta.get('tenants') ?? '',
    generation: () => generation,
    readSettings: () => readMeta.get('settings') ?? null,
    keepSettings: (json) => {
      keepMeta.run('settings', json);
    },
    close: () => {
      db.close();
    },
  };
  return store;
}

function hasIndexes(db: Db): boolean {
  return (
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'users_by_account'").get() !== undefined
  );
}
