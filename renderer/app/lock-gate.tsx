import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { useEngineQuery } from '../client/engine-query.ts';
import { useEngine } from '../client/engine-provider.tsx';
import { useNotices } from '../state/notices.ts';
import { refusals } from '../text/refusals.ts';

const LockScreen = lazy(async () => ({ default: (await import('../features/lock/lock-screen.tsx')).LockScreen }));

/** One word to the engine for many keystrokes. */
const ACTIVITY_MS = 15_000;

/** SES-5: behind the lock no screen is there at all, and the page forgets every answer it has had. */
export function LockGate({ children }: { readonly children: ReactNode }) {
  const { data, isError } = useEngineQuery('session.lockState', {});
  useLockShortcut(data?.hasPin ?? false);
  useActivity(data !== undefined && data.hasPin && !data.isLocked && data.autoLockMinutes > 0);
  if (data?.isLocked)
    return (
      <Suspense>
        <Forget />
        <LockScreen />
      </Suspense>
    );
  // Without an answer yet nothing is shown; with a fault the screens say what broke, and a locked engine tells them nothing.
  return data === undefined && !isError ? null : children;
}

function Forget() {
  const queryClient = useQueryClient();
  const dismissed = useNotices((notices) => notices.dismissed);
  useEffect(() => {
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'lockState' });
    queryClient.getMutationCache().clear();
    dismissed();
  }, [queryClient, dismissed]);
  return null;
}

function useLockShortcut(hasPin: boolean): void {
  const { client } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.code !== 'KeyL') return;
      event.preventDefault();
      if (hasPin) void client.session.lock({}).catch(() => undefined);
      else noticed(refusals['lock.no-pin'](), 'info');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [client, hasPin, noticed]);
}

function useActivity(isWatched: boolean): void {
  const { client } = useEngine();
  useEffect(() => {
    if (!isWatched) return undefined;
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = (): void => {
      if (performance.now() - toldAt < ACTIVITY_MS) return;
      toldAt = performance.now();
      void client.session.noteActivity({}).catch(() => undefined);
    };
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, tell, { passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, tell);
    };
  }, [client, isWatched]);
}
