import History from '@mui/icons-material/HistoryOutlined';
import PushPin from '@mui/icons-material/PushPin';
import PushPinOutlined from '@mui/icons-material/PushPinOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { Link, useParams } from 'react-router';
import type { Account } from '../../../shared/model/account.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useConflictOf } from '../../client/use-conflict-of.ts';
import { usePins } from '../../client/use-pins.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { AttentionAlert } from '../../components/attention-alert.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { PendingPill } from '../../components/pending-pill.tsx';
import { accountText } from '../../text/accounts-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { historyText } from '../../text/history-text.ts';
import { offlineText } from '../../text/offline-text.ts';
import { attentionText, pendingLabels, pendingSentences } from '../../text/pending-text.ts';
import { dataAge } from '../../text/times.ts';
import { AccountEditor } from './account-editor.tsx';
import { usePinning } from './use-pinning.ts';

/** ACC-3: the Account Information page. */
export function AccountInformationPage() {
  const accountId = useParams()['accountId'] as AccountId;
  const { data: account, error, refetch } = useEngineQuery('accounts.get', { id: accountId });
  const conflict = useConflictOf(accountId, accountId, account?.pending === 'attention');
  const status = useSyncStatus(accountId);

  if (error && !account && !isEngineLost(error)) {
    return <ErrorPanel isPage {...faultPanelText(error)} onRetry={() => void refetch()} />;
  }
  if (account === null) {
    return (
      <NoticePanel isPage title={accountText.gone} body={accountText.goneBody}>
        <Button component={Link} to="/accounts" variant="outlined">
          {accountText.back}
        </Button>
      </NoticePanel>
    );
  }
  const facts = (
    <>
      {status && <AgeLabel {...dataAge(status.accountsSyncedAt, status.nowMs)} />}
      {account?.pending && (
        <PendingPill
          pending={account.pending}
          label={pendingLabels[account.pending]}
          sentence={pendingSentences[account.pending]}
        />
      )}
    </>
  );
  if (!account) {
    return (
      <PageLayout title={accountText.information} facts={facts}>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <Skeleton variant="rounded" height={252} />
          <Skeleton variant="rounded" height={120} />
        </Box>
      </PageLayout>
    );
  }
  return (
    <AccountEditor key={account.id} account={account}>
      {(body) => (
        <PageLayout title={accountText.information} facts={facts} actions={<Actions account={account} />}>
          {conflict !== undefined && account.pending === 'attention' && (
            <Box sx={{ mb: 1.5 }}>
              <AttentionAlert
                sentence={conflict === null ? attentionText.refused : attentionText.conflict}
                label={conflict === null ? attentionText.openOutbox : attentionText.decide}
                to={conflict === null ? '/outbox' : `/conflicts?change=${conflict}`}
              />
            </Box>
          )}
          {account.state === 'DEACTIVATED' && (
            <Alert severity="warning" sx={{ mb: 1.5 }}>
              {accountText.deactivatedNote}
            </Alert>
          )}
          {body}
        </PageLayout>
      )}
    </AccountEditor>
  );
}

function Actions({ account }: { readonly account: Account }) {
  return (
    <>
      <Button variant="outlined" component={Link} to={`/accounts/${account.id}/history`} startIcon={<History />}>
        {historyText.openHistory}
      </Button>
      <PinAction account={account} />
    </>
  );
}

/** OFF-1: keeps the users of this account complete on this laptop. */
function PinAction({ account }: { readonly account: Account }) {
  const pins = usePins();
  const pin = usePinning(pins);
  const isPinned = pins.isPinned(account.id);
  return (
    <Button
      variant="outlined"
      aria-pressed={isPinned}
      startIcon={isPinned ? <PushPin /> : <PushPinOutlined />}
      onClick={() => pin(account)}
    >
      {isPinned ? offlineText.pinned : offlineText.pin}
    </Button>
  );
}
