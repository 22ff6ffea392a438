import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callOf } from './engine-query.ts';
import { useEngine } from './engine-provider.tsx';
import type { InputFor, OutputFor } from './operation-types.ts';

const PAGE_SIZE = 50;

type FeedName = 'history.list' | 'history.versions';
type RowOf = {
  'history.list': OutputFor<'history.list'>['entries'][number];
  'history.versions': OutputFor<'history.versions'>['versions'][number];
};

export type EngineFeed<N extends FeedName> = {
  /** Null until the first answer. Newest first. */
  readonly rows: readonly RowOf[N][] | null;
  readonly newest: OutputFor<N> | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** A list that only grows at its head, read page by page from the newest: each page begins where the one before ended. */
export function useEngineFeed<N extends FeedName>(
  name: N,
  input: Omit<InputFor<N>, 'before' | 'limit'>,
  rowsOf: (answer: OutputFor<N>) => readonly RowOf[N][],
): EngineFeed<N> {
  const { client } = useEngine();
  const [area = '', local = ''] = name.split('.', 2);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [area, local, 'feed', input],
    queryFn: async ({ pageParam, signal }) =>
      (await callOf(client, area, local)({ ...input, before: pageParam, limit: PAGE_SIZE }, signal)) as OutputFor<N>,
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.hasMore ? (rowsOf(last).at(-1)?.id ?? null) : null),
  });
  const rows = useMemo(() => data?.pages.flatMap((page) => [...rowsOf(page)]) ?? null, [data, rowsOf]);
  return {
    rows,
    newest: data?.pages[0] ?? null,
    hasMore: hasNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    error,
    retry: () => void refetch(),
  };
}
