import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { engineQuery } from './engine-query.ts';
import { useEngine } from './engine-provider.tsx';
import type { InputFor, OutputFor, QueryName } from './operation-types.ts';
import { pagesAround, rowAt, type RowRange } from './page-plan.ts';

const PAGE_SIZE = 100;

/** Queries whose input has offset and limit and whose output has a total. */
type PagedName = {
  [N in QueryName]: InputFor<N> extends { offset?: number | undefined; limit?: number | undefined }
    ? OutputFor<N> extends { total: number }
      ? N
      : never
    : never;
}[QueryName];

type Settled<Answer, Row> = {
  readonly key: string;
  /** Changes when a page arrives or another set of pages is wanted. */
  readonly stamp: string;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
  readonly total: number;
  readonly answer: Answer;
};

export type EnginePages<Answer, Row> = {
  /** Null until the first answer. */
  readonly total: number | null;
  readonly answer: Answer | null;
  readonly rowAt: (index: number) => Row | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  /** The rows shown still answer the question before this one. */
  readonly isStale: boolean;
  readonly onRange: (range: RowRange) => void;
};

/** A sparse window on a long list: only the pages around the rows on the screen are asked for and kept. */
export function useEnginePages<N extends PagedName, Row>(options: {
  readonly name: N;
  readonly input: Omit<InputFor<N>, 'offset' | 'limit'>;
  readonly rowsOf: (answer: OutputFor<N>) => readonly Row[];
}): EnginePages<OutputFor<N>, Row> {
  const { client } = useEngine();
  const { name, input, rowsOf } = options;
  const key = JSON.stringify([name, input]);
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const [settled, setSettled] = useState<Settled<OutputFor<N>, Row> | null>(null);

  const wanted = pagesAround(range, PAGE_SIZE, settled?.key === key ? settled.total : null);
  const answers = useQueries({
    queries: wanted.map((page) =>
      engineQuery(client, name, { ...input, offset: page * PAGE_SIZE, limit: PAGE_SIZE } as InputFor<N>),
    ),
  });

  // Kept in state so that the rows of the last answer stay on the screen until the next one is there.
  const stamp = [key, ...wanted, ...answers.map((answer) => answer.dataUpdatedAt)].join();
  const latest = answers
    .filter((answer) => answer.data !== undefined)
    .toSorted((left, right) => right.dataUpdatedAt - left.dataUpdatedAt)[0]?.data;
  if (latest !== undefined && settled?.stamp !== stamp) {
    const pages = new Map<number, readonly Row[]>();
    for (const [position, page] of wanted.entries()) {
      const answer = answers[position]?.data;
      if (answer !== undefined) pages.set(page, rowsOf(answer));
    }
    setSettled({ key, stamp, pages, total: totalOf(latest), answer: latest });
  }

  const onRange = useCallback(
    (next: RowRange) => {
      setRange((before) => (isSamePages(before, next) ? before : next));
    },
    [setRange],
  );
  const pages = settled?.pages;
  return {
    total: settled?.total ?? null,
    answer: settled?.answer ?? null,
    rowAt: useCallback((index: number) => (pages ? rowAt(pages, PAGE_SIZE, index) : undefined), [pages]),
    error: answers.find((answer) => answer.error)?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.error) void answer.refetch();
    },
    isStale: settled !== null && settled.key !== key,
    onRange,
  };
}

// Scrolling within the pages that are there must not render the screen around the list.
function isSamePages(left: RowRange, right: RowRange): boolean {
  const pageOf = (index: number): number => Math.floor(index / PAGE_SIZE);
  return pageOf(left.first) === pageOf(right.first) && pageOf(left.last) === pageOf(right.last);
}

function totalOf(answer: unknown): number {
  return (answer as { readonly total: number }).total;
}
