import Inbox from '@mui/icons-material/TaskAltOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { ChangeId } from '../../../shared/model/ids.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEnginePages, type EnginePages } from '../../client/use-engine-pages.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { Pill } from '../../components/pill.tsx';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { outboxText } from '../../text/outbox-text.ts';
import { dataAge } from '../../text/times.ts';
import { BatchLine } from './batch-line.tsx';
import { ChangeDrawer } from './change-drawer.tsx';
import { ChangeList } from './change-list.tsx';
import { nestedChanges } from './nested-changes.ts';
import type { NestedChange } from './outbox-entry.ts';
import { QueueMenu } from './queue-menu.tsx';
import { useRetryAll } from './use-retry-all.ts';

/** OFF-2: everything that waits, in the order in which it is sent. */
export function OutboxPage() {
  const [shown, setShown] = useState<ChangeId | null>(null);
  const { retryAll, isRunning } = useRetryAll();
  const status = useSyncStatus(null);
  const list = useEnginePages({ name: 'outbox.list', input: { accountId: null }, rowsOf });
  const batches = list.answer?.batches ?? [];
  const attention = list.answer?.attentionCount ?? 0;

  if (list.error && list.total === null && !isEngineLost(list.error)) {
    return <ErrorPanel {...faultPanelText(list.error)} onRetry={list.retry} />;
  }
  return (
    <PageLayout
      title={outboxText.title}
      actions={
        <>
          {isAnyRefused(list) && (
            <Button variant="outlined" loading={isRunning} onClick={retryAll}>
              {outboxText.retryAll}
            </Button>
          )}
          <QueueMenu />
        </>
      }
      facts={
        <>
          {list.total !== null && list.total > 0 && <Pill tone="note">{outboxText.waiting(list.total)}</Pill>}
          {attention > 0 && <Pill tone="error">{outboxText.attention(attention)}</Pill>}
          {status && <AgeLabel {...dataAge(status.lastContactAt, status.nowMs)} />}
        </>
      }
    >
      {list.total === null || !status ? (
        <Skeleton variant="rounded" height={220} />
      ) : list.total === 0 && batches.length === 0 ? (
        <NoticePanel icon={<Inbox />} live="status" title={outboxText.emptyTitle} body={outboxText.emptyBody} />
      ) : (
        <>
          <Typography color="textSecondary" sx={{ pb: 1.25 }}>
            {outboxText.lead}
          </Typography>
          {batches.length > 0 && (
            <Box
              component="section"
              aria-label={outboxText.batches}
              sx={{ display: 'grid', gap: 1, pb: 1.25, maxHeight: '62%', overflow: 'auto', flexShrink: 0 }}
            >
              {batches.map((batch) => (
                <BatchLine key={batch.importId} batch={batch} nowMs={status.nowMs} />
              ))}
            </Box>
          )}
          {list.total > 0 && <ChangeList list={list} nowMs={status.nowMs} onDetails={setShown} />}
        </>
      )}
      {shown && status && <ChangeDrawer id={shown} nowMs={status.nowMs} onClose={() => setShown(null)} />}
    </PageLayout>
  );
}

function isAnyRefused({ total, rowAt }: EnginePages<OutputFor<'outbox.list'>, NestedChange>): boolean {
  for (let index = 0; index < Math.min(total ?? 0, 500); index += 1)
    if (rowAt(index)?.state === 'quarantine') return true;
  return false;
}

function rowsOf(answer: OutputFor<'outbox.list'>): readonly NestedChange[] {
  return nestedChanges(answer.changes);
}
