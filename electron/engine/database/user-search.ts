import { foldText } from '../../../shared/lib/fold-text.ts';
import type { UserRow } from '../../../shared/model/user.ts';
import type { Store } from './store.ts';
import { firstRowid, lastRowid } from './user-rowids.ts';
import { LIST_COLUMNS, toUserRow, type ListedUser } from './user-rows.ts';

/** Up to this size an account is read whole, in name order: exact for any number of letters. */
const SMALL_ACCOUNT = 5000;
const CANDIDATES = 1000;

export type SearchPage = { readonly rows: readonly UserRow[]; readonly total: number; readonly isCapped: boolean };

/**
 * Search as you type in one account (USR-1). Large accounts: trigrams from three letters on, index prefixes of name, e-mail address and
 * extension below. At most 1,000 matches are looked at and then ordered by name: ranking all of a common term takes 75 ms and more (SYNC 5.2).
 */
export function createUserSearch({ sql }: Store<'cache'>) {
  const small = sql
    .prepare<[number, string], number>(/* sql */ `
      SELECT u.rowid FROM users u
      WHERE u.account = ? AND u.is_deleted = 0
        AND NOT EXISTS (SELECT 1 FROM json_each(?) w WHERE instr(u.search_key, w.value) = 0)
      ORDER BY u.name_key, u.rowid LIMIT ${CANDIDATES + 1}`)
    .pluck();
  // The range of the account's rows is sought in the index. Without it a word that is common elsewhere costs a look at each of those rows:
  // 140 ms for a first name in the last of ten accounts of 100,000.
  const trigram = sql
    .prepare<[string, number, number, string], number>(/* sql */ `
      SELECT id FROM (
        SELECT u.name_key, u.rowid AS id
        FROM users_fts CROSS JOIN users u ON u.rowid = users_fts.rowid
        WHERE users_fts MATCH ? AND users_fts.rowid BETWEEN ${firstRowid('?')} AND ${lastRowid('?')} AND u.is_deleted = 0
          AND NOT EXISTS (SELECT 1 FROM json_each(?) w WHERE instr(u.search_key, w.value) = 0)
        LIMIT ${CANDIDATES + 1}
      ) ORDER BY name_key, id`)
    .pluck();
  // U+10FFFF sorts after every letter, so the range is the prefix.
  const prefix = (column: string, extra = '') => /* sql */ `
    SELECT * FROM (SELECT u.rowid AS id FROM users u
      WHERE u.account = ? AND u.is_deleted = 0 ${extra} AND u.${column} >= ? AND u.${column} < ? || char(1114111) LIMIT ${CANDIDATES + 1})`;
  const short = sql
    .prepare<(number | string)[], number>(/* sql */ `
      SELECT u.rowid FROM users u WHERE u.rowid IN (
        ${prefix('name_key')} UNION ${prefix('email_key')} UNION ${prefix('extension', "AND u.extension <> ''")}
      ) ORDER BY u.name_key, u.rowid LIMIT ${CANDIDATES + 1}`)
    .pluck();
  const rowsOf = sql.prepare<[string], ListedUser>(
    `SELECT ${LIST_COLUMNS} FROM json_each(?) k CROSS JOIN users u ON u.rowid = k.value ORDER BY k.key`,
  );

  return function search(
    account: number,
    accountSize: number,
    text: string,
    page: { offset: number; limit: number },
  ): SearchPage {
    const words = foldText(text).split(' ');
    const all = find(account, accountSize, words);
    const isCapped = all.length > CANDIDATES;
    // Only what is shown is read whole.
    const shown = all.slice(page.offset, Math.min(CANDIDATES, page.offset + page.limit));
    const rows = rowsOf.all(JSON.stringify(shown)).map(toUserRow);
    return { rows, total: Math.min(all.length, CANDIDATES), isCapped };
  };

  function find(account: number, accountSize: number, words: readonly string[]): readonly number[] {
    if (accountSize <= SMALL_ACCOUNT) return small.all(account, JSON.stringify(words));
    const long = words.filter((word) => word.length >= 3);
    const typed = words.join(' ');
    const range = [account, typed, typed];
    if (long.length === 0) return short.all(...range, ...range, ...range);
    const match = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
    return trigram.all(match, account, account, JSON.stringify(words.filter((word) => word.length < 3)));
  }
}
