import { columnAt, rowAt } from '../reading/cell-place.ts';
import type { XmlPlace } from '../reading/xml-scanner.ts';
import type { XmlTag } from '../reading/xml-tag.ts';
import type { ByteEdits } from './byte-edits.ts';
import { prefixOf } from './column-widths.ts';
import { inlineCell } from './inline-cell.ts';

export type NewCells = {
  /** The first of the new columns, counted from 0. */
  readonly column: number;
  /** 0: the sheet has no headings. */
  readonly headerRow: number;
  /** The texts of the new columns; null: the row stays as it is. '' adds no cell. */
  readonly textsOf: (row: number) => readonly string[] | null;
  readonly onRow: (row: number) => void;
};

/** Adds cells to the rows of one sheet while its tags pass. The order of cells is kept, as Excel refuses any other. */
export type RowCells = {
  openRow(tag: XmlTag, place: XmlPlace): void;
  openCell(tag: XmlTag, place: XmlPlace): void;
  closeCell(place: XmlPlace): void;
  isInCell(): boolean;
  /** No cell comes any more: the row ends, or something else follows in it. */
  endCells(place: XmlPlace): void;
  /** From here on bytes may still be replaced; null: from nowhere. */
  heldFrom(): number | null;
};

type Cell = { readonly column: number; readonly text: string };
type Replaced = { readonly start: number; readonly style: string | null };

export function rowCells(edits: ByteEdits, { column: firstColumn, headerRow, textsOf, onRow }: NewCells): RowCells {
  const done = new Set<number>();
  let rowNumber = 0;
  let column = -1;
  let prefix = '';
  /** Cells of the row at hand that are still to be written; null: it gets none. */
  let cells: Cell[] | null = null;
  let replaced: Replaced | null = null;
  let isInCell = false;
  let headingStyle: string | null = null;

  function cellXml({ column, text }: Cell, style: string | null): string {
    const format = style ?? (rowNumber === headerRow ? headingStyle : null);
    return inlineCell({ prefix, row: rowNumber, column, style: format, text });
  }

  function cellsBefore(limit: number): string {
    const ready = cells?.filter((cell) => cell.column < limit) ?? [];
    cells?.splice(0, ready.length);
    return ready.map((cell) => cellXml(cell, null)).join('');
  }

  return {
    openRow(tag, { start, end, isEmpty }) {
      rowNumber = rowAt(tag, rowNumber);
      column = -1;
      const texts = done.has(rowNumber) ? null : textsOf(rowNumber);
      cells = texts && texts.flatMap((text, index) => (text === '' ? [] : { column: firstColumn + index, text }));
      if (!cells) return;
      done.add(rowNumber);
      onRow(rowNumber);
      const raw = edits.text(start, end);
      prefix = prefixOf(raw);
      // Says which columns have cells. It need not be there, but must not be wrong.
      const spans = /\sspans\s*=\s*(?:"[^"]*"|'[^']*')/u.exec(raw);
      if (spans) edits.replace(start + spans.index, start + spans.index + spans[0].length, '');
      if (isEmpty) edits.replace(end - 2, end, `>${cellsBefore(Infinity)}</${prefix}row>`);
    },
    openCell(tag, { start }) {
      isInCell = true;
      if (!cells) return;
      column = columnAt(tag, column);
      const style = tag.attribute('s');
      if (rowNumber === headerRow && column < firstColumn) headingStyle = style;
      const missing = cellsBefore(column);
      if (missing !== '') edits.replace(start, start, missing);
      if (cells[0]?.column === column) replaced = { start, style };
    },
    /** An empty cell in a new column gives up its place, and its format goes on. */
    closeCell({ end }) {
      isInCell = false;
      const cell = replaced && cells?.shift();
      if (replaced && cell) edits.replace(replaced.start, end, cellXml(cell, replaced.style));
      replaced = null;
    },
    endCells({ start }) {
      const rest = cellsBefore(Infinity);
      if (rest !== '') edits.replace(start, start, rest);
      cells = null;
    },
    isInCell: () => isInCell,
    heldFrom: () => replaced?.start ?? null,
  };
}
