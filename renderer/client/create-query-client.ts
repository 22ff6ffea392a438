import { QueryClient } from '@tanstack/react-query';

/** The cache of the engine's answers. An answer is good until the engine says that its area changed. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        // Pages that no screen shows are dropped soon, so that scrolling through 100,000 rows keeps a few pages only.
        gcTime: 30_000,
        retry: false,
        // The engine is on this computer: what the browser believes about the network does not matter.
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
