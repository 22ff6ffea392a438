import { PORTAL_FIELDS, type ImportField, type ImportIssue, type ImportRow } from '../../../shared/model/import-row.ts';

/** STATUS, the five fields, ACTION. */
export const GRID_COLUMNS = ['status', ...PORTAL_FIELDS, 'action'] as const;
export type Cell = { readonly row: number; readonly column: number };

type Step = { readonly key: string; readonly isCtrl: boolean; readonly rowCount: number; readonly pageRows: number };

/** Where a key moves the focus; null for a key that does not move it. */
export function cellAfter(cell: Cell, { key, isCtrl, rowCount, pageRows }: Step): Cell | null {
  const lastRow = Math.max(0, rowCount - 1);
  const lastColumn = GRID_COLUMNS.length - 1;
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
export function fieldCellAfter(cell: Cell, isBack: boolean, rowCount: number): Cell {
  const first = 1;
  const last = PORTAL_FIELDS.length;
  const column = cell.column + (isBack ? -1 : 1);
  if (column > last) return { row: Math.min(rowCount - 1, cell.row + 1), column: first };
  if (column < first) return { row: Math.max(0, cell.row - 1), column: last };
  return { row: cell.row, column };
}

export function fieldOf(column: number): ImportField | null {
  const key = GRID_COLUMNS[column];
  return key === undefined || key === 'status' || key === 'action' ? null : key;
}

/** The first field that something is said about; the first field when there is none. */
export function firstIssueColumn(row: ImportRow): number {
  const column = GRID_COLUMNS.findIndex((_, index) => {
    const field = fieldOf(index);
    return field !== null && issuesOf(row, field).length > 0;
  });
  return column === -1 ? 1 : column;
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
