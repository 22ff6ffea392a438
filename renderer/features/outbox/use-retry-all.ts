import { useCallback, useState } from 'react';
import { useEngine } from '../../client/engine-provider.tsx';
import { useNotices } from '../../state/notices.ts';
import { faultSentence } from '../../text/fault-sentence.ts';
import { outboxText } from '../../text/outbox-text.ts';
import type { Change } from './outbox-entry.ts';

const PAGE = 200;

/** Sends everything once more that the cloud refused; conflicts are decided one by one. */
export function useRetryAll(): { readonly retryAll: () => void; readonly isRunning: boolean } {
  const { client } = useEngine();
  const [isRunning, setRunning] = useState(false);
  const noticed = useNotices((notices) => notices.noticed);
  const retryAll = useCallback(() => {
    const retry = async (): Promise<void> => {
      // The ids first: what is retried changes its place in the list.
      const refused: Change[] = [];
      for (let offset = 0, total = 1; offset < total; offset += PAGE) {
        const page = await client.outbox.list({ accountId: null, offset, limit: PAGE });
        ({ total } = page);
        refused.push(...page.changes.filter(({ state }) => state === 'quarantine'));
      }
      let retried = 0;
      for (const { id } of refused) if ((await client.outbox.retry({ id })).ok) retried += 1;
      noticed(outboxText.retriedAll(retried), 'success');
    };
    setRunning(true);
    retry()
      .catch((error: unknown) => noticed(faultSentence(error as Error), 'error'))
      .finally(() => setRunning(false));
  }, [client, noticed]);
  return { retryAll, isRunning };
}
