import type { JobState, jobKind } from '../../../shared/model/job.ts';
import type { z } from 'zod';
import type { Store, Tx } from './store.ts';

export type JobKind = z.output<typeof jobKind>;

export type StoredJob = {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly accountLid: string | null;
  readonly importId: string | null;
  readonly subject: string;
  readonly doneCount: number;
  readonly totalCount: number | null;
  readonly problemCount: number;
  readonly reason: string;
  readonly detail: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
};

export type JobRepository = {
  put(tx: Tx<'journal'>, job: StoredJob): void;
  get(id: string): StoredJob | null;
  list(limit: number): readonly StoredJob[];
  /** The newest job of an import that is not finished. */
  openOfImport(importId: string): StoredJob | null;
  /** Work that ended with the program: sync and reading start anew, an upload goes on by itself. */
  closeInterrupted(tx: Tx<'journal'>, at: string): void;
  clearFinished(tx: Tx<'journal'>): void;
};

const COLUMNS = `id, kind, state, account_lid AS accountLid, import_id AS importId, subject, done_count AS doneCount, total_count AS totalCount,
  problem_count AS problemCount, reason, detail, started_at AS startedAt, finished_at AS finishedAt`;
const KEPT = 500;

export function createJobRepository({ sql }: Store<'journal'>): JobRepository {
  const put = sql.prepare(/* sql */ `
    INSERT INTO jobs (id, kind, state, account_lid, import_id, subject, done_count, total_count, problem_count, reason, detail, started_at, finished_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, done_count = excluded.done_count, total_count = excluded.total_count,
      problem_count = excluded.problem_count, reason = excluded.reason, detail = excluded.detail, finished_at = excluded.finished_at`);
  const one = sql.prepare<[string], StoredJob>(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`);
  const list = sql.prepare<[number], StoredJob>(
    `SELECT ${COLUMNS} FROM jobs ORDER BY finished_at IS NOT NULL, started_at DESC, id DESC LIMIT ?`,
  );
  const ofImport = sql.prepare<[string], StoredJob>(
    `SELECT ${COLUMNS} FROM jobs WHERE import_id = ? AND kind = 'import-send' AND finished_at IS NULL ORDER BY started_at DESC LIMIT 1`,
  );
  const close = sql.prepare(
    "UPDATE jobs SET state = 'cancelled', reason = 'interrupted', finished_at = ? WHERE finished_at IS NULL AND kind <> 'import-send'",
  );
  const clear = sql.prepare('DELETE FROM jobs WHERE finished_at IS NOT NULL');
  const trim = sql.prepare(
    `DELETE FROM jobs WHERE finished_at IS NOT NULL AND id NOT IN (SELECT id FROM jobs ORDER BY started_at DESC LIMIT ${KEPT})`,
  );
  return {
    put(_tx, job) {
      put.run(
        ...[
          job.id,
          job.kind,
          job.state,
          job.accountLid,
          job.importId,
          job.subject,
          job.doneCount,
          job.totalCount,
          job.problemCount,
        ],
        ...[job.reason, job.detail, job.startedAt, job.finishedAt],
      );
    },
    get: (id) => one.get(id) ?? null,
    list: (limit) => list.all(limit),
    openOfImport: (importId) => ofImport.get(importId) ?? null,
    closeInterrupted(_tx, at) {
      close.run(at);
      trim.run();
    },
    clearFinished: () => void clear.run(),
  };
}
