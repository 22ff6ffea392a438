/** The permission matrix of SPEC DEL-1 (MA 2.14). One table: the screen hides, the engine refuses, the server refuses. */
export const FEATURES = [
  'accounts',
  'roles',
  'orders',
  'users',
  'userTemplates',
  'integrations',
  'subscriptions',
  'support',
  'mivoiceBusiness',
] as const;
export type Feature = (typeof FEATURES)[number];

export const VERBS = ['view', 'add', 'edit', 'assign', 'delete'] as const;
export type Verb = (typeof VERBS)[number];

export type Permission = `${Feature}.${Verb}`;

export const BASE_ROLES = ['PARTNER', 'ACCOUNT_ADMIN', 'USER'] as const;
export type BaseRole = (typeof BASE_ROLES)[number];

type Matrix = Readonly<Partial<Record<Feature, readonly Verb[]>>>;

/** Which cells exist for a base role. By default a role is granted every cell that exists (MA 2.14, Assigning Permissions). */
export const CELLS: Readonly<Record<BaseRole, Matrix>> = {
  PARTNER: {
    accounts: ['view', 'add', 'edit', 'delete'],
    roles: ['view', 'add', 'edit', 'assign', 'delete'],
    orders: ['view', 'assign'],
    users: ['view', 'add', 'edit', 'delete'],
    userTemplates: ['view', 'add', 'edit', 'delete'],
    integrations: ['view', 'add', 'edit', 'delete'],
    subscriptions: ['view', 'add'],
    support: ['view'],
    mivoiceBusiness: ['view'],
  },
  ACCOUNT_ADMIN: {
    accounts: ['view', 'edit'],
    users: ['view', 'add', 'edit', 'delete'],
    userTemplates: ['view', 'add', 'edit', 'delete'],
    roles: ['view', 'assign'],
    integrations: ['view', 'add', 'edit', 'delete'],
    subscriptions: ['view'],
    support: ['view'],
    mivoiceBusiness: ['view'],
  },
  USER: {},
};

/** Every permission of a base role, in the order of the matrix. */
export function permissionsOf(role: BaseRole): readonly Permission[] {
  const matrix = CELLS[role];
  return FEATURES.flatMap((feature) => (matrix[feature] ?? []).map((verb): Permission => `${feature}.${verb}`));
}

/** View is the prerequisite of every other cell of its feature (MA 2.14.3). */
export function isPermitted(granted: ReadonlySet<string>, permission: Permission): boolean {
  const feature = permission.slice(0, permission.indexOf('.'));
  return granted.has(permission) && granted.has(`${feature}.view`);
}
