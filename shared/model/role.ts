import { foldText } from '../lib/fold-text.ts';

/** Roles a user of a customer account can have. The wire's `role` is an open string: custom roles appear as their name. */
export const ROLE_USER = 'USER';
export const ROLE_ACCOUNT_ADMIN = 'ACCOUNT_ADMIN';
export const ROLE_PARTNER = 'PARTNER';

/** Roles that raise what a person may do; a change to or from one of these is never merged by itself (SYNC 3.6). */
export function isRaisedRole(role: string): boolean {
  return role !== ROLE_USER;
}

/** The portal's words for a role. Custom roles are their own label. */
export function roleLabel(role: string): string {
  switch (role) {
    case ROLE_USER:
      return 'User';
    case ROLE_ACCOUNT_ADMIN:
      return 'Account Admin';
    case ROLE_PARTNER:
      return 'Partner';
    default:
      return role;
  }
}

/** What an account says about the roles of its users. */
type RoleHome = { readonly isPartnerAccount: boolean; readonly customRoles: readonly string[] };

/** The roles that users of an account can have: the built-in ones and those that a partner has assigned to it (MA 2.5, 2.14). */
export function rolesIn({ isPartnerAccount, customRoles }: RoleHome): readonly string[] {
  return [ROLE_USER, isPartnerAccount ? ROLE_PARTNER : ROLE_ACCOUNT_ADMIN, ...customRoles];
}

export const BUILT_IN_ROLES: readonly string[] = [ROLE_USER, ROLE_ACCOUNT_ADMIN, ROLE_PARTNER];

/**
 * Reads a role from a spreadsheet cell (IMP-3): the label or the wire value of one of these roles in any case; blank is User.
 * Returns null for anything else.
 */
export function parseRole(text: string, roles: readonly string[]): string | null {
  const name = plain(text);
  return name === '' ? ROLE_USER : (namesOf(roles).get(name) ?? null);
}

/** A hundred thousand cells are read against one list. */
const names = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function namesOf(roles: readonly string[]): ReadonlyMap<string, string> {
  const known = names.get(roles);
  if (known) return known;
  // The built-in ones come first, and no custom role takes their names.
  const entries = roles.flatMap((role) => [role, roleLabel(role)].map((name) => [plain(name), role] as const));
  const made = new Map(entries.toReversed());
  names.set(roles, made);
  return made;
}

function plain(name: string): string {
  return foldText(name).replaceAll(/[_-]/gu, ' ');
}
