import {
  BASE_ROLES,
  isPermitted,
  permissionsOf,
  type BaseRole,
  type Permission,
} from '../../../shared/model/permission.ts';
import { displayNameOf } from '../../../shared/model/user.ts';
import { sha256 } from '../auth/passwords.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord, UserRecord } from '../database/records.ts';
import { Refused } from '../http/answer.ts';
import { headerOf, type ApiRequest } from '../http/api-request.ts';

export type Caller = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly account: AccountRecord;
  readonly isPartner: boolean;
  /** As the claims carry them: cells of the matrix, separated by blanks. */
  readonly permissions: string;
  readonly granted: ReadonlySet<string>;
};

/** The person a valid access token belongs to; 401 without one. */
export function callerOf(context: SandboxContext, request: ApiRequest): Caller {
  const header = headerOf(request, 'authorization') ?? '';
  const [scheme = '', token = ''] = header.split(' ', 2);
  if (scheme.toLowerCase() !== 'bearer' || token === '') {
    throw unauthorised('This request carries no access token. Sign in and send it again.');
  }
  const kept = context.store.identities.token(sha256(token));
  if (!kept || kept.kind !== 'access') throw unauthorised('The access token is not known here. Sign in again.');
  if (kept.expiresAt <= context.now()) throw unauthorised('The access token has expired. Refresh it or sign in again.');
  const user = context.store.users.byId(kept.userId);
  const account = user && context.store.accounts.byPosition(user.account);
  if (!user || !account) throw unauthorised('The user of this access token no longer exists. Sign in as someone else.');
  if (account.isActive === 0)
    throw unauthorised('The account of this user is deactivated. Ask the partner to reactivate it.');
  return toCaller(context, user, account);
}

/** A user as a caller, with the permissions of the base or custom role. */
export function toCaller(context: SandboxContext, user: UserRecord, account: AccountRecord): Caller {
  const custom = context.store.identities.role(user.role);
  const base = custom?.base ?? user.role;
  const permissions = custom?.permissions ?? (isBaseRole(base) ? permissionsOf(base).join(' ') : '');
  return {
    userId: user.userId,
    email: user.email,
    name: displayNameOf(user),
    role: user.role,
    account,
    isPartner: base === 'PARTNER' && account.isPartner === 1,
    permissions,
    granted: new Set(permissions.split(' ')),
  };
}

export function requirePermission(caller: Caller, permission: Permission): void {
  if (isPermitted(caller.granted, permission)) return;
  throw new Refused(403, `Your role does not have the permission ${permission}. Ask your partner to grant it.`);
}

/** The account of the path, when this person may see it. */
export function visibleAccount(context: SandboxContext, caller: Caller, accountId: string): AccountRecord {
  if (!caller.isPartner && accountId !== caller.account.accountId) {
    throw new Refused(403, 'You have no rights in this account. Ask its partner to grant them.');
  }
  const account = context.store.accounts.byId(accountId);
  if (!account) throw new Refused(404, 'There is no account with this id. It may have been deleted.');
  return account;
}

/** Refuses a change inside a deactivated account (MA 2.2). */
export function requireActive(account: AccountRecord): void {
  if (account.isActive === 1) return;
  throw new Refused(409, 'This account is deactivated. Reactivate it before changing anything in it.');
}

export function unauthorised(message: string): Refused {
  return new Refused(401, message, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
}

function isBaseRole(role: string): role is BaseRole {
  return (BASE_ROLES as readonly string[]).includes(role);
}
