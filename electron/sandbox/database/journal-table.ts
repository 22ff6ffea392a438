import type { Db } from './open.ts';
import type { LogEntry, Tombstone } from './records.ts';

export type JournalTable = ReturnType<typeof createJournalTable>;

type StoredEntry = Omit<LogEntry, 'before' | 'after'> & {
  readonly before: string | null;
  readonly after: string | null;
};

/** The revision counter, the append-only log of commits and the tombstones of what was removed. */
export function createJournalTable(db: Db) {
  const append =
    db.prepare<StoredEntry>(`INSERT INTO log (seq, at, correlation_id, type, id, account_id, op, before, after,
    idempotency_key, external_ref, actor) VALUES (@seq, @at, @correlationId, @type, @id, @accountId, @op, @before, @after,
    @idempotencyKey, @externalRef, @actor)`);
  const after = db.prepare<[number, number], StoredEntry>(`SELECT seq, at, correlation_id AS correlationId, type, id,
    account_id AS accountId, op, before, after, idempotency_key AS idempotencyKey, external_ref AS externalRef, actor
    FROM log WHERE seq > ? ORDER BY seq LIMIT ?`);
  const moved = db.prepare<[number, number], Tombstone>(
    'SELECT account_id AS id, max(seq) AS rev FROM log WHERE seq > ? GROUP BY account_id ORDER BY rev LIMIT ?',
  );
  const bury = db.prepare<[number, string, number, string, string | null]>(
    'INSERT INTO tombstones (rev, type, account, id, external_ref) VALUES (?, ?, ?, ?, ?)',
  );
  const buried = db.prepare<[string, number, number, number], Tombstone>(
    'SELECT rev, id FROM tombstones WHERE type = ? AND account = ? AND rev > ? ORDER BY rev LIMIT ?',
  );
  const buriedReference = db.prepare<[string, string], Tombstone>(
    'SELECT rev, id FROM tombstones WHERE type = ? AND external_ref = ? LIMIT 1',
  );
  const highest = db
    .prepare<[], number | null>(
      `SELECT max(coalesce((SELECT max(seq) FROM log), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'seed_rev'), 0))`,
    )
    .pluck();
  let rev = highest.get() ?? 0;

  return {
    rev: (): number => rev,
    /** The next revision. One sequence for the whole tenant; a change that is rolled back leaves a gap. */
    nextRev: (): number => {
      rev += 1;
      return rev;
    },
    /** After seeding: revisions go on above those of the seeded rows. */
    continueFrom: (seeded: number): void => {
      rev = seeded;
    },
    append: (entry: LogEntry): void => {
      append.run({ ...entry, before: toJson(entry.before), after: toJson(entry.after) });
    },
    after: (seq: number, limit: number): readonly LogEntry[] =>
      after.all(seq, limit).map((row) => ({ ...row, before: fromJson(row.before), after: fromJson(row.after) })),
    /** Accounts with commits of their own or of their users, by their last one. */
    movedAccounts: (since: number, limit: number): readonly Tombstone[] => moved.all(since, limit),
    bury: (stone: {
      readonly rev: number;
      readonly type: LogEntry['type'];
      readonly account: number;
      readonly id: string;
      readonly externalRef: string | null;
    }): void => {
      bury.run(stone.rev, stone.type, stone.account, stone.id, stone.externalRef);
    },
    buriedSince: (type: LogEntry['type'], account: number, range: { readonly since: number; readonly limit: number }) =>
      buried.all(type, account, range.since, range.limit) as readonly Tombstone[],
    buriedReference: (type: LogEntry['type'], reference: string): Tombstone | undefined =>
      buriedReference.get(type, reference),
  };
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function fromJson(text: string | null): LogEntry['after'] {
  return text === null ? null : (JSON.parse(text) as LogEntry['after']);
}
