import type { QueryClient } from '@tanstack/react-query';
import type { Area } from '../../shared/contract/contract.ts';
import type { EngineEvents, EngineStateSource } from './engine-link.ts';

/** During a sync the engine reports many times a second; a screen that asks again four times a second is live enough. */
const PAUSE_MS = 250;

/** Areas whose answers are made of others. Who is signed in is shown with the account's name, which comes with the accounts. */
const followers: Readonly<Partial<Record<Area, readonly Area[]>>> = {
  outbox: ['conflicts', 'history', 'offline', 'uploads'],
  users: ['conflicts', 'history', 'uploads'],
  jobs: ['uploads'],
  // What a recipe of an import would hold.
  imports: ['recipes'],
  // How many licenses are left depends on what an account has of them.
  accounts: ['users', 'session', 'conflicts', 'history', 'offline'],
  sync: ['offline'],
  session: ['offline'],
};

type Sources = {
  readonly queryClient: QueryClient;
  readonly events: EngineEvents;
  readonly engineState: EngineStateSource;
};

/** Asks again for what changed: at once for the first event, then at most every 250 ms. Returns the function that stops it. */
export function refreshOnChange({ queryClient, events, engineState }: Sources): () => void {
  const changed = new Set<Area>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const flush = (): void => {
    timer = null;
    if (changed.size === 0) return;
    const areas = new Set<unknown>([...changed].flatMap((area) => [area, ...(followers[area] ?? [])]));
    changed.clear();
    void queryClient.invalidateQueries({ predicate: (query) => areas.has(query.queryKey[0]) });
    timer = setTimeout(flush, PAUSE_MS);
  };
  const stopEvents = events.listen(({ areas }) => {
    for (const area of areas) changed.add(area);
    if (timer === null) flush();
  });

  let last = engineState.current();
  const stopState = engineState.listen(() => {
    const state = engineState.current();
    if (state === 'running' && last === 'lost') void queryClient.invalidateQueries();
    last = state;
  });

  return () => {
    stopEvents();
    stopState();
    if (timer !== null) clearTimeout(timer);
  };
}
