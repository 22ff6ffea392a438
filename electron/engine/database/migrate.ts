import type Database from 'better-sqlite3';

/** One step forward. A shipped step is frozen: a test keeps its checksum. */
export type Migration = {
  readonly version: number;
  readonly name: string;
  up(sql: Database.Database): void;
};

/** The file was written by a newer program. It is left as it is. */
export class DatabaseFromFuture extends Error {
  override readonly name = 'DatabaseFromFuture';
  readonly fileVersion: number;
  readonly knownVersion: number;
  constructor(fileVersion: number, knownVersion: number) {
    super(`the file has schema ${fileVersion}, this program knows ${knownVersion}`);
    this.fileVersion = fileVersion;
    this.knownVersion = knownVersion;
  }
}

/** Runs the steps the file lacks, each in one transaction, after a copy of the file has been set aside. */
export function migrate(sql: Database.Database, path: string, migrations: readonly Migration[]): void {
  const current = sql.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) throw new DatabaseFromFuture(current, newest);
  const missing = migrations.filter((step) => step.version > current);
  if (missing.length === 0) return;
  // VACUUM INTO refuses an existing file, so a copy of this version is made once and kept.
  if (current > 0 && path !== ':memory:') copyOnce(sql, `${path}.v${current}.bak`);
  for (const step of missing) {
    sql
      .transaction(() => {
        step.up(sql);
        sql.pragma(`user_version = ${step.version}`);
      })
      .immediate();
  }
  const broken = sql.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error(`migration to ${newest} left ${broken.length} broken references`);
}

function copyOnce(sql: Database.Database, target: string): void {
  try {
    sql.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('already exists')) throw error;
  }
}
