import { columnAt, columnNamed, rowAt } from '../reading/cell-place.ts';
import type { XmlEvents } from '../reading/xml-scanner.ts';

export type SheetWidth = {
  readonly events: XmlEvents;
  /** The last column with anything in it, counted from 0; -1: none. */
  lastColumn(): number;
};

/** Cells that have only a format do not count: some programs write them to the end of the world. */
export function sheetWidth(firstRow: number): SheetWidth {
  let isInData = false;
  let row = 0;
  let column = -1;
  let last = -1;
  return {
    lastColumn: () => last,
    events: {
      open: (name, tag) => {
        if (name === 'mergeCell') last = Math.max(last, mergedColumn(tag.attribute('ref') ?? '', firstRow));
        else if (name === 'sheetData') isInData = true;
        else if (!isInData) return;
        else if (name === 'row') {
          row = rowAt(tag, row);
          column = -1;
        } else if (name === 'c') column = columnAt(tag, column);
        else if (name === 'v' || name === 'f' || name === 'is') last = Math.max(last, column);
      },
      close: (name) => {
        if (name === 'sheetData') isInData = false;
      },
      text: () => undefined,
    },
  };
}

/** A cell that is merged away is not seen. `C5:F5` → 5; a title above the first row that matters counts for nothing. */
function mergedColumn(ref: string, firstRow: number): number {
  const [, letters = '', row = ''] = /:\$?([A-Z]{1,3})\$?(\d+)$/u.exec(ref) ?? [];
  if (letters === '' || Number(row) < firstRow) return -1;
  return columnNamed(letters);
}
