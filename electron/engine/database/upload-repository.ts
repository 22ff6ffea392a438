import { createHash } from 'node:crypto';
import type { ChangeReason } from '../domain/lane.ts';
import { IMPORT_FIELDS, type ImportValues } from '../../../shared/model/import-row.ts';
import { LONGEST_PAUSE_MS } from '../domain/backoff.ts';
import type { Store, Tx } from './store.ts';
import { columnNames, columnsAs } from './user-columns.ts';
import { createUploadPace, type UploadPace } from './upload-pace.ts';

type ItemState = 'queued' | 'inflight' | 'unknown' | 'sent' | 'refused';

/** One row of one Upload: a user to create (SYNC 3.13). */
export type UploadItem = ImportValues & {
  readonly importId: string;
  readonly row: number;
  readonly lid: string;
  readonly idemKey: string;
  readonly state: ItemState;
  readonly sourceRow: number | null;
  readonly reason: ChangeReason;
  readonly serverMessage: string;
  readonly correlationId: string;
  readonly attempts: number;
  readonly firstSentAt: number | null;
  /**
   * How the row went; null: never sent. A repeat goes the same way (L4). `sentKeyed`: for how many seconds the cloud said that it knows the
   * key; 0: it did not go along; 1: written by a version that did not keep the time. `sentWithRef`: whether our reference went along, 0 or 1.
   */
  readonly sentKeyed: number | null;
  readonly sentWithRef: number | null;
};

/** What the rows of an upload are for: '' those of a list, or what takes one back. */
export type UploadPurpose = '' | 'welcome' | 'licenses';

export type UploadBatch = {
  readonly importId: string;
  readonly actor: string;
  readonly accountLid: string;
  readonly fileName: string;
  readonly isPaused: boolean;
  readonly createdAt: string;
  readonly waitingCount: number;
  readonly sentCount: number;
  readonly refusedCount: number;
  /** Changes of users that stand in the Outbox until a person has decided. */
  readonly askedCount: number;
  readonly unchangedCount: number;
  readonly skippedCount: number;
  /** Why it pauses; '' while it does not, or because a person said so. */
  readonly pauseReason: string;
  /** The upload that this one takes back. */
  readonly undoOf: string | null;
  readonly purpose: UploadPurpose;
  readonly canaryUntil: number;
  readonly canaryFailed: number;
  readonly stopAfter: number;
  readonly failedBefore: number;
  /** Rows of the same file that stand in the preview. */
  readonly leftCount: number;
  /** Where the list came from; `none`: the import is no longer known. */
  readonly original: 'file' | 'pasted' | 'plan' | 'none';
};

export type ItemUpdate = Pick<UploadItem, 'row' | 'state' | 'reason' | 'serverMessage' | 'correlationId'> & {
  readonly nextAt: number;
  /** Looked up and not there: the next attempt is the first. */
  readonly isAnew?: boolean;
};

/** How the rows go: with what the cloud can tell repeats by. `keptSeconds`: 0 without a key. */
export type SentWay = { readonly keptSeconds: number; readonly withRef: boolean };

export type UploadRepository = UploadPace & {
  /** Opens the batch of an import, or finds it open. */
  open(
    tx: Tx<'journal'>,
    batch: Pick<UploadBatch, 'importId' | 'actor' | 'accountLid' | 'fileName' | 'createdAt'> & {
      readonly undoOf?: string;
      readonly purpose?: UploadPurpose;
    },
  ): void;
  /** Takes rows into the batch. The key of a row is made of import and row, so reading the file again gives the same keys. */
  enqueue(
    tx: Tx<'journal'>,
    importId: string,
    rows: readonly { row: number; lid: string; emailKey: string; sourceRow: number | null; values: ImportValues }[],
  ): void;
  /** Rows that leave the preview without anything being sent. */
  passOver(tx: Tx<'journal'>, importId: string, counts: { unchanged: number; skipped: number }): void;
  get(importId: string): UploadBatch | null;
  list(actor: string, accountLid: string | null): readonly UploadBatch[];
  /** Rows that may be sent now, in the order of the sheet. */
  ready(importId: string, now: number, limit: number): readonly UploadItem[];
  nextAt(actor: string): number | null;
  /** Times of another clock: everything went longer ago than any key is kept, and waits no longer. */
  forgetTimes(tx: Tx<'journal'>): void;
  /** The person asked: no row waits for its time any longer. */
  hurry(tx: Tx<'journal'>): void;
  markInflight(tx: Tx<'journal'>, importId: string, rows: readonly number[], at: number, way: SentWay): void;
  settle(tx: Tx<'journal'>, importId: string, updates: readonly ItemUpdate[]): void;
  /** Takes unsent rows out of the queue and returns them. A row that may be under way stays. */
  takeBack(tx: Tx<'journal'>, importId: string, limit: number): readonly UploadItem[];
  reviveInflight(tx: Tx<'journal'>): number;
  /** Rows that exist only here, to show them in the users list. */
  unsent(importId: string, afterRow: number, limit: number): readonly UploadItem[];
  /** Local ids of rows whose fate nobody knows. */
  inDoubt(): readonly string[];
  unsentIn(lids: readonly string[]): readonly UploadItem[];
  waitingCount(actor: string, accountLid: string | null): { waitingCount: number; attentionCount: number };
  discard(tx: Tx<'journal'>, actor: string): void;
};

const ITEM = `import_id AS importId, row, lid, idem_key AS idemKey, state, ${columnsAs(IMPORT_FIELDS)},
  source_row AS sourceRow, reason, server_message AS serverMessage, correlation_id AS correlationId, attempts, first_sent_at AS firstSentAt, sent_keyed AS sentKeyed,
  sent_with_ref AS sentWithRef`;
const BATCH = /* sql */ `
  SELECT import_id AS importId, actor, account_lid AS accountLid, file_name AS fileName, is_paused AS isPaused, created_at AS createdAt,
    waiting_count AS waitingCount, sent_count AS sentCount, refused_count AS refusedCount, asked_count AS askedCount,
    unchanged_count AS unchangedCount, skipped_count AS skippedCount, pause_reason AS pauseReason, undo_of AS undoOf, purpose,
    canary_until AS canaryUntil, canary_failed AS canaryFailed, stop_after AS stopAfter, failed_before AS failedBefore,
    coalesce((SELECT row_count FROM imports WHERE id = import_id), 0) AS leftCount,
    coalesce((SELECT CASE WHEN path <> '' THEN 'file' WHEN EXISTS (SELECT 1 FROM import_texts t WHERE t.import_id = imports.id) THEN 'pasted'
      ELSE 'plan' END FROM imports WHERE id = import_batches.import_id), 'none') AS original
  FROM import_batches`;

export function uploadKey(importId: string, row: number): string {
  return createHash('sha256').update(`${importId}:${row}`).digest('hex').slice(0, 40);
}

export function createUploadRepository({ sql }: Store<'journal'>): UploadRepository {
  const open = sql.prepare(
    'INSERT INTO import_batches (import_id, actor, account_lid, file_name, created_at, undo_of, purpose) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (import_id) DO NOTHING',
  );
  const insert = sql.prepare(/* sql */ `
    INSERT INTO import_items (import_id, row, lid, idem_key, state, ${columnNames(IMPORT_FIELDS)}, email_key, source_row)
    VALUES (?, ?, ?, ?, 'queued', ${IMPORT_FIELDS.map(() => '?').join(', ')}, ?, ?) ON CONFLICT DO NOTHING`);
  const pass = sql.prepare(
    'UPDATE import_batches SET unchanged_count = unchanged_count + ?, skipped_count = skipped_count + ? WHERE import_id = ?',
  );
  const mint = sql.prepare(
    "INSERT INTO idmap (lid, type, sid, created_at) SELECT ?, 'user', NULL, created_at FROM import_batches WHERE import_id = ? ON CONFLICT DO NOTHING",
  );
  type BatchRow = Omit<UploadBatch, 'isPaused'> & { isPaused: number };
  const one = sql.prepare<[string], BatchRow>(`${BATCH} WHERE import_id = ?`);
  const all = sql.prepare<[string, string | null, string | null], BatchRow>(
    `${BATCH} WHERE actor = ? AND (? IS NULL OR account_lid = ?) ORDER BY created_at, import_id`,
  );
  // One state after the other: with both at once the planner walks over every row that was sent.
  const readyIn = (state: 'queued' | 'unknown') =>
    `SELECT * FROM (SELECT ${ITEM} FROM import_items INDEXED BY import_items_state
      WHERE import_id = ? AND state = '${state}' AND next_at NOT BETWEEN ? AND ? ORDER BY row LIMIT ?)`;
  const ready = sql.prepare<unknown[], UploadItem>(
    `SELECT * FROM (${readyIn('queued')} UNION ALL ${readyIn('unknown')}) ORDER BY row LIMIT ?`,
  );
  const next = sql.prepare<[string], { at: number | null }>(/* sql */ `
    SELECT min(i.next_at) AS at FROM import_items i JOIN import_batches b ON b.import_id = i.import_id
    WHERE i.state IN ('queued', 'unknown') AND i.next_at > 0 AND b.actor = ? AND b.is_paused = 0`);
  const inflight = sql.prepare(
    // Of a repeat the shorter time counts: the first one may never have left.
    `UPDATE import_items SET state = 'inflight', attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, @at),
      sent_keyed = CASE WHEN sent_keyed > 1 AND @kept > 0 THEN min(sent_keyed, @kept) ELSE coalesce(sent_keyed, @kept) END,
      sent_with_ref = coalesce(sent_with_ref, @withRef) WHERE import_id = @importId AND row = @row`,
  );
  const settle = sql.prepare(
    // A row the server was seen to have stays sent, whatever the answer that comes late says.
    "UPDATE import_items SET state = ?, reason = ?, server_message = ?, correlation_id = ?, next_at = ? WHERE import_id = ? AND row = ? AND state <> 'sent'",
  );
  const forget = sql.prepare(
    'UPDATE import_items SET first_sent_at = NULL, sent_keyed = NULL, sent_with_ref = NULL WHERE import_id = ? AND row = ?',
  );
  const taken = sql.prepare<[string, number], UploadItem>(/* sql */ `
    SELECT ${ITEM} FROM import_items WHERE import_id = ? AND (state = 'refused' OR (state = 'queued' AND first_sent_at IS NULL)) ORDER BY row LIMIT ?`);
  const drop = sql.prepare('DELETE FROM import_items WHERE import_id = ? AND row = ?');
  const unmint = sql.prepare('DELETE FROM idmap WHERE lid = ? AND sid IS NULL');
  const revive = sql.prepare(
    "UPDATE import_items SET state = 'unknown', reason = 'answer-lost' WHERE state = 'inflight'",
  );
  const hurry = sql.prepare("UPDATE import_items SET next_at = 0 WHERE state IN ('queued', 'unknown') AND next_at > 0");
  const forgetTimes = sql.prepare(/* sql */ `
    UPDATE import_items INDEXED BY import_items_open SET first_sent_at = min(first_sent_at, 0), next_at = 0
    WHERE state IN ('queued', 'unknown', 'inflight') AND (first_sent_at > 0 OR next_at > 0)`);
  const unsent = sql.prepare<[string, number, number], UploadItem>(
    `SELECT ${ITEM} FROM import_items WHERE import_id = ? AND row > ? AND state <> 'sent' ORDER BY row LIMIT ?`,
  );
  const inDoubt = sql.prepare<[], { lid: string }>(
    "SELECT lid FROM import_items INDEXED BY import_items_open WHERE state IN ('queued', 'unknown', 'inflight') AND state = 'unknown'",
  );
  const unsentIn = sql.prepare<[string], UploadItem>(
    `SELECT ${ITEM} FROM import_items WHERE lid IN (SELECT value FROM json_each(?)) AND state <> 'sent'`,
  );
  const tally = sql.prepare<
    [string, string | null, string | null],
    { waitingCount: number; attentionCount: number }
  >(/* sql */ `
    SELECT coalesce(sum(waiting_count), 0) AS waitingCount, coalesce(sum(refused_count), 0) AS attentionCount
    FROM import_batches WHERE actor = ? AND (? IS NULL OR account_lid = ?)`);
  const discardItems = sql.prepare(
    'DELETE FROM import_items WHERE import_id IN (SELECT import_id FROM import_batches WHERE actor = ?)',
  );
  const discardBatches = sql.prepare('DELETE FROM import_batches WHERE actor = ?');
  const toBatch = ({ isPaused, ...row }: BatchRow): UploadBatch => ({
    ...row,
    isPaused: isPaused === 1,
  });

  return {
    ...createUploadPace(sql),
    open: (_tx, batch) =>
      void open.run(
        batch.importId,
        batch.actor,
        batch.accountLid,
        batch.fileName,
        batch.createdAt,
        batch.undoOf ?? null,
        batch.purpose ?? '',
      ),
    enqueue(_tx, importId, rows) {
      for (const { row, lid, emailKey, sourceRow, values } of rows) {
        insert.run(
          ...[importId, row, lid, uploadKey(importId, row)],
          ...IMPORT_FIELDS.map((field) => values[field]),
          ...[emailKey, sourceRow],
        );
        mint.run(lid, importId);
      }
    },
    passOver: (_tx, importId, { unchanged, skipped }) => void pass.run(unchanged, skipped, importId),
    get(importId) {
      const row = one.get(importId);
      return row ? toBatch(row) : null;
    },
    list: (actor, accountLid) => all.all(actor, accountLid, accountLid).map(toBatch),
    ready(importId, now, limit) {
      const due = [importId, now + 1, now + LONGEST_PAUSE_MS, limit];
      return ready.all(...due, ...due, limit);
    },
    nextAt: (actor) => next.get(actor)?.at ?? null,
    forgetTimes: () => void forgetTimes.run(),
    hurry: () => void hurry.run(),
    markInflight(_tx, importId, rows, at, { keptSeconds, withRef }) {
      for (const row of rows) inflight.run({ at, kept: keptSeconds, withRef: withRef ? 1 : 0, importId, row });
    },
    settle(_tx, importId, updates) {
      for (const { row, state, reason, serverMessage, correlationId, nextAt, isAnew = false } of updates) {
        settle.run(state, reason, serverMessage, correlationId, nextAt, importId, row);
        if (isAnew) forget.run(importId, row);
      }
    },
    takeBack(_tx, importId, limit) {
      const rows = taken.all(importId, limit);
      for (const { row, lid } of rows) {
        drop.run(importId, row);
        unmint.run(lid);
      }
      return rows;
    },
    reviveInflight: () => revive.run().changes,
    unsent: (importId, afterRow, limit) => unsent.all(importId, afterRow, limit),
    inDoubt: () => inDoubt.all().map(({ lid }) => lid),
    unsentIn: (lids) => unsentIn.all(JSON.stringify(lids)),
    waitingCount: (actor, accountLid) =>
      tally.get(actor, accountLid, accountLid) ?? { waitingCount: 0, attentionCount: 0 },
    discard(_tx, actor) {
      discardItems.run(actor);
      discardBatches.run(actor);
    },
  };
}
