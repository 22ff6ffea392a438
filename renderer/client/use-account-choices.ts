import type { AccountId } from '../../shared/model/ids.ts';
import { rolesIn } from '../../shared/model/role.ts';
import { useEngineQuery } from './engine-query.ts';
import { usePermission } from './use-session.ts';

/**
 * What an account says about the fields of its users: where a number without a country code is taken to be ('' until it is known), and the
 * roles that they can be given, custom ones by those who may assign them (MA 2.14.5).
 */
export function useAccountChoices(accountId: AccountId | null): {
  readonly country: string;
  readonly roles: readonly string[];
} {
  const isKnown = accountId !== null;
  const account = useEngineQuery('accounts.get', { id: accountId as AccountId }, { enabled: isKnown }).data;
  const mayAssign = usePermission('roles.assign');
  const { country = '', isPartnerAccount = false, customRoles = [] } = account ?? {};
  return { country, roles: rolesIn({ isPartnerAccount, customRoles: mayAssign ? customRoles : [] }) };
}
