import { Navigate } from 'react-router';
import { useAccountList } from '../client/use-account-list.ts';
import { useSession } from '../client/use-session.ts';
import { NoticePanel } from '../components/notice-panel.tsx';
import { frameText } from '../text/frame-text.ts';

/** A partner begins with the accounts, an Account Admin with the users of the one account. */
export function StartPage() {
  const session = useSession();
  const accounts = useAccountList();
  switch (accounts.kind) {
    case 'list':
      return <Navigate to="/accounts" replace />;
    case 'single':
      return <Navigate to={`/accounts/${accounts.onlyId}/users`} replace />;
    case 'unknown':
      return session ? (
        <NoticePanel isPage live="status" title={frameText.fetchingTitle} body={frameText.fetchingBody} />
      ) : null;
  }
}
