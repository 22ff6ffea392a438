import type { ReadRefusal } from './read-problem.ts';
import type { ReadChoice, ReadRow, ReadShape } from './read-rows.ts';
import type { ReadSource } from './read-spreadsheet.ts';

/** To the reader: one file or text, then one `more` for every batch that was taken. */
export type ReaderRequest =
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

/** Rows by column of the message: three flat lists travel in a third of the time of a thousand objects. */
export type RowBatch = {
  readonly numbers: readonly number[];
  readonly cells: readonly (readonly string[])[];
  /** Only for rows that have marks: position in the batch, marks. */
  readonly marks: readonly (readonly [row: number, marks: NonNullable<ReadRow['marks']>])[];
};

export const BATCH_ROWS = 1000;
/** Batches under way: one is read while one is stored. */
export const BATCHES_AHEAD = 2;

export function packRows(rows: readonly ReadRow[], columns: ReadonlySet<number> | null): RowBatch {
  return {
    numbers: rows.map((row) => row.number),
    cells: rows.map((row) =>
      columns === null ? row.cells : row.cells.map((cell, column) => (columns.has(column) ? cell : '')),
    ),
    marks: rows.flatMap((row, index) => (row.marks === null ? [] : [[index, row.marks] as const])),
  };
}

export function unpackRows(batch: RowBatch): readonly ReadRow[] {
  const marks = new Map(batch.marks);
  return batch.numbers.map((number, index) => ({
    number,
    cells: batch.cells[index] ?? [],
    marks: marks.get(index) ?? null,
  }));
}
