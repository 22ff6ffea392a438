/**
 * What was done to a cell, or is wrong with it; everything else about it is in its text. `number`: stored as a number.
 * `date`: a number that is shown as a day or a time. `error`: #N/A and the like. `uncalculated`: a formula without a stored result.
 */
export type CellMark = 'number' | 'date' | 'error' | 'uncalculated';

export type ReadRow = {
  /** Counted from 1, as the spreadsheet program shows it. */
  readonly number: number;
  /** Without empty cells at the end. */
  readonly cells: readonly string[];
  /** Columns, counted from 0, that have something to be said about; null for nearly all rows. */
  readonly marks: readonly (readonly [column: number, mark: CellMark])[] | null;
};

/** What was recognised in the file (IMP-2). `encoding` and `delimiter` are '' for a workbook. */
export type ReadShape = {
  readonly format: 'xlsx' | 'csv';
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly encoding: string;
  readonly delimiter: string;
};

/** How the person wants the file read; absent: as recognised. */
export type ReadChoice = {
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
};

/** Where the rows go. `row` is synchronous and cheap; `pause` is awaited between chunks so that the reader never runs ahead. */
export type RowSink = {
  shape(shape: ReadShape): void;
  row(row: ReadRow): void;
  pause(): Promise<void>;
  /** Columns that are not wanted may come as '', which is a third of the work; all are wanted when this is absent. */
  readonly isWanted?: (column: number) => boolean;
};
