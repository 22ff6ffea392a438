import { useEffect, useState } from 'react';
import { useEngineQuery } from './engine-query.ts';
import type { OutputFor } from './operation-types.ts';

export type LockState = OutputFor<'session.lockState'> & {
  /** Seconds until a PIN may be tried again; 0 when one may be tried now. */
  readonly waitSeconds: number;
};

/** The lock, and the wait after wrong PINs, which counts down by itself. */
export function useLockState(): LockState | undefined {
  const { data, dataUpdatedAt } = useEngineQuery('session.lockState', {});
  const [pageMs, setPageMs] = useState(() => Date.now());
  const retryAt = data?.retryAt ?? null;
  useEffect(() => {
    if (retryAt === null) return undefined;
    const timer = setInterval(() => setPageMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [retryAt]);
  if (!data) return undefined;
  const nowMs = Date.parse(data.now) + Math.max(0, pageMs - dataUpdatedAt);
  return { ...data, waitSeconds: retryAt === null ? 0 : Math.max(0, Math.ceil((Date.parse(retryAt) - nowMs) / 1000)) };
}
