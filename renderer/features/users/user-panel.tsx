import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { Outlet, useMatch, useNavigate, useParams } from 'react-router';
import type { AccountId, UserId } from '../../../shared/model/ids.ts';
import { displayNameOf } from '../../../shared/model/user.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';
import { useConflictOf } from '../../client/use-conflict-of.ts';
import { AttentionAlert } from '../../components/attention-alert.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PendingPill } from '../../components/pending-pill.tsx';
import { SectionLinks } from '../../components/section-links.tsx';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { historyText } from '../../text/history-text.ts';
import { attentionText, pendingLabels, pendingSentences } from '../../text/pending-text.ts';
import { userText } from '../../text/users-text.ts';
import { UserEditor } from './user-editor.tsx';
import { UserPanelLayout } from './user-panel-layout.tsx';

/** USR-4: one user, beside the list. */
export function UserPanel() {
  const { accountId, userId } = useParams() as { accountId: AccountId; userId: UserId };
  const navigate = useNavigate();
  const { data: user, error, refetch } = useEngineQuery('users.get', { id: userId });
  const { isRead } = useAccountChoices(accountId);
  const conflict = useConflictOf(accountId, userId, user?.pending === 'attention');
  const base = `/accounts/${accountId}/users/${userId}`;
  const isHistory = useMatch('/accounts/:accountId/users/:userId/history') !== null;
  const close = (): void => void navigate(`/accounts/${accountId}/users`);

  if (error && user === undefined && !isEngineLost(error)) {
    return (
      <UserPanelLayout title={userText.details} onClose={close}>
        <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />
      </UserPanelLayout>
    );
  }
  if (user === null) {
    return (
      <UserPanelLayout title={userText.details} onClose={close}>
        <NoticePanel title={userText.gone} body={userText.goneBody} />
      </UserPanelLayout>
    );
  }
  if (user === undefined || !isRead) {
    return (
      <UserPanelLayout title={userText.details} onClose={close}>
        <Box sx={{ p: 2, display: 'grid', gap: '14px' }}>
          {['names', 'name', 'email', 'mobile', 'role'].map((line) => (
            <Skeleton key={line} variant="rounded" height={38} />
          ))}
        </Box>
      </UserPanelLayout>
    );
  }
  return (
    <UserPanelLayout
      title={displayNameOf(user)}
      onClose={close}
      marks={
        user.pending && (
          <PendingPill
            pending={user.pending}
            label={pendingLabels[user.pending]}
            sentence={pendingSentences[user.pending]}
          />
        )
      }
    >
      {conflict !== undefined && user.pending === 'attention' && (
        <AttentionAlert
          sentence={conflict === null ? attentionText.refused : attentionText.conflict}
          label={conflict === null ? attentionText.openOutbox : attentionText.decide}
          to={conflict === null ? '/outbox' : `/conflicts?change=${conflict}`}
        />
      )}
      <SectionLinks
        label={historyText.sections}
        links={[
          { to: base, text: historyText.details },
          { to: `${base}/history`, text: historyText.openHistory },
        ]}
      />
      {isHistory ? <Outlet /> : <UserEditor key={user.id} user={user} />}
    </UserPanelLayout>
  );
}
