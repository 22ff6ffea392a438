import type { FieldValues } from '../domain/merge.ts';
import type { Store, Tx } from './store.ts';

/** What became of one row of an upload (IMP-8, IMP-9), whether it made a user, changed or deleted one. */
export type UploadRow = {
  readonly row: number;
  readonly sourceRow: number | null;
  readonly kind: 'create' | 'patch' | 'delete';
  readonly lid: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly state: 'queued' | 'inflight' | 'unknown' | 'sent' | 'refused' | 'withdrawn';
  readonly isVisible: boolean;
  readonly reason: string;
  readonly serverMessage: string;
  readonly correlationId: string;
  /** What the row made or changed, and of a change what was there. */
  readonly patch: FieldValues;
  readonly seen: FieldValues;
};

/** As much of a row as is written beside it. */
export type UploadRowOutcome = Pick<
  UploadRow,
  'row' | 'sourceRow' | 'state' | 'isVisible' | 'reason' | 'serverMessage'
>;

export const UPLOAD_FILTERS = ['all', 'waiting', 'sent', 'visible', 'refused'] as const;
export type UploadFilter = (typeof UPLOAD_FILTERS)[number];

export type UploadRowRepository = {
  page(
    importId: string,
    filter: UploadFilter,
    page: { readonly offset: number; readonly limit: number },
  ): { readonly rows: readonly UploadRow[]; readonly total: number };
  /** What became of every row, some at a time. */
  outcomes(importId: string): Generator<readonly UploadRowOutcome[], void>;
  visibleCount(importId: string): number;
  /** Users that the cloud's own list has shown (IMP-9). Returns how many rows that tells of. */
  markVisible(tx: Tx<'journal'>, lids: readonly string[]): number;
  hasUnseen(): boolean;
};

const WHERE: Readonly<Record<UploadFilter, string>> = {
  all: '1',
  waiting: "state IN ('queued', 'inflight', 'unknown')",
  sent: "state = 'sent'",
  visible: "state = 'sent' AND is_visible = 1",
  refused: "state IN ('refused', 'withdrawn')",
};

const ROWS = /* sql */ `
  SELECT row, source_row, 'create' AS kind, lid, trim(iif(name <> '', name, first_name || ' ' || last_name)) AS name, email, role, state,
    is_visible, reason, server_message, correlation_id,
    json_object('firstName', first_name, 'lastName', last_name, 'name', name, 'email', email, 'role', role, 'mobile', mobile,
      'extension', extension) AS patch, '{}' AS seen
  FROM import_items WHERE import_id = ?
  UNION ALL
  SELECT row, source_row, kind, lid, name, email, coalesce(patch ->> 'role', ''), state, is_visible, reason, server_message, correlation_id,
    patch, seen
  FROM import_changes WHERE import_id = ?`;

const SLICE_ROWS = 1000;

type Stored = Omit<UploadRow, 'isVisible' | 'patch' | 'seen'> & { isVisible: number; patch: string; seen: string };

export function createUploadRowRepository({ sql }: Store<'journal'>): UploadRowRepository {
  const statements = new Map(
    UPLOAD_FILTERS.map((filter) => [
      filter,
      {
        page: sql.prepare<[string, string, number, number], Stored>(/* sql */ `
          SELECT row, source_row AS sourceRow, kind, lid, name, email, role, state, is_visible AS isVisible, reason,
            server_message AS serverMessage, correlation_id AS correlationId, patch, seen
          FROM (${ROWS}) WHERE ${WHERE[filter]} ORDER BY row LIMIT ? OFFSET ?`),
        total: sql.prepare<[string, string], number>(`SELECT count(*) FROM (${ROWS}) WHERE ${WHERE[filter]}`).pluck(),
      },
    ]),
  );
  const outcomes = (['import_items', 'import_changes'] as const).map((table) =>
    sql.prepare<[string, number, number], Omit<UploadRowOutcome, 'isVisible'> & { isVisible: number }>(/* sql */ `
      SELECT row, source_row AS sourceRow, state, is_visible AS isVisible, reason, server_message AS serverMessage
      FROM ${table} WHERE import_id = ? AND row > ? ORDER BY row LIMIT ?`),
  );
  const seen = (table: 'import_items' | 'import_changes') =>
    sql.prepare(/* sql */ `
      UPDATE ${table} SET is_visible = 1 WHERE state = 'sent' AND is_visible = 0
        AND lid IN (SELECT value FROM json_each(?))`);
  const seenItems = seen('import_items');
  const seenChanges = seen('import_changes');
  const unseen = sql
    .prepare<[], number>(/* sql */ `
      SELECT EXISTS (SELECT 1 FROM import_items WHERE state = 'sent' AND is_visible = 0)
        OR EXISTS (SELECT 1 FROM import_changes WHERE state = 'sent' AND is_visible = 0)`)
    .pluck();

  const totalOf = (importId: string, filter: UploadFilter): number =>
    statements.get(filter)?.total.get(importId, importId) ?? 0;

  return {
    page(importId, filter, { offset, limit }) {
      const rows = statements.get(filter)?.page.all(importId, importId, limit, offset) ?? [];
      return { rows: rows.map(parse), total: totalOf(importId, filter) };
    },
    *outcomes(importId) {
      for (const statement of outcomes) {
        for (let after = 0; ;) {
          const rows = statement.all(importId, after, SLICE_ROWS);
          yield rows.map((row) => ({ ...row, isVisible: row.isVisible === 1 }));
          after = rows.at(-1)?.row ?? after;
          if (rows.length < SLICE_ROWS) break;
        }
      }
    },
    visibleCount: (importId) => totalOf(importId, 'visible'),
    markVisible(_tx, lids) {
      const list = JSON.stringify(lids);
      return seenItems.run(list).changes + seenChanges.run(list).changes;
    },
    hasUnseen: () => unseen.get() === 1,
  };
}

function parse({ isVisible, patch, seen, ...row }: Stored): UploadRow {
  return {
    ...row,
    isVisible: isVisible === 1,
    patch: JSON.parse(patch) as FieldValues,
    seen: JSON.parse(seen) as FieldValues,
  };
}
