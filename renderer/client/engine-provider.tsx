import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Bridge } from '../../shared/bridge/bridge.ts';
import type { AppClient } from '../../shared/contract/contract.ts';
import { must } from '../../shared/lib/must.ts';
import type { EngineEvents, EngineState, EngineStateSource } from './engine-link.ts';
import { refreshOnChange } from './refresh-on-change.ts';

export type EngineProps = {
  readonly client: AppClient;
  readonly events: EngineEvents;
  readonly engineState: EngineStateSource;
  readonly bridge: Bridge;
};

const EngineContext = createContext<EngineProps | null>(null);

/** Gives the screens below it the engine, and asks again for what an event or another engine made old. */
export function EngineProvider(
  props: EngineProps & { readonly queryClient: QueryClient; readonly children: ReactNode },
) {
  const { client, events, engineState, bridge, queryClient, children } = props;
  useEffect(() => refreshOnChange({ queryClient, events, engineState }), [queryClient, events, engineState]);
  const engine = useMemo(() => ({ client, events, engineState, bridge }), [client, events, engineState, bridge]);
  return (
    <QueryClientProvider client={queryClient}>
      <EngineContext value={engine}>{children}</EngineContext>
    </QueryClientProvider>
  );
}

export function useEngine(): EngineProps {
  return must(use(EngineContext), 'screens are rendered inside EngineProvider');
}

export function useEngineState(): EngineState {
  const { engineState } = useEngine();
  return useSyncExternalStore(engineState.listen, engineState.current);
}
