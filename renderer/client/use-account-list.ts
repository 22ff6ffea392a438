import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from './engine-query.ts';
import { usePermission } from './use-session.ts';

/** `onlyId` is the one account of somebody who has no list of them: an Account Admin, under whatever role name. */
export type AccountListState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'list' }
  | { readonly kind: 'single'; readonly onlyId: AccountId };

/** Whether this person works with one account or with many. Custom roles have no telling name, so the accounts decide. */
export function useAccountList(): AccountListState {
  const mayView = usePermission('accounts.view');
  const mayAdd = usePermission('accounts.add');
  const { data } = useEngineQuery('accounts.list', { state: 'ACTIVE', limit: 1 }, { keepPrevious: true });
  if (mayAdd) return { kind: 'list' };
  if (!data || !mayView) return { kind: 'unknown' };
  const [only] = data.rows;
  const total = data.activeCount + data.deactivatedCount;
  if (total > 1) return { kind: 'list' };
  return only ? { kind: 'single', onlyId: only.id } : { kind: 'unknown' };
}
