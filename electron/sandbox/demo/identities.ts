import { DEMO_ADMIN, DEMO_PARTNER, DEMO_SHARED_ADMIN, DEMO_USER } from '../../../shared/cloud/sandbox-control.ts';
import { permissionsOf, type BaseRole } from '../../../shared/model/permission.ts';
import { ROLE_ACCOUNT_ADMIN, ROLE_PARTNER, ROLE_USER } from '../../../shared/model/role.ts';
import { HARBOUR_PLAN, PARTNER_PLAN, SHARED_PLANS } from './plans.ts';

/** A partner technician with a custom role: may look at users and edit them, but not add or delete any. */
export const DEMO_RESTRICTED = { email: 'rory.restricted@partner.example', password: 'field-demo-restricted' } as const;
/** An administrator of the harbour account with a custom role that only looks. */
export const DEMO_RECEPTION = { email: 'remy.reception@harbour.example', password: 'field-demo-reception' } as const;

type CustomRole = {
  readonly name: string;
  readonly base: BaseRole;
  /** What is taken away from the base role. */
  readonly without: readonly string[];
  /** Account numbers the role is assigned to. */
  readonly accounts: readonly string[];
};

export const CUSTOM_ROLES: readonly CustomRole[] = [
  {
    name: 'Field Technician',
    base: 'PARTNER',
    without: ['users.add', 'users.delete', 'accounts.add', 'accounts.delete'],
    accounts: [PARTNER_PLAN.number],
  },
  {
    name: 'Reception Desk',
    base: 'ACCOUNT_ADMIN',
    without: ['users.add', 'users.edit', 'users.delete', 'accounts.edit'],
    accounts: [HARBOUR_PLAN.number],
  },
];

/** The permissions of a custom role as the claims carry them. */
export function permissionsOfRole(role: CustomRole): string {
  return permissionsOf(role.base)
    .filter((permission) => !role.without.includes(permission))
    .join(' ');
}

export type Identity = {
  readonly accountNumber: string;
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: string;
};

const [firstShared, secondShared] = SHARED_PLANS;

/** Everyone who can sign in. They come first in their account. */
export const IDENTITIES: readonly Identity[] = [
  { ...DEMO_PARTNER, accountNumber: PARTNER_PLAN.number, firstName: 'Pat', lastName: 'Technician', role: ROLE_PARTNER },
  {
    ...DEMO_RESTRICTED,
    accountNumber: PARTNER_PLAN.number,
    firstName: 'Rory',
    lastName: 'Restricted',
    role: 'Field Technician',
  },
  { ...DEMO_ADMIN, firstName: 'Ada', lastName: 'Admin', role: ROLE_ACCOUNT_ADMIN },
  { ...DEMO_USER, accountNumber: HARBOUR_PLAN.number, firstName: 'Una', lastName: 'User', role: ROLE_USER },
  {
    ...DEMO_RECEPTION,
    accountNumber: HARBOUR_PLAN.number,
    firstName: 'Remy',
    lastName: 'Reception',
    role: 'Reception Desk',
  },
  ...[firstShared, secondShared].flatMap((plan) =>
    plan
      ? [
          {
            ...DEMO_SHARED_ADMIN,
            accountNumber: plan.number,
            firstName: 'Sam',
            lastName: 'Shared',
            role: ROLE_ACCOUNT_ADMIN,
          },
        ]
      : [],
  ),
];
