import type { ReadRefusal } from './read-problem.ts';
import type { ReadChoice, ReadRow, ReadShape } from './read-rows.ts';
import type { ReadSource } from './read-spreadsheet.ts';

/** To the reader: perhaps that one will be asked for soon, then one file or text, then one `more` for every batch that was taken. */
export type ReaderRequest =
  | { readonly type: 'prepare' }
  | {
      readonly type: 'read';
      readonly path: string;
      /** What was pasted instead of a file. */
      readonly content: Uint8Array | null;
      readonly choice: ReadChoice;
    }
  /** `columns`: from now on only these are wanted; the others arrive as ''. */
  | { readonly type: 'more'; readonly columns: readonly number[] | null };

/** From the reader: the shape once, batches of rows, and one of `done` and `refused` at the end. */
export type ReaderReply =
  | { readonly type: 'shape'; readonly shape: ReadShape }
  | { readonly type: 'rows'; readonly rows: RowBatch }
  | { readonly type: 'done'; readonly source: ReadSource }
  | { readonly type: 'refused'; readonly refusal: ReadRefusal };

/** All texts of the rows as one, and where each ends: a few flat lists travel in a third of the time of thousands of texts. */
export type RowBatch = {
  readonly numbers: Uint32Array;
  /** Cells of each row. */
  readonly widths: Uint16Array;
  /** Of each cell, one row after the other. */
  readonly ends: Uint32Array;
  readonly text: string;
  /** Only for rows that have marks: position in the batch, marks. */
  readonly marks: readonly (readonly [row: number, marks: NonNullable<ReadRow['marks']>])[];
};

export const BATCH_ROWS = 1000;
/** Batches under way: one is read while one is stored. */
export const BATCHES_AHEAD = 2;

export function packRows(rows: readonly ReadRow[], columns: ReadonlySet<number> | null): RowBatch {
  const numbers = new Uint32Array(rows.length);
  const widths = new Uint16Array(rows.length);
  const ends = new Uint32Array(rows.reduce((count, { cells }) => count + cells.length, 0));
  let text = '';
  let at = 0;
  for (const [index, { number, cells }] of rows.entries()) {
    numbers[index] = number;
    widths[index] = cells.length;
    for (const [column, cell] of cells.entries()) {
      if (columns === null || columns.has(column)) text += cell;
      ends[at++] = text.length;
    }
  }
  const marks = rows.flatMap((row, index) => (row.marks === null ? [] : [[index, row.marks] as const]));
  return { numbers, widths, ends, text, marks };
}

export function unpackRows({ numbers, widths, ends, text, marks }: RowBatch): readonly ReadRow[] {
  const marksOf = new Map(marks);
  const rows: ReadRow[] = [];
  let at = 0;
  let start = 0;
  for (const [index, number] of numbers.entries()) {
    const cells: string[] = [];
    for (let column = 0; column < (widths[index] ?? 0); column += 1) {
      const end = ends[at++] ?? start;
      cells.push(end === start ? '' : text.slice(start, end));
      start = end;
    }
    rows.push({ number, cells, marks: marksOf.get(index) ?? null });
  }
  return rows;
}
