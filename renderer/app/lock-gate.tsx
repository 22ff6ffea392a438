import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { useEngineQuery } from '../client/engine-query.ts';
import { useEngine } from '../client/engine-provider.tsx';
import { useCommand } from '../client/use-command.ts';
import { useNotices } from '../state/notices.ts';
import { refusalSentence } from '../text/refusals.ts';

const LockScreen = lazy(async () => ({ default: (await import('../features/lock/lock-screen.tsx')).LockScreen }));

/** One word to the engine for many keystrokes. */
const ACTIVITY_MS = 15_000;

/** SES-5: behind the lock no screen is there at all, and the page forgets every answer it has had. */
export function LockGate({ children }: { readonly children: ReactNode }) {
  const { data, isError } = useEngineQuery('session.lockState', {});
  useLockShortcut();
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

/** The engine says whether there is a PIN: what the page knows of it may be a moment old. */
function useLockShortcut(): void {
  const { run } = useCommand('session.lock');
  const noticed = useNotices((notices) => notices.noticed);
  useEffect(() => {
    const onKey = async (event: KeyboardEvent): Promise<void> => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.code !== 'KeyL') return;
      event.preventDefault();
      const outcome = await run({});
      if (outcome?.ok === false) noticed(refusalSentence(outcome.refusal), 'info');
    };
    const listener = (event: KeyboardEvent): void => void onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [run, noticed]);
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
