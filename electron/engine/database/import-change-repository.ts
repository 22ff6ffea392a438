import type { FieldValues } from '../domain/merge.ts';
import type { ChangeReason } from '../domain/lane.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { packRow, unpackRow } from '../domain/import-row-state.ts';
import type { PackedRow } from '../domain/import-row-state.ts';
import type { Store, Tx } from './store.ts';

type RowOutcome = 'queued' | 'sent' | 'refused' | 'withdrawn';

/** One row of an import that changes a user (IMP-7). The outbox carries the change; this is what became of the row. */
export type ImportChange = {
  readonly importId: string;
  readonly row: number;
  readonly opId: string;
  readonly lid: string;
  readonly sourceRow: number | null;
  readonly kind: 'patch' | 'delete';
  readonly name: string;
  readonly email: string;
  readonly patch: FieldValues;
  readonly seen: FieldValues;
  readonly state: RowOutcome;
  readonly reason: ChangeReason;
  readonly serverMessage: string;
  readonly correlationId: string;
};

export type NewImportChange = Omit<
  ImportChange,
  'importId' | 'state' | 'reason' | 'serverMessage' | 'correlationId'
> & {
  readonly typed: RowState | null;
};

export type ImportChangeRepository = {
  add(tx: Tx<'journal'>, importId: string, change: NewImportChange): void;
  /** What became of a change. One that is not of an import is none of this. */
  settle(
    tx: Tx<'journal'>,
    opId: string,
    outcome: { readonly state: 'queued' | 'sent' | 'withdrawn'; readonly correlationId: string },
  ): void;
  /** Takes rows out whose change has not left; the outbox loses it in the same transaction. */
  takeBack(
    tx: Tx<'journal'>,
    importId: string,
    limit: number,
  ): readonly { readonly row: number; readonly lid: string; readonly typed: RowState }[];
  /** The same of rows that no preview can take in again: they stay as taken back. Returns whose they are. */
  withdraw(tx: Tx<'journal'>, importId: string, limit: number): readonly string[];
  discard(tx: Tx<'journal'>, actor: string): void;
};

export function createImportChangeRepository({ sql }: Store<'journal'>): ImportChangeRepository {
  const insert = sql.prepare(/* sql */ `
    INSERT INTO import_changes (import_id, row, op_id, lid, source_row, kind, name, email, patch, seen, typed, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')`);
  const settle = sql.prepare(
    "UPDATE import_changes SET state = ?, reason = '', server_message = '', correlation_id = ? WHERE op_id = ?",
  );
  const unsent = (isTyped: string) =>
    sql.prepare<[string, number], { row: number; opId: string; lid: string; typed: string }>(/* sql */ `
      SELECT c.row, c.op_id AS opId, c.lid, c.typed FROM import_changes c JOIN outbox o ON o.op_id = c.op_id
      WHERE c.import_id = ? AND o.import_id = c.import_id AND o.state = 'queued' AND o.first_sent_at IS NULL AND ${isTyped}
      ORDER BY c.row LIMIT ?`);
  const typed = unsent("c.typed <> ''");
  const untyped = unsent("c.typed = ''");
  const remove = sql.prepare('DELETE FROM import_changes WHERE op_id = ?');
  const unqueue = sql.prepare('DELETE FROM outbox WHERE op_id = ?');
  const discard = sql.prepare(
    'DELETE FROM import_changes WHERE import_id IN (SELECT import_id FROM import_batches WHERE actor = ?)',
  );

  return {
    add(_tx, importId, { row, opId, lid, sourceRow, kind, name, email, patch, seen, typed }) {
      insert.run(
        ...[importId, row, opId, lid, sourceRow, kind, name, email],
        ...[JSON.stringify(patch), JSON.stringify(seen), typed ? JSON.stringify(packRow(typed)) : ''],
      );
    },
    settle: (_tx, opId, { state, correlationId }) => void settle.run(state, correlationId, opId),
    takeBack(_tx, importId, limit) {
      const rows = typed.all(importId, limit);
      for (const { opId } of rows) {
        remove.run(opId);
        unqueue.run(opId);
      }
      return rows.map(({ row, lid, typed: cells }) => ({ row, lid, typed: unpackRow(JSON.parse(cells) as PackedRow) }));
    },
    withdraw(_tx, importId, limit) {
      const rows = untyped.all(importId, limit);
      for (const { opId } of rows) {
        settle.run('withdrawn', '', opId);
        unqueue.run(opId);
      }
      return rows.map(({ lid }) => lid);
    },
    discard: (_tx, actor) => void discard.run(actor),
  };
}
