import { useCallback, useMemo } from 'react';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from './engine-query.ts';
import { useCommand, type CommandState } from './use-command.ts';

export type Pins = {
  readonly isPinned: (id: AccountId) => boolean;
  /** Resolves with what it is now; null when nothing was changed. */
  readonly toggle: (id: AccountId) => Promise<'pinned' | 'unpinned' | null>;
  readonly tried: Pick<CommandState<'offline.pin'>, 'outcome' | 'fault'>;
};

/** OFF-1. The accounts whose users are kept complete on this laptop. */
export function usePins(): Pins {
  const { data } = useEngineQuery('offline.state', {}, { keepPrevious: true });
  const { run, outcome, fault } = useCommand('offline.pin');
  const ids = useMemo(() => new Set((data?.pinned ?? []).map(({ accountId }) => accountId)), [data]);
  const isPinned = useCallback((id: AccountId) => ids.has(id), [ids]);
  const toggle = useCallback(
    async (id: AccountId) => {
      const pinned = !ids.has(id);
      const done = await run({ accountIds: [id], pinned });
      return done?.ok ? (pinned ? ('pinned' as const) : ('unpinned' as const)) : null;
    },
    [ids, run],
  );
  return { isPinned, toggle, tried: { outcome, fault } };
}
