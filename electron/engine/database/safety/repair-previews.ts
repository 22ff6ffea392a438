import type Database from 'better-sqlite3';
import { actionOf } from '../../domain/import-row-state.ts';
import { unpackPreviewRow } from '../import-rows.ts';
import type { PreviewRow } from '../import-rows.ts';
import { foldRows } from '../migrations/journal-0008-packs.ts';
import { addressHash, emptyPack, keysAsBytes, linesOf, packText, slotOf } from '../row-pack.ts';
import type { Source } from './rescued-rows.ts';

/**
 * Packs of rows after a rescue: rows that cannot be read are left out, rows that are in the queue leave the preview (a row is in one of
 * the two), and what the imports say of their rows is counted again.
 */
export function repairPreviews(sql: Database.Database): void {
  const imports = sql
    .prepare<[], { id: string; staging: number }>('SELECT id, staging FROM imports WHERE staging IS NOT NULL')
    .all();
  for (const { id, staging } of imports) repairPreview(sql, id, staging);
  // What nobody reads any more, and undo steps that cannot be read: the next start would find them again.
  sql.exec(/* sql */ `
    DELETE FROM import_packs WHERE NOT json_valid(rows);
    DELETE FROM import_edit_packs WHERE NOT json_valid(edits);
  `);
}

/** Rows of a journal before version 8, where each was a row of its own. */
export function foldOldRows(sql: Database.Database, damaged: Source): void {
  const rows = damaged.get('import_rows') ?? [];
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const names = columns.map((column) => `"${column}"`).join(', ');
  sql.exec(`CREATE TABLE import_rows (${names})`);
  const insert = sql.prepare(`INSERT INTO import_rows (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  for (const row of rows) insert.run(...columns.map((column) => row[column]));
  foldRows(sql);
}

function repairPreview(sql: Database.Database, id: string, staging: number): void {
  const queued = new Set(
    sql
      .prepare<[string, string], number>(/* sql */ `
        SELECT row FROM import_items WHERE import_id = ? AND state <> 'refused'
        UNION ALL SELECT row FROM import_changes WHERE import_id = ?`)
      .pluck()
      .all(id, id),
  );
  const packs = sql
    .prepare<[number], { pack: number; rows: string }>('SELECT pack, rows FROM import_packs WHERE staging = ?')
    .all(staging);
  const save = sql.prepare('UPDATE import_packs SET keys = ?, rows = ? WHERE staging = ? AND pack = ?');
  const drop = sql.prepare('DELETE FROM import_packs WHERE staging = ? AND pack = ?');
  const counts = { rows: 0, errors: 0, warnings: 0, infos: 0, last: 0 };
  const actions = new Map<string, number>();
  for (const { pack, rows } of packs) {
    const content = emptyPack();
    for (const line of linesOf(rows)) {
      const row = readable(line);
      if (!row || queued.has(row.rowId)) continue;
      content.lines[slotOf(row.rowId)] = line;
      content.keys[slotOf(row.rowId)] = addressHash(row.emailKey);
      counts.rows += 1;
      if (row.severity === 3) counts.errors += 1;
      if (row.severity === 2) counts.warnings += 1;
      if (row.severity === 1) counts.infos += 1;
      counts.last = Math.max(counts.last, row.rowId);
      actions.set(actionOf(row), (actions.get(actionOf(row)) ?? 0) + 1);
    }
    const text = packText(content);
    if (text === '') drop.run(staging, pack);
    else save.run(keysAsBytes(content.keys), text, staging, pack);
  }
  const acting = ['create', 'change', 'unchanged', 'skip', 'conflict'].map((action) => actions.get(action) ?? 0);
  sql
    .prepare(/* sql */ `
      UPDATE imports SET row_count = ?, error_count = ?, warning_count = ?, info_count = ?,
        create_count = ?, change_count = ?, unchanged_count = ?, skip_count = ?, conflict_count = ?,
        next_row = max(next_row, ?,
          coalesce((SELECT max(q.row) + 1 FROM import_items q WHERE q.import_id = imports.id), 1),
          coalesce((SELECT max(c.row) + 1 FROM import_changes c WHERE c.import_id = imports.id), 1))
      WHERE id = ?`)
    .run(counts.rows, counts.errors, counts.warnings, counts.infos, ...acting, counts.last + 1, id);
}

function readable(line: string): PreviewRow | null {
  try {
    return unpackPreviewRow(line);
  } catch {
    return null;
  }
}
