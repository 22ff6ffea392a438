import { useState } from 'react';
import { rangeOf, type Cell, type CellRange } from './grid-cells.ts';

export type GridCursor = {
  readonly cell: Cell;
  readonly range: CellRange;
  /** More than one cell. */
  readonly isRange: boolean;
  /** Somebody has gone somewhere. */
  readonly wasVisited: boolean;
  /** `isExtending` keeps the other corner of the range. */
  moveTo(next: Cell, isExtending?: boolean): void;
  select(anchor: Cell, focus: Cell): void;
};

/** The focused cell, and the range from where the selection began to it. */
export function useGridCursor(rowCount: number): GridCursor {
  const [place, setPlace] = useState<{ focus: Cell; anchor: Cell; wasVisited: boolean }>({
    focus: { row: 0, column: 1 },
    anchor: { row: 0, column: 1 },
    wasVisited: false,
  });
  const inGrid = ({ row, column }: Cell): Cell => ({ row: Math.min(row, Math.max(0, rowCount - 1)), column });
  const cell = inGrid(place.focus);
  const range = rangeOf(inGrid(place.anchor), cell);
  return {
    ...{ cell, range, wasVisited: place.wasVisited },
    isRange: range.firstRow !== range.lastRow || range.firstColumn !== range.lastColumn,
    moveTo: (next, isExtending = false) =>
      setPlace((before) => ({ focus: next, anchor: isExtending ? before.anchor : next, wasVisited: true })),
    select: (anchor, focus) => setPlace({ anchor, focus, wasVisited: true }),
  };
}
