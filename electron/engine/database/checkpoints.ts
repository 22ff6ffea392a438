import { statSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Below this a log is left alone: the next checkpoint has more to do for the same number of waits for the disk. */
const LEAST_BYTES = 4 * 1024 * 1024;

export type LogCheckpoints = { run(): void; close(): void };

/** Connections of their own, for one purpose. PASSIVE never makes a reader or the writer wait. */
export function openCheckpoints(paths: readonly string[]): LogCheckpoints {
  const files = paths.map((path) => ({ log: `${path}-wal`, sql: new Database(path, { fileMustExist: true }) }));
  return {
    run() {
      for (const { log, sql } of files) if (sizeOf(log) >= LEAST_BYTES) sql.pragma('wal_checkpoint(PASSIVE)');
    },
    close() {
      for (const { sql } of files) sql.close();
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
