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

/** The roles users of an account can have: the built-in ones and those that are assigned to it. */
export function rolesIn(customRoles: readonly string[]): readonly string[] {
  return [ROLE_USER, ROLE_ACCOUNT_ADMIN, ...customRoles];
}

/**
 * Reads a role from a spreadsheet cell (IMP-3): the label or the wire value in any case; blank is User.
 * `customRoles` are the custom roles assigned to the account. Returns null for anything else.
 */
export function parseRole(text: string, customRoles: readonly string[] = []): string | null {
  const folded = foldText(text).replaceAll(/[_-]/gu, ' ');
  if (folded === '' || folded === 'user') return ROLE_USER;
  if (folded === 'account admin') return ROLE_ACCOUNT_ADMIN;
  return customRoles.find((role) => foldText(role) === foldText(text)) ?? null;
}
