import { NOTHING_ASSIGNABLE } from '../../shared/model/assignables.ts';
import type { AccountId } from '../../shared/model/ids.ts';
import { rolesIn } from '../../shared/model/role.ts';
import type { UserChoices } from '../../shared/model/user-choices.ts';
import { useEngineQuery } from './engine-query.ts';
import { usePermission } from './use-session.ts';

/**
 * What an account says about the fields of its users: where a number without a country code is taken to be ('' until it is known), and what
 * they can be given: of the custom roles only by those who may assign them (MA 2.14.5).
 */
export function useAccountChoices(accountId: AccountId | null): {
  readonly country: string;
  readonly choices: UserChoices;
  /** False while the account is being read. */
  readonly isRead: boolean;
} {
  const isKnown = accountId !== null;
  const { data: account, isPending } = useEngineQuery(
    'accounts.get',
    { id: accountId as AccountId },
    { enabled: isKnown },
  );
  const mayAssign = usePermission('roles.assign');
  const { country = '', isPartnerAccount = false, customRoles = [], assignables = NOTHING_ASSIGNABLE } = account ?? {};
  const { smsNumbers, userTemplates } = assignables;
  const roles = rolesIn({ isPartnerAccount, customRoles: mayAssign ? customRoles : [] });
  return { country, choices: { roles, smsNumbers, userTemplates }, isRead: !isPending };
}
