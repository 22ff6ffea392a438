import { useEffect, useState } from 'react';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from './engine-query.ts';
import type { OutputFor } from './operation-types.ts';

export type SyncStatus = OutputFor<'sync.status'> & {
  /** The engine's clock, carried on by the page: ages stay right when the two differ. */
  readonly nowMs: number;
};

const TICK_MS = 15_000;

/** Connection, age and queue for the frame and the account on the screen; ages move on every 15 seconds. */
export function useSyncStatus(accountId: AccountId | null): SyncStatus | undefined {
  const { data, dataUpdatedAt } = useEngineQuery('sync.status', { accountId }, { keepPrevious: true });
  const [pageMs, setPageMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setPageMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!data) return undefined;
  return { ...data, nowMs: Date.parse(data.now) + Math.max(0, pageMs - dataUpdatedAt) };
}
