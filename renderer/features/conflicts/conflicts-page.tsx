import TaskAlt from '@mui/icons-material/TaskAltOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import type { ChangeId } from '../../../shared/model/ids.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEnginePages } from '../../client/use-engine-pages.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { Pill } from '../../components/pill.tsx';
import { conflictsText } from '../../text/conflicts-text.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { dataAge } from '../../text/times.ts';
import { ConflictWorkbench } from './conflict-workbench.tsx';
import { DecideAllDialog } from './decide-all-dialog.tsx';
import { KeyHelp } from './key-help.tsx';

/** OFF-3: every lost race is a question, never a silent overwrite. */
export function ConflictsPage() {
  const [parameters] = useSearchParams();
  const asked = parameters.get('change') as ChangeId | null;
  const status = useSyncStatus(null);
  const list = useEnginePages({ name: 'conflicts.list', input: { accountId: null }, rowsOf });
  const [bulk, setBulk] = useState<'mine' | 'theirs' | null>(null);
  const [said, setSaid] = useState('');
  const total = list.total ?? 0;

  if (list.error && list.total === null && !isEngineLost(list.error)) {
    return <ErrorPanel {...faultPanelText(list.error)} onRetry={list.retry} />;
  }
  return (
    <PageLayout
      title={conflictsText.title}
      facts={
        <>
          {total > 0 && <Pill tone="error">{conflictsText.total(total)}</Pill>}
          {status && <AgeLabel {...dataAge(status.lastContactAt, status.nowMs)} />}
        </>
      }
      actions={
        total > 1 && (
          <>
            <Button variant="outlined" onClick={() => setBulk('theirs')}>
              {conflictsText.keepTheirsAll}
            </Button>
            <Button variant="outlined" onClick={() => setBulk('mine')}>
              {conflictsText.keepMineAll}
            </Button>
          </>
        )
      }
    >
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 2, pb: 1, minHeight: 28 }}>
        <Box component="output" sx={{ flex: 1, color: 'text.secondary', fontSize: '0.8125rem' }}>
          {said || (total > 0 ? conflictsText.lead : '')}
        </Box>
        {total > 0 && <KeyHelp />}
      </Box>
      {total > 0 && status && status.connection !== 'online' && status.connection !== 'checking' && (
        <Alert severity="info" sx={{ mb: 1 }}>
          {conflictsText.offlineNote}
        </Alert>
      )}
      {list.total === null || !status ? (
        <Box sx={{ display: 'flex', gap: 1.5, flex: 1 }}>
          <Skeleton variant="rounded" width={272} height="100%" />
          <Skeleton variant="rounded" height="100%" sx={{ flex: 1 }} />
        </Box>
      ) : total === 0 ? (
        <NoticePanel icon={<TaskAlt />} title={conflictsText.emptyTitle} body={conflictsText.emptyBody}>
          <Button component={Link} to="/outbox" variant="outlined" ref={said === '' ? undefined : focusLink}>
            {conflictsText.toOutbox}
          </Button>
        </NoticePanel>
      ) : (
        <ConflictWorkbench list={list} asked={asked} nowMs={status.nowMs} onSaid={setSaid} />
      )}
      {bulk && <DecideAllDialog choice={bulk} total={total} onClose={() => setBulk(null)} onDone={setSaid} />}
    </PageLayout>
  );
}

// The last conflict took the focus along when it went.
function focusLink(link: HTMLAnchorElement | null): void {
  link?.focus();
}

function rowsOf(answer: OutputFor<'conflicts.list'>): readonly Conflict[] {
  return answer.conflicts;
}
