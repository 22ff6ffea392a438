import History from '@mui/icons-material/HistoryOutlined';
import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import type { HistoryEntry, HistoryOutcome } from '../../../shared/contract/history.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEngineFeed } from '../../client/use-engine-feed.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { historyText } from '../../text/history-text.ts';
import { EntryLine } from './entry-line.tsx';
import { FeedList } from './feed-list.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

type Props = {
  readonly accountId: AccountId | null;
  /** One record only. */
  readonly entityId?: string;
  readonly outcome: HistoryOutcome | 'all';
};

/** What was done on this laptop: of everything, of an account, or of one record. */
export function EntryFeed({ accountId, entityId, outcome }: Props) {
  const status = useSyncStatus(null);
  const feed = useEngineFeed('history.list', { accountId, entityId: entityId ?? null, outcome }, entriesOf);
  const [restored, setRestored] = useState<HistoryEntry | null>(null);
  const broken = feed.newest?.firstBroken ?? null;
  const isFiltered = outcome !== 'all' || (accountId !== null && entityId === undefined);
  if (feed.error && feed.rows === null && !isEngineLost(feed.error)) {
    return <ErrorPanel {...faultPanelText(feed.error)} onRetry={feed.retry} />;
  }
  if (feed.rows === null || !status) return <Skeleton variant="rounded" height={260} />;
  return (
    <>
      {broken !== null && (
        <Alert severity="error" sx={{ mb: 1.25, flexShrink: 0 }}>
          {historyText.broken(broken)}
        </Alert>
      )}
      {feed.rows.length === 0 ? (
        <NoticePanel
          icon={<History />}
          live="status"
          title={isFiltered ? historyText.emptyFilterTitle : historyText.emptyTitle}
          body={isFiltered ? historyText.emptyFilterBody : historyText.emptyBody}
        />
      ) : (
        <FeedList
          label={historyText.list}
          rows={feed.rows}
          hasMore={feed.hasMore}
          onMore={feed.loadMore}
          isPlain={entityId !== undefined}
          renderRow={(entry) => (
            <EntryLine entry={entry} nowMs={status.nowMs} onRestore={setRestored} isOfRecord={entityId !== undefined} />
          )}
        />
      )}
      {restored && <RestoreDialog entry={restored} onClose={() => setRestored(null)} />}
    </>
  );
}

function entriesOf(answer: OutputFor<'history.list'>): readonly HistoryEntry[] {
  return answer.entries;
}
