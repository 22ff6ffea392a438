import { IMPORT_FIELDS, IMPORT_ISSUES } from '../../../shared/model/import-row.ts';
import type { ImportField, ImportIssue, ImportValues } from '../../../shared/model/import-row.ts';
import type { ImportColumn } from '../database/import-repository.ts';
import { cleanCell, isCleanCell } from '../domain/import-cleaning.ts';
import { numberFacts } from '../domain/import-numbers.ts';
import type { NumberFacts } from '../domain/import-numbers.ts';
import { EMPTY_VALUES } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { columnOf } from './column-plan.ts';
import type { CellMark, ReadRow } from './reading/read-rows.ts';

/** The fields with digits: what is lost in one of their cells is seen by the others of the column. */
const NUMBER_FIELDS: ReadonlySet<ImportField> = new Set(['mobile', 'smsNumber', 'extension']);

/**
 * Makes rows of the file rows of the preview: the mapped cells, cleaned, with a note for everything that was done.
 * `first` are the first rows of people, by which the lengths of numbers are known.
 */
export function createRowMaker(
  columns: readonly ImportColumn[],
  first: readonly ReadRow[],
): (row: ReadRow) => RowState {
  const places = IMPORT_FIELDS.flatMap((field): [ImportField, number, NumberFacts | null][] => {
    const column = columnOf(columns, field);
    if (column === null) return [];
    const isNumber = NUMBER_FIELDS.has(field);
    return [[field, column, isNumber ? numberFacts(first.map(({ cells }) => cells[column] ?? '')) : null]];
  });
  return ({ number, cells, marks }) => {
    const values: Record<ImportField, string> = { ...EMPTY_VALUES };
    const notes: ImportIssue[] = [];
    for (const [field, column, facts] of places) {
      const raw = cells[column] ?? '';
      if (marks === null && isCleanCell(field, raw, facts)) {
        values[field] = raw;
        continue;
      }
      const cleaned = cleanCell(field, raw, facts);
      values[field] = cleaned.text;
      if (cleaned.notes.length > 0) notes.push(...cleaned.notes);
      const mark = marks?.find(([marked]) => marked === column)?.[1];
      const note = mark && noteOf(mark, field, values[field]);
      // What was found in the text says more than that it was a number.
      if (note && !cleaned.notes.some(({ code }) => IMPORT_ISSUES[code] !== 'info')) notes.push(note);
    }
    return { sourceRow: number, values: values satisfies ImportValues, notes, isChanged: false, existing: null };
  };
}

function noteOf(mark: CellMark, field: ImportField, text: string): ImportIssue {
  const detail = text.slice(0, 400);
  switch (mark) {
    case 'number':
      return { code: 'number-as-text', field, detail };
    case 'date':
      return { code: NUMBER_FIELDS.has(field) ? 'date-read' : 'number-as-text', field, detail };
    case 'error':
      return { code: 'cell-error', field, detail };
    case 'uncalculated':
      return { code: 'cell-error', field, detail: 'formula' };
  }
}
