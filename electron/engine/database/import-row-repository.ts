import { ROW_ACTIONS } from '../../../shared/model/import-row.ts';
import type { ImportField, RowAction } from '../../../shared/model/import-row.ts';
import type { SeverityCode } from '../domain/import-row-state.ts';
import { ROW_COLUMNS, isPlainRow, plainInsert, plainParameters, rowParameters, toPreviewRow } from './import-rows.ts';
import type { PreviewRow, StoredRow } from './import-rows.ts';
import type { Store, Tx } from './store.ts';

/** What the list of positions needs of a row. */
export type RowMark = {
  readonly rowId: number;
  readonly severity: SeverityCode;
  readonly isChanged: boolean;
  readonly action: RowAction;
  readonly isDuplicate: boolean;
};
type RowLink = { readonly rowId: number; readonly sourceRow: number | null; readonly isDuplicate: boolean };

export type ImportRowRepository = {
  newStaging(tx: Tx<'journal'>, importId: string): number;
  insert(tx: Tx<'journal'>, staging: number, rows: readonly PreviewRow[]): void;
  put(tx: Tx<'journal'>, staging: number, row: PreviewRow): void;
  remove(tx: Tx<'journal'>, staging: number, rowId: number): void;
  get(staging: number, rowId: number): PreviewRow | null;
  /** In the order asked for; rows that are not there are left out. */
  many(staging: number, rowIds: Iterable<number>): readonly PreviewRow[];
  /** Rows with the address, first ones first. */
  withAddress(staging: number, emailKey: string, limit: number): readonly RowLink[];
  /** All rows in the order of a column, without regard to case. */
  sorted(staging: number, by: ImportField | 'status', direction: 'ascending' | 'descending'): Uint32Array;
  /** Rows with the text in any cell, without regard to case. */
  containing(staging: number, text: string): Uint32Array;
  /** Domains of the addresses, the most frequent first. */
  domains(staging: number): readonly { readonly domain: string; readonly count: number }[];
  marks(staging: number, afterRow: number, limit: number): readonly RowMark[];
  /** Removes up to `limit` rows of a staging, and the staging itself with the last of them. True while some are left. */
  dropSlice(tx: Tx<'journal'>, staging: number, limit: number): boolean;
  /** Stagings that no import names; one that is being filled is named only at the end. */
  leftOver(): readonly { readonly staging: number; readonly importId: string }[];
};

/** Rows of one statement: what a call costs is shared by them. */
const PLAIN_ROWS = 50;

const COLUMN_OF: Readonly<Record<ImportField, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  name: 'name',
  email: 'email',
  role: 'role',
  mobile: 'mobile',
  extension: 'extension',
};

export function createImportRowRepository({ sql }: Store<'journal'>): ImportRowRepository {
  const stage = sql.prepare('INSERT INTO import_stagings (import_id) VALUES (?)');
  const unstage = sql.prepare('DELETE FROM import_stagings WHERE id = ?');
  const write = `import_rows (staging, row_id, source_row, first_name, last_name, name, email, role, mobile, extension, email_key, notes, issues,
    is_duplicate, severity, is_changed, action, existing, target, planned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const insert = sql.prepare(`INSERT INTO ${write}`);
  const insertPlain = sql.prepare(plainInsert(PLAIN_ROWS));
  const put = sql.prepare(`INSERT OR REPLACE INTO ${write}`);
  const remove = sql.prepare('DELETE FROM import_rows WHERE staging = ? AND row_id = ?');
  const one = sql.prepare<[number, number], StoredRow>(
    `SELECT ${ROW_COLUMNS} FROM import_rows WHERE staging = ? AND row_id = ?`,
  );
  type StoredLink = { rowId: number; sourceRow: number | null; isDuplicate: number };
  const same = sql.prepare<[number, string, number], StoredLink>(/* sql */ `
    SELECT row_id AS rowId, source_row AS sourceRow, is_duplicate AS isDuplicate
    -- Left to itself SQLite walks the primary key for the order and reads 100,000 rows for two.
    FROM import_rows INDEXED BY import_rows_email
    WHERE staging = ? AND email_key = ? AND email_key <> '' ORDER BY row_id LIMIT ?`);
  type StoredMark = { rowId: number; severity: SeverityCode; isChanged: number; action: number; isDuplicate: number };
  const marks = sql.prepare<[number, number, number], StoredMark>(/* sql */ `
    SELECT row_id AS rowId, severity, is_changed AS isChanged, action, is_duplicate AS isDuplicate
    FROM import_rows INDEXED BY import_rows_order
    WHERE staging = ? AND row_id > ? ORDER BY row_id LIMIT ?`);
  const sortedBy = new Map(
    Object.entries({ ...COLUMN_OF, status: 'severity' }).flatMap(([by, column]) =>
      (['ascending', 'descending'] as const).map((direction) => [
        `${by} ${direction}`,
        sql
          .prepare<[number], number>(
            `SELECT row_id FROM import_rows WHERE staging = ?
             ORDER BY ${column} ${by === 'status' ? '' : 'COLLATE NOCASE'} ${direction === 'ascending' ? 'ASC' : 'DESC'}, row_id`,
          )
          .pluck(),
      ]),
    ),
  );
  const containing = sql
    .prepare<[number, string], number>(
      `SELECT row_id FROM import_rows WHERE staging = ?
       AND ${Object.values(COLUMN_OF).join(' || char(10) || ')} LIKE ? ESCAPE '\\' ORDER BY row_id`,
    )
    .pluck();
  const domains = sql.prepare<[number], { domain: string; count: number }>(/* sql */ `
    SELECT substr(email_key, instr(email_key, '@') + 1) AS domain, count(*) AS count
    FROM import_rows WHERE staging = ? AND email_key <> '' GROUP BY 1 ORDER BY 2 DESC, 1`);
  const slice = (table: 'import_rows' | 'import_edits') =>
    sql.prepare<[number, number, number]>(
      `DELETE FROM ${table} WHERE staging = ? AND row_id IN (SELECT row_id FROM ${table} WHERE staging = ? LIMIT ?)`,
    );
  const dropRows = slice('import_rows');
  const dropEdits = slice('import_edits');
  const dropSteps = sql.prepare('DELETE FROM import_steps WHERE staging = ?');
  const leftOver = sql.prepare<[], { staging: number; importId: string }>(/* sql */ `
    SELECT s.id AS staging, s.import_id AS importId FROM import_stagings s
    WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = s.import_id AND i.staging = s.id)`);
  const get = (staging: number, rowId: number): PreviewRow | null => {
    const row = one.get(staging, rowId);
    return row ? toPreviewRow(row) : null;
  };

  return {
    newStaging: (_tx, importId) => Number(stage.run(importId).lastInsertRowid),
    insert(_tx, staging, rows) {
      const plain: PreviewRow[] = [];
      for (const row of rows) {
        if (isPlainRow(row)) plain.push(row);
        else insert.run(staging, ...rowParameters(row));
      }
      const whole = plain.length - (plain.length % PLAIN_ROWS);
      for (let at = 0; at < whole; at += PLAIN_ROWS)
        insertPlain.run(staging, ...plain.slice(at, at + PLAIN_ROWS).flatMap(plainParameters));
      for (const row of plain.slice(whole)) insert.run(staging, ...rowParameters(row));
    },
    put: (_tx, staging, row) => void put.run(staging, ...rowParameters(row)),
    remove: (_tx, staging, rowId) => void remove.run(staging, rowId),
    get,
    many: (staging, rowIds) => [...rowIds].flatMap((rowId) => get(staging, rowId) ?? []),
    withAddress: (staging, emailKey, limit) =>
      same.all(staging, emailKey, limit).map((row) => ({ ...row, isDuplicate: row.isDuplicate === 1 })),
    sorted: (staging, by, direction) => Uint32Array.from(sortedBy.get(`${by} ${direction}`)?.all(staging) ?? []),
    containing: (staging, text) =>
      Uint32Array.from(containing.all(staging, `%${text.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`)),
    domains: (staging) => domains.all(staging),
    marks: (staging, afterRow, limit) =>
      marks.all(staging, afterRow, limit).map((row) => ({
        ...row,
        isChanged: row.isChanged === 1,
        action: ROW_ACTIONS[row.action] ?? 'refused',
        isDuplicate: row.isDuplicate === 1,
      })),
    dropSlice(_tx, staging, limit) {
      if (dropRows.run(staging, staging, limit).changes > 0 || dropEdits.run(staging, staging, limit).changes > 0)
        return true;
      dropSteps.run(staging);
      unstage.run(staging);
      return false;
    },
    leftOver: () => leftOver.all(),
  };
}
