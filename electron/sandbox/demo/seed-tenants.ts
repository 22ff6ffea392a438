import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { NewAccount } from '../database/records.ts';
import type { Store } from '../database/store.ts';
import { uuidFrom } from '../runtime/ids.ts';
import { createRandom, type Random } from '../runtime/random.ts';
import type { AccountPlan } from './account-plan.ts';
import { generateUsers } from './generate-users.ts';
import { CUSTOM_ROLES, IDENTITIES, permissionsOfRole } from './identities.ts';
import { plansOf, type TenantKind } from './plans.ts';

/** Fills an empty store with the tenants of this kind. Revisions start above `lastRev`; returns the last one used. */
export function seedTenants(store: Store, kind: TenantKind, lastRev: number): number {
  let rev = lastRev;
  const nextRev = (): number => {
    rev += 1;
    return rev;
  };
  const positions = new Map<string, number>();
  let partnerId = '';
  for (const plan of plansOf(kind)) {
    // A generator of its own: an account stays the same whatever stands before it in the list.
    const random = createRandom(Number(plan.number));
    const accountId = uuidFrom(random);
    if (plan.isPartner) partnerId = accountId;
    const account = store.accounts.insert(
      accountOf(plan, { accountId, partnerId, organizationId: uuidFrom(random), rev: nextRev() }),
    );
    positions.set(plan.number, account);
    const identities = IDENTITIES.filter((identity) => identity.accountNumber === plan.number);
    let users = 0;
    for (const user of generateUsers({ plan, account, identities, random, nextRev })) {
      store.users.insert(user);
      const identity = identities[users];
      if (identity) addCredential(store, { userId: user.userId, password: identity.password, random });
      users += 1;
    }
    store.accounts.countUsers(account, users);
  }
  for (const role of CUSTOM_ROLES) {
    const accounts = role.accounts.flatMap((number) => positions.get(number) ?? []);
    store.identities.addRole({ name: role.name, base: role.base, permissions: permissionsOfRole(role) }, accounts);
  }
  return rev;
}

function addCredential(
  store: Store,
  added: { readonly userId: string; readonly password: string; readonly random: Random },
): void {
  const salt = uuidFrom(added.random);
  store.identities.addCredential(added.userId, salt, hashPassword(added.password, salt));
}

function accountOf(
  plan: AccountPlan,
  ids: Pick<NewAccount, 'accountId' | 'partnerId' | 'organizationId' | 'rev'>,
): NewAccount {
  const createdOn = `${plan.openedOn}T08:00:00.000Z`;
  return {
    ...ids,
    ...plan.address,
    accountNumber: plan.number,
    name: plan.name,
    isActive: plan.isActive ? 1 : 0,
    isPartner: plan.isPartner ? 1 : 0,
    source: plan.source,
    languageCode: plan.languageCode,
    businessType: plan.businessType,
    cloudLocation: plan.cloudLocation,
    sapCustomerNumber: plan.sapCustomerNumber,
    pbxType: plan.pbxType,
    allowGuestAccess: plan.allowGuestAccess ? 1 : 0,
    allowProxyAuthentication: plan.allowProxyAuthentication ? 1 : 0,
    userLimit: plan.users > 5000 ? 250_000 : 5000,
    contacts: [DEMO_PARTNER.email, ...plan.contacts],
    assignables: plan.assignables,
    externalRef: null,
    createdOn,
    createdBy: 'Pat Technician',
    modifiedOn: createdOn,
    modifiedBy: 'Pat Technician',
  };
}
