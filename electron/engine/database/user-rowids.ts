/**
 * The users of an account have a range of rowids of their own: the account's rowid, then 32 bits that count. So they lie together in the
 * table, and the search asks the trigram index for nothing but its account.
 */
export function firstRowid(account: string): string {
  // Shifted in SQL: the driver binds every number as a REAL, which the trigram index does not take for a limit.
  return `(${account} << 32)`;
}

export function lastRowid(account: string): string {
  return `((${account} << 32) | 4294967295)`;
}
