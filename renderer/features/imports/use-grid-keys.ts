import type { KeyboardEvent } from 'react';
import type { ImportField, ImportRow } from '../../../shared/model/import-row.ts';
import { isChosen } from '../../../shared/model/user-choices.ts';
import { cellAfter, type Cell, type gridColumns } from './grid-cells.ts';
import type { GridActions } from './preview-grid.tsx';
import type { GridCursor } from './use-grid-cursor.ts';

type Options = {
  readonly cursor: GridCursor;
  readonly row: ImportRow | undefined;
  readonly field: ImportField | null;
  readonly rowCount: number;
  readonly columns: ReturnType<typeof gridColumns>;
  /** What was typed while a row is being looked for; null: none is. */
  readonly typedAhead: string | null;
  readonly actions: GridActions;
  readonly pageRows: () => number;
  readonly moveTo: (cell: Cell, isExtending: boolean) => void;
  readonly onEdit: (text: string) => void;
  readonly onTypeAhead: (text: string) => void;
};

/** The keys of the grid, those of every spreadsheet. */
export function useGridKeys(options: Options): (event: KeyboardEvent) => void {
  const { cursor, row, field, rowCount, columns, typedAhead, actions, pageRows, moveTo, onEdit, onTypeAhead } = options;
  const { cell, range, isRange } = cursor;

  const onRangeKey = (key: string, isCtrl: boolean): boolean => {
    if (isCtrl && key === 'a') cursor.select({ row: 0, column: 1 }, { row: rowCount - 1, column: columns.length - 2 });
    else if (isCtrl && key === 'd') actions.fillDown(range);
    else if (isCtrl && (key === '-' || key === 'Delete')) actions.removeRows(range);
    else if (key === 'Escape' && isRange) moveTo(cell, false);
    else if (!isCtrl && (key === 'Delete' || key === 'Backspace') && isRange) actions.clear(range);
    else return false;
    return true;
  };

  const onCellKey = ({ key, altKey }: KeyboardEvent, isCtrl: boolean): boolean => {
    if (!row) return false;
    if (columns[cell.column] === 'action' && ['Enter', ' ', 'Delete'].includes(key)) actions.remove(row);
    else if (!field) return false;
    else if (key === 'F2' || key === 'Enter') onEdit(row.values[field]);
    else if ((key === 'Delete' || key === 'Backspace') && !isCtrl) actions.edit(row, field, '');
    else if (key.length === 1 && !isCtrl && !altKey) onEdit(isChosen(field) ? row.values[field] : key);
    else return false;
    return true;
  };

  return (event) => {
    // A heading or a button inside has keys of its own.
    if (event.target !== event.currentTarget) return;
    const isCtrl = event.ctrlKey || event.metaKey;
    const { key, altKey, shiftKey } = event;
    if (typedAhead !== null && key.length === 1 && !isCtrl && !altKey) {
      onTypeAhead(typedAhead + key);
      event.preventDefault();
      return;
    }
    const step = { key, isCtrl, rowCount, columnCount: columns.length, pageRows: pageRows() };
    const target = altKey ? null : cellAfter(cell, step);
    if (target) moveTo(target, shiftKey);
    else if (!onRangeKey(key, isCtrl) && !onCellKey(event, isCtrl)) return;
    event.preventDefault();
  };
}
