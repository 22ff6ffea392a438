import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { AppClient } from '../../shared/contract/contract.ts';
import { useEngine } from './engine-provider.tsx';
import type { InputFor, OutputFor, QueryName } from './operation-types.ts';

type Call = (input: unknown, signal?: AbortSignal) => Promise<unknown>;

/** The cache entry of one question: keyed by area, operation and input, cancelled when no screen waits for it. */
export function engineQuery<N extends QueryName>(client: AppClient, name: N, input: InputFor<N>) {
  const [area = '', local = ''] = name.split('.', 2);
  return queryOptions<OutputFor<N>>({
    queryKey: [area, local, input],
    queryFn: async ({ signal }) => (await callOf(client, area, local)(input, signal)) as OutputFor<N>,
  });
}

/** Reads from the engine: `useEngineQuery('users.page', { accountId })`. */
export function useEngineQuery<N extends QueryName>(
  name: N,
  input: InputFor<N>,
  options: { readonly enabled?: boolean; readonly keepPrevious?: boolean } = {},
): UseQueryResult<OutputFor<N>> {
  const { client } = useEngine();
  const keepPrevious = options.keepPrevious === true;
  return useQuery({
    ...engineQuery(client, name, input),
    enabled: options.enabled ?? true,
    ...(keepPrevious ? { placeholderData: (previous: OutputFor<N> | undefined) => previous as never } : {}),
  });
}

export function callOf(client: AppClient, area: string, local: string): Call {
  const operations = client as unknown as Readonly<Record<string, Readonly<Record<string, Call>>>>;
  const call = operations[area]?.[local];
  if (!call) throw new Error(`No operation ${area}.${local}`);
  return call;
}
