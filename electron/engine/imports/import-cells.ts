import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportField, ImportIssue, ImportValues } from '../../../shared/model/import-row.ts';
import type { ImportColumn } from '../database/import-repository.ts';
import { cleanCell } from '../domain/import-cleaning.ts';
import { EMPTY_VALUES } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { columnOf } from './column-plan.ts';
import type { CellMark, ReadRow } from './reading/read-rows.ts';

/** Makes rows of the file rows of the preview: the mapped cells, cleaned, with a note for everything that was done. */
export function createRowMaker(columns: readonly ImportColumn[]): (row: ReadRow) => RowState {
  const places = IMPORT_FIELDS.flatMap((field): [ImportField, number][] => {
    const column = columnOf(columns, field);
    return column === null ? [] : [[field, column]];
  });
  return ({ number, cells, marks }) => {
    const values: Record<ImportField, string> = { ...EMPTY_VALUES };
    const notes: ImportIssue[] = [];
    for (const [field, column] of places) {
      const cleaned = cleanCell(field, cells[column] ?? '');
      values[field] = cleaned.text;
      if (cleaned.notes.length > 0) notes.push(...cleaned.notes);
      const mark = marks?.find(([marked]) => marked === column)?.[1];
      if (mark) notes.push(noteOf(mark, field, values[field]));
    }
    return { sourceRow: number, values: values satisfies ImportValues, notes, isChanged: false, existing: null };
  };
}

function noteOf(mark: CellMark, field: ImportField, text: string): ImportIssue {
  switch (mark) {
    case 'number':
      return { code: 'number-as-text', field, detail: text.slice(0, 400) };
    case 'error':
      return { code: 'cell-error', field, detail: text.slice(0, 400) };
    case 'uncalculated':
      return { code: 'cell-error', field, detail: 'formula' };
  }
}
