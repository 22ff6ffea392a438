import {
  IMPORT_FIELDS,
  PORTAL_FIELDS,
  type ImportField,
  type ImportIssue,
  type ImportRow,
} from '../../../shared/model/import-row.ts';
import type { ImportHeader } from './import-header.ts';

/** The fields that the grid has columns for: the portal's five, and others that the file or a row has. */
export function gridFields(header: Pick<ImportHeader, 'columns'>): readonly ImportField[] {
  const mapped = new Set(header.columns.map(({ field }) => field));
  return IMPORT_FIELDS.filter((field) => isPortalField(field) || mapped.has(field));
}

function isPortalField(field: ImportField): boolean {
  return (PORTAL_FIELDS as readonly ImportField[]).includes(field);
}

/** STATUS, the fields, ACTION. */
export function gridColumns(fields: readonly ImportField[]): readonly ('status' | 'action' | ImportField)[] {
  return ['status', ...fields, 'action'];
}

/** `column` counts from STATUS. */
export type Cell = { readonly row: number; readonly column: number };
/** Both corners included. */
export type CellRange = {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
};

export function rangeOf(anchor: Cell, focus: Cell): CellRange {
  return {
    firstRow: Math.min(anchor.row, focus.row),
    lastRow: Math.max(anchor.row, focus.row),
    firstColumn: Math.min(anchor.column, focus.column),
    lastColumn: Math.max(anchor.column, focus.column),
  };
}

export function isInRange({ firstRow, lastRow, firstColumn, lastColumn }: CellRange, { row, column }: Cell): boolean {
  return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
}

/** The fields a range covers. */
export function fieldsIn(range: CellRange, fields: readonly ImportField[]): readonly ImportField[] {
  return fields.filter((_, index) => index + 1 >= range.firstColumn && index + 1 <= range.lastColumn);
}

type Step = {
  readonly key: string;
  readonly isCtrl: boolean;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly pageRows: number;
};

/** Where a key moves the focus; null for a key that does not move it. */
export function cellAfter(cell: Cell, { key, isCtrl, rowCount, columnCount, pageRows }: Step): Cell | null {
  const lastRow = Math.max(0, rowCount - 1);
  const lastColumn = columnCount - 1;
  const at = (row: number, column: number): Cell => ({
    row: Math.max(0, Math.min(lastRow, row)),
    column: Math.max(0, Math.min(lastColumn, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return at(isCtrl ? lastRow : cell.row + 1, cell.column);
    case 'ArrowUp':
      return at(isCtrl ? 0 : cell.row - 1, cell.column);
    case 'ArrowRight':
      return at(cell.row, isCtrl ? lastColumn : cell.column + 1);
    case 'ArrowLeft':
      return at(cell.row, isCtrl ? 0 : cell.column - 1);
    case 'PageDown':
      return at(cell.row + pageRows, cell.column);
    case 'PageUp':
      return at(cell.row - pageRows, cell.column);
    case 'Home':
      return at(isCtrl ? 0 : cell.row, 0);
    case 'End':
      return at(isCtrl ? lastRow : cell.row, lastColumn);
    default:
      return null;
  }
}

/** The next cell to type into: to the right, then the first field of the row below; and back. */
export function fieldCellAfter(cell: Cell, isBack: boolean, grid: { rowCount: number; fieldCount: number }): Cell {
  const first = 1;
  const { rowCount, fieldCount: last } = grid;
  const column = cell.column + (isBack ? -1 : 1);
  if (column > last) return { row: Math.min(rowCount - 1, cell.row + 1), column: first };
  if (column < first) return { row: Math.max(0, cell.row - 1), column: last };
  return { row: cell.row, column };
}

/** The first field that something is said about; the first field when there is none. */
export function firstIssueColumn(row: ImportRow, fields: readonly ImportField[]): number {
  const index = fields.findIndex((field) => issuesOf(row, field).length > 0);
  return index === -1 ? 1 : index + 1;
}

const weights = { error: 0, warning: 1, info: 2 } as const;

/** What is said about one cell; a missing name concerns the three name cells alike. */
export function issuesOf(row: ImportRow, field: ImportField): readonly ImportIssue[] {
  return row.issues.filter(
    (issue) => issue.field === field || (issue.code === 'name-missing' && issue.field === null && field === 'name'),
  );
}

export function worstFirst(
  issues: readonly ImportIssue[],
  severityOf: (issue: ImportIssue) => keyof typeof weights,
): readonly ImportIssue[] {
  return issues.toSorted((left, right) => weights[severityOf(left)] - weights[severityOf(right)]);
}
