import { Navigate } from 'react-router';
import { ROLE_ACCOUNT_ADMIN } from '../../shared/model/role.ts';
import { useSession } from '../client/use-session.ts';

/** A partner begins with the accounts, an Account Admin with the users of the one account. */
export function StartPage() {
  const identity = useSession()?.identity;
  if (identity?.role === ROLE_ACCOUNT_ADMIN && identity.accountId !== null) {
    return <Navigate to={`/accounts/${identity.accountId}/users`} replace />;
  }
  return <Navigate to="/accounts" replace />;
}
