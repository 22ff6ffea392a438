import type { Store, Tx } from './store.ts';

/** One try to send a change, as the network answered it. */
export type Attempt = {
  readonly at: string;
  /** HTTP status; null: no answer. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly correlationId: string;
  readonly error: string;
};

export type AttemptRepository = {
  append(tx: Tx<'journal'>, opId: string, attempt: Attempt): void;
  /** The last ones, newest first. */
  of(opId: string): readonly Attempt[];
  prune(tx: Tx<'journal'>): void;
};

const PER_CHANGE = 20;
const IN_ALL = 20_000;

export function createAttemptRepository({ sql }: Store<'journal'>): AttemptRepository {
  const insert = sql.prepare(
    'INSERT INTO attempt (op_id, at, status, duration_ms, correlation_id, error) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const trim = sql.prepare(
    `DELETE FROM attempt WHERE op_id = ? AND id <= (SELECT id FROM attempt WHERE op_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${PER_CHANGE})`,
  );
  const of = sql.prepare<[string], Attempt>(
    `SELECT at, status, duration_ms AS durationMs, correlation_id AS correlationId, error FROM attempt
     WHERE op_id = ? ORDER BY id DESC LIMIT ${PER_CHANGE}`,
  );
  const prune = sql.prepare(`DELETE FROM attempt WHERE id <= (SELECT max(id) FROM attempt) - ${IN_ALL}`);
  return {
    append(_tx, opId, { at, status, durationMs, correlationId, error }) {
      insert.run(opId, at, status, durationMs, correlationId, error);
      trim.run(opId, opId);
    },
    of: (opId) => of.all(opId),
    prune: () => void prune.run(),
  };
}
