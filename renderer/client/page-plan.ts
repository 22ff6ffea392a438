export type RowRange = { readonly first: number; readonly last: number };

/** The pages that hold the rows in the range, and the page before and after them, in order. */
export function pagesAround(range: RowRange, pageSize: number, total: number | null): readonly number[] {
  const lastPage = total === null ? 0 : Math.max(0, Math.ceil(total / pageSize) - 1);
  const from = Math.min(lastPage, Math.max(0, Math.floor(range.first / pageSize) - 1));
  const to = Math.min(lastPage, Math.max(0, Math.floor(range.last / pageSize) + 1));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The row at a position, from whatever pages are there. */
export function rowAt<Row>(
  pages: ReadonlyMap<number, readonly Row[]>,
  pageSize: number,
  index: number,
): Row | undefined {
  return pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}
