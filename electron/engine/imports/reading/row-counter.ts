import { HEADING_ROWS, READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';
import type { ReadRow, RowSink } from './read-rows.ts';

/** Passes rows on up to the limit and goes on counting, so that the sentence can say how many the file has. */
export type RowCounter = {
  add(row: ReadRow): void;
  count(): number;
  /** Called when the reading ended well or not; a file with too many rows is refused for that and for nothing else. */
  check(): void;
};

export function createRowCounter(sink: RowSink): RowCounter {
  const limit = READ_LIMITS.rows + HEADING_ROWS;
  let count = 0;
  return {
    add: (row) => {
      count += 1;
      if (count <= limit) sink.row(row);
    },
    count: () => count,
    check: () => {
      if (count <= limit) return;
      throw new ReadProblem('import.too-many-rows', 'more rows than an import takes', {
        limit: READ_LIMITS.rows,
        count,
      });
    },
  };
}
