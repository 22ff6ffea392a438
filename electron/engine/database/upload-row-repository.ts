import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import { jsonOf } from './user-columns.ts';
import { must } from '../../../shared/lib/must.ts';
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
  /** The same rows in the same order, some at a time: what changes meanwhile makes nobody miss a row or meet one twice. */
  slices(importId: string, filter: UploadFilter, size: number): Generator<readonly UploadRow[], void>;
  /** What became of every row, some at a time. */
  outcomes(importId: string): Generator<readonly UploadRowOutcome[], void>;
  /** Rows that the cloud has accepted and its own list has not shown since. */
  unseenCount(importId: string): number;
  /** Users that the cloud's own list has shown (IMP-9). Returns how many rows that tells of. */
  markVisible(tx: Tx<'journal'>, lids: readonly string[]): number;
  hasUnseen(): boolean;
};

const TABLES = ['import_items', 'import_changes'] as const;
type Table = (typeof TABLES)[number];

/** `null`: in whatever state. An index has the rows of each state in the order of the sheet. */
const STATES: Readonly<Record<Exclude<UploadFilter, 'visible'>, Readonly<Record<Table, readonly string[]>> | null>> = {
  all: null,
  waiting: { import_items: ['queued', 'inflight', 'unknown'], import_changes: ['queued'] },
  sent: { import_items: ['sent'], import_changes: ['sent'] },
  refused: { import_items: ['refused'], import_changes: ['refused', 'withdrawn'] },
};

const DETAILS: Readonly<Record<Table, string>> = {
  import_items: /* sql */ `
    'create' AS kind, trim(iif(name <> '', name, first_name || ' ' || last_name)) AS name, role,
    ${jsonOf(IMPORT_FIELDS)} AS patch, '{}' AS seen`,
  import_changes: "kind, name, coalesce(patch ->> 'role', '') AS role, patch, seen",
};

const SLICE_ROWS = 1000;

type Stored = Omit<UploadRow, 'isVisible' | 'patch' | 'seen'> & { isVisible: number; patch: string; seen: string };

type Key = { readonly row: number; readonly source: number };
/** How far each table has been read. They are kept apart: after a rescue a row can stand in both. */
type Reached = readonly [items: number, changes: number];
type KeyRange = { id: string; afterItem: number; afterChange: number; limit: number; offset: number };
type Counts = { waiting: number; sent: number; refused: number };

export function createUploadRowRepository({ sql }: Store<'journal'>): UploadRowRepository {
  const keys = new Map(UPLOAD_FILTERS.map((filter) => [filter, sql.prepare<[KeyRange], Key>(keysOf(filter))]));
  const details = TABLES.map((table) =>
    sql.prepare<[string, string], Stored>(/* sql */ `
      SELECT row, source_row AS sourceRow, lid, email, state, is_visible AS isVisible, reason, server_message AS serverMessage,
        correlation_id AS correlationId, ${DETAILS[table]}
      FROM ${table} WHERE import_id = ? AND row IN (SELECT value FROM json_each(?))`),
  );
  // Kept by triggers; only what was taken back is counted, in the index of the states.
  const counts = sql.prepare<[string], Counts>(/* sql */ `
    SELECT waiting_count AS waiting, sent_count AS sent, refused_count + asked_count + (
      SELECT count(*) FROM import_changes WHERE import_id = b.import_id AND state = 'withdrawn') AS refused
    FROM import_batches b WHERE import_id = ?`);
  // Left to itself the planner looks every row up that was ever sent.
  const unseenOf = (table: Table): string => /* sql */ `(SELECT count(*) FROM ${table} INDEXED BY ${table}_unseen
    WHERE import_id = @id AND state = 'sent' AND is_visible = 0)`;
  const unseenCount = sql.prepare<[{ id: string }], number>(`SELECT ${TABLES.map(unseenOf).join(' + ')}`).pluck();
  const outcomes = TABLES.map((table) =>
    sql.prepare<[string, number, number], Omit<UploadRowOutcome, 'isVisible'> & { isVisible: number }>(/* sql */ `
      SELECT row, source_row AS sourceRow, state, is_visible AS isVisible, reason, server_message AS serverMessage
      FROM ${table} WHERE import_id = ? AND row > ? ORDER BY row LIMIT ?`),
  );
  const seen = (table: Table) =>
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

  const notSeen = (id: string): number => unseenCount.get({ id }) ?? 0;
  const totalOf = (id: string, filter: UploadFilter): number => {
    const { waiting, sent, refused } = counts.get(id) ?? { waiting: 0, sent: 0, refused: 0 };
    const totals = { waiting, sent, refused, all: waiting + sent + refused };
    return filter === 'visible' ? sent - notSeen(id) : totals[filter];
  };

  function detailed(id: string, found: readonly Key[]): readonly UploadRow[] {
    const bySource = details.map((statement, source) => {
      const wanted = found.filter((key) => key.source === source).map(({ row }) => row);
      const rows = wanted.length > 0 ? statement.all(id, JSON.stringify(wanted)) : [];
      return new Map(rows.map((row) => [row.row, row]));
    });
    return found.map(({ row, source }) => parse(must(bySource[source]?.get(row), 'its key was read just now')));
  }

  return {
    page(id, filter, { offset, limit }) {
      const total = totalOf(id, filter);
      if (offset >= total) return { rows: [], total };
      const found = keys.get(filter)?.all({ id, afterItem: 0, afterChange: 0, limit, offset }) ?? [];
      return { rows: detailed(id, found), total };
    },
    *slices(id, filter, size) {
      let reached: Reached = [0, 0];
      for (;;) {
        const [afterItem, afterChange] = reached;
        const found = keys.get(filter)?.all({ id, afterItem, afterChange, limit: size, offset: 0 }) ?? [];
        if (found.length > 0) yield detailed(id, found);
        if (found.length < size) return;
        reached = [lastOf(found, 0) ?? afterItem, lastOf(found, 1) ?? afterChange];
      }
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
    unseenCount: notSeen,
    markVisible(_tx, lids) {
      const list = JSON.stringify(lids);
      return seenItems.run(list).changes + seenChanges.run(list).changes;
    },
    hasUnseen: () => unseen.get() === 1,
  };
}

/**
 * The rows of a filter in the order of the sheet, as keys and nothing else: what a page leaves out is never read, and no row is sorted.
 * Each part of the union comes in order by itself, from the index of its state; with another term after `row`, or several states in one
 * part, SQLite would leave that index and sort.
 */
function keysOf(filter: UploadFilter): string {
  const parts = TABLES.flatMap((table, source) => {
    const after = source === 0 ? '@afterItem' : '@afterChange';
    const part = (where: string): string =>
      `SELECT row, ${source} AS source FROM ${table} WHERE import_id = @id AND row > ${after}${where}`;
    if (filter === 'visible') return part(" AND state = 'sent' AND is_visible = 1");
    const states = STATES[filter]?.[table];
    return states?.map((state) => part(` AND state = '${state}'`)) ?? part('');
  });
  return `${parts.join('\nUNION ALL ')}\nORDER BY row LIMIT @limit OFFSET @offset`;
}

function lastOf(found: readonly Key[], source: number): number | undefined {
  return found.findLast((key) => key.source === source)?.row;
}

function parse({ isVisible, patch, seen, ...row }: Stored): UploadRow {
  return {
    ...row,
    isVisible: isVisible === 1,
    patch: JSON.parse(patch) as FieldValues,
    seen: JSON.parse(seen) as FieldValues,
  };
}
