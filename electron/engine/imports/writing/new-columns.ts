/** What became of one row, in words. */
export type RowOutcome = { readonly status: string; readonly reason: string };

export const NEW_HEADINGS: readonly string[] = ['STATUS', 'REASON'];

/** What a copy of a sheet gets. Rows are numbered as the reader numbers them. */
export type NewColumns = {
  /** 0: the sheet has no headings. */
  readonly headerRow: number;
  readonly outcomeOf: (row: number) => RowOutcome | null;
  /** Awaited between slices, so that queries pass. */
  readonly turn: () => Promise<void>;
};
