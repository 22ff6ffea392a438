/** What one file may cost (PERF.md 2e). A file that needs more is refused with the limit in the sentence. */
export type ReadLimits = {
  readonly fileBytes: number;
  /** Unpacked bytes of all parts together. */
  readonly unpackedBytes: number;
  /** Unpacked ÷ packed, looked at once more than the first megabyte is unpacked. */
  readonly unpackRatio: number;
  /** Rows of people; the rows above the headings come on top. */
  readonly rows: number;
  readonly columns: number;
  /** Characters in one cell: Excel's own limit. */
  readonly cellCharacters: number;
  readonly sharedTextBytes: number;
  readonly sharedTextCount: number;
  readonly wallClockMs: number;
};

export const READ_LIMITS: ReadLimits = {
  fileBytes: 64 * 1024 * 1024,
  unpackedBytes: 512 * 1024 * 1024,
  unpackRatio: 200,
  rows: 100_000,
  columns: 256,
  cellCharacters: 32_767,
  sharedTextBytes: 96 * 1024 * 1024,
  sharedTextCount: 4_000_000,
  wallClockMs: 60_000,
};

/** Rows above the data that may hold a title, notes and the headings. */
export const HEADING_ROWS = 20;
