import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { editedRow } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';
import { BLANK_ROW, editRows } from './edit-draft.ts';

/** The same text into the cells of many rows (IMP-4). One undo step; resolves how many rows changed. */
export function fillRows(
  context: DraftContext,
  draft: DraftOf,
  fill: {
    readonly rowIds: Uint32Array;
    readonly fields: readonly ImportField[];
    readonly value: string;
    /** Every row of the preview is filled, so it is said of the list and not of some people in it. */
    readonly isEverybody: boolean;
  },
): Promise<number> {
  const { rowIds, fields, value, isEverybody } = fill;
  const role = isEverybody && fields.length === 1 && fields[0] === 'role' ? value.trim() : '';
  return editRows(context, draft, {
    ...{ rowIds, next: (row) => withCells(row, fields, () => value) },
    fixes: role === '' || role.length > 100 ? [] : [{ kind: 'default-role', role }],
  });
}

/** A block of cells from a spreadsheet over rows that are there, and then as new rows. One undo step. */
export async function pasteRows(
  context: DraftContext,
  draft: DraftOf,
  paste: {
    readonly rowIds: Uint32Array;
    readonly fields: readonly ImportField[];
    readonly lines: readonly (readonly string[])[];
  },
): Promise<{ readonly changedCount: number; readonly addedCount: number }> {
  const { rowIds, fields, lines } = paste;
  const placeOf = new Map([...rowIds.subarray(0, lines.length)].map((rowId, index) => [rowId, index]));
  const put = (row: RowState, cells: readonly string[]): RowState =>
    withCells(row, fields.slice(0, cells.length), (index) => cells[index] ?? '');
  const added = lines.slice(rowIds.length).map((cells) => put(BLANK_ROW, cells));
  const changedCount = await editRows(context, draft, {
    rowIds: Uint32Array.from(placeOf.keys()),
    next: (row, rowId) => put(row, lines[placeOf.get(rowId) ?? -1] ?? []),
    added,
  });
  return { changedCount: changedCount - added.length, addedCount: added.length };
}

/** The rows as lines of tab-separated cells, quoted as spreadsheets do. */
export function clipboardText(rows: readonly RowState[], fields: readonly ImportField[]): string {
  const cell = (text: string): string => (/["\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const shown = IMPORT_FIELDS.filter((field) => fields.includes(field));
  return rows.map(({ values }) => shown.map((field) => cell(values[field])).join('\t')).join('\n');
}

function withCells(row: RowState, fields: readonly ImportField[], textOf: (index: number) => string): RowState {
  let result = row;
  for (const [index, field] of fields.entries()) result = editedRow(result, field, textOf(index));
  return result;
}
