import type { Repositories } from '../database/repositories.ts';

/** The name of a scope's cursor: the accounts, or the users of one account. */
export function scopeKey(accountSid: string | null): string {
  return accountSid === null ? 'accounts' : `users:${accountSid}`;
}

/**
 * The generation of a row that comes with an answer while a listing may be under way: the sweep at the end of that listing cannot
 * have seen the row and must not take it for deleted.
 */
export function sparedGeneration({ accounts, cursors }: Repositories, accountLid: string | null): number {
  const sid = accountLid === null ? null : (accounts.key(accountLid)?.sid ?? '');
  return cursors.get(scopeKey(sid)).gen;
}
