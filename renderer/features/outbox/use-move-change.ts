import { useCallback } from 'react';
import type { ChangeId } from '../../../shared/model/ids.ts';
import { useCommand } from '../../client/use-command.ts';
import { useRefresh } from '../../client/use-refresh.ts';
import { useNotices } from '../../state/notices.ts';
import { outboxText } from '../../text/outbox-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

export type MoveChange = (id: ChangeId, to: 'first' | 'up' | 'down' | 'last') => void;

/** Moves a change among independent ones, says so, and keeps the focus on it wherever it goes. */
export function useMoveChange(): MoveChange {
  const { attempt } = useCommand('outbox.move');
  const refresh = useRefresh();
  const noticed = useNotices((notices) => notices.noticed);
  return useCallback(
    (id, to) => {
      const move = async (): Promise<void> => {
        const problem = problemSentence(await attempt({ id, to }));
        noticed(problem || outboxText.moved[to], problem ? 'error' : 'success');
        await refresh('outbox', 'list');
        // The line is another element at its new place.
        const line = document.querySelector(`[data-change="${CSS.escape(id)}"]`);
        line?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.focus();
      };
      void move();
    },
    [attempt, refresh, noticed],
  );
}
