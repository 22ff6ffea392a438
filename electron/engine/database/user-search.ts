import { foldText } from '../../../shared/lib/fold-text.ts';
import { must } from '../../../shared/lib/must.ts';
import type { UserRow } from '../../../shared/model/user.ts';
import type { Store } from './store.ts';
import { firstRowid, lastRowid } from './user-rowids.ts';
import { LIST_COLUMNS, toUserRow, type ListedUser } from './user-rows.ts';

/** Up to this size an account is read whole, in name order: exact for any number of letters. */
const SMALL_ACCOUNT = 5000;
const CANDIDATES = 1000;
/** A word that one of so many rows has is met soon enough when the rows are read by name. */
const COMMON_SHARE = 8;

export type SearchPage = { readonly rows: readonly UserRow[]; readonly total: number; readonly isCapped: boolean };
type Place = { readonly offset: number; readonly limit: number };
/** Rowids in the order of the list: from the first match on, as many as the page needs or more. `total` counts all, up to one too many. */
type Found = { readonly ids: readonly number[]; readonly total: number };

/**
 * Search as you type in one account (USR-1), in name order, the first 1,000. Large accounts: trigrams from three letters on, index
 * prefixes of name, e-mail address and extension below. Matches are never sorted when there are many: a word with 10,000 of them costs
 * 140 ms that way (SYNC 5.2).
 */
export function createUserSearch(store: Store<'cache'>) {
  const ask = searchStatements(store);

  return function search(account: number, accountSize: number, text: string, page: Place): SearchPage {
    const end = Math.min(CANDIDATES, page.offset + page.limit);
    const { ids, total } = find(account, accountSize, { words: foldText(text).split(' '), end });
    // Only what is shown is read whole.
    const rows = ask.rows.all(JSON.stringify(ids.slice(page.offset, end))).map(toUserRow);
    return { rows, total: Math.min(total, CANDIDATES), isCapped: total > CANDIDATES };
  };

  function find(account: number, size: number, { words, end }: { words: readonly string[]; end: number }): Found {
    const all = JSON.stringify(words);
    if (size <= SMALL_ACCOUNT) return counted(ask.read.all(account, all, CANDIDATES + 1));
    const long = words.filter((word) => word.length >= 3);
    const typed = words.join(' ');
    const range = [account, typed, typed];
    if (long.length === 0) return counted(ask.short.all(...range, ...range, ...range));
    const match = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
    if (long.length < words.length)
      return counted(
        ask.verified.all(match, account, account, JSON.stringify(words.filter(({ length }) => length < 3))),
      );
    const common = Math.max(CANDIDATES, Math.floor(size / COMMON_SHARE));
    const total = must(ask.count.get(match, account, account, common + 1), 'a count has one row');
    if (total <= CANDIDATES) return counted(ask.sorted.all(match, account, account));
    if (total <= common) return { ids: ask.walked.all(account, match, account, account, end), total };
    return { ids: ask.read.all(account, all, end), total };
  }
}

function counted(ids: readonly number[]): Found {
  return { ids, total: ids.length };
}

function searchStatements({ sql }: Store<'cache'>) {
  const inAccount = `users_fts MATCH ? AND users_fts.rowid BETWEEN ${firstRowid('?')} AND ${lastRowid('?')}`;
  // U+10FFFF sorts after every letter, so the range is the prefix.
  const prefix = (column: string, extra = '') => /* sql */ `
    SELECT * FROM (SELECT u.rowid AS id FROM users u
      WHERE u.account = ? AND u.is_deleted = 0 ${extra} AND u.${column} >= ? AND u.${column} < ? || char(1114111) LIMIT ${CANDIDATES + 1})`;
  return {
    /** Reads the rows by name until there are enough. */
    read: sql
      .prepare<[number, string, number], number>(/* sql */ `
        SELECT u.rowid FROM users u
        WHERE u.account = ? AND u.is_deleted = 0
          AND NOT EXISTS (SELECT 1 FROM json_each(?) w WHERE instr(u.search_key, w.value) = 0)
        ORDER BY u.name_key, u.rowid LIMIT ?`)
      .pluck(),
    count: sql
      .prepare<[string, number, number, number], number>(
        `SELECT count(*) FROM (SELECT rowid FROM users_fts WHERE ${inAccount} LIMIT ?)`,
      )
      .pluck(),
    sorted: sql
      .prepare<[string, number, number], number>(/* sql */ `
        SELECT u.rowid FROM users_fts CROSS JOIN users u ON u.rowid = users_fts.rowid
        WHERE ${inAccount} AND u.is_deleted = 0 ORDER BY u.name_key, u.rowid`)
      .pluck(),
    /** Goes along the names, which are in an index with nothing else, and takes the matches. The plus keeps the planner on that way. */
    walked: sql
      .prepare<[number, string, number, number, number], number>(/* sql */ `
        SELECT u.rowid FROM users u
        WHERE u.account = ? AND u.is_deleted = 0 AND +u.rowid IN (SELECT rowid FROM users_fts WHERE ${inAccount})
        ORDER BY u.name_key, u.rowid LIMIT ?`)
      .pluck(),
    /** With words that are too short for the index. */
    verified: sql
      .prepare<[string, number, number, string], number>(/* sql */ `
        SELECT u.rowid FROM users_fts CROSS JOIN users u ON u.rowid = users_fts.rowid
        WHERE ${inAccount} AND u.is_deleted = 0
          AND NOT EXISTS (SELECT 1 FROM json_each(?) w WHERE instr(u.search_key, w.value) = 0)
        ORDER BY u.name_key, u.rowid LIMIT ${CANDIDATES + 1}`)
      .pluck(),
    short: sql
      .prepare<(number | string)[], number>(/* sql */ `
        SELECT u.rowid FROM users u WHERE u.rowid IN (
          ${prefix('name_key')} UNION ${prefix('email_key')} UNION ${prefix('extension', "AND u.extension <> ''")}
        ) ORDER BY u.name_key, u.rowid LIMIT ${CANDIDATES + 1}`)
      .pluck(),
    rows: sql.prepare<[string], ListedUser>(
      `SELECT ${LIST_COLUMNS} FROM json_each(?) k CROSS JOIN users u ON u.rowid = k.value ORDER BY k.key`,
    ),
  };
}
