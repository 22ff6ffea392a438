import type { User, UserFields } from '../../../shared/model/user.ts';
import { emailKey } from '../../../shared/model/email.ts';
import { must } from '../../../shared/lib/must.ts';
import { compareMarks, type Overlay, type PendingCode, type ServerUser } from '../domain/records.ts';
import { createPositionIndex, type PositionIndex } from './position-index.ts';
import type { Store, Tx } from './store.ts';
import { LIST_COLUMNS, toUser, toUserRow, userBase, userKeys, type ListedUser, type StoredUser } from './user-rows.ts';
import { createUserSearch, type SearchPage } from './user-search.ts';

export type KnownAddress = {
  readonly emailKey: string;
  readonly lid: string;
  readonly name: string;
  readonly isUnsent: boolean;
};
export type UserState = {
  readonly rowid: number;
  readonly lid: string;
  readonly sid: string | null;
  readonly account: number;
  readonly base: ServerUser | null;
};

export type UserRepository = {
  page(account: number, search: string, page: { offset: number; limit: number }): SearchPage;
  get(lid: string): User | null;
  /** The server's record below the view; null for a user that exists only here. */
  state(lid: string): UserState | null;
  lidBySid(sid: string): string | null;
  findByEmails(account: number, emailKeys: readonly string[]): readonly KnownAddress[];
  countIn(account: number): number;
  /** Rows that show something that waits. */
  pendingLids(): readonly string[];
  /** Names, in list order, for the template and for exports. */
  iterate(account: number): IterableIterator<User>;
  /** Writes one page of the server's records. Returns how many rows changed. */
  applyServer(
    tx: Tx<'cache'>,
    account: number,
    page: readonly { record: ServerUser; lid: string; overlay: Overlay<UserFields> | null }[],
    gen: number,
  ): number;
  /** A user that exists only here so far, or a view that changed. */
  putLocal(
    tx: Tx<'cache'>,
    account: number,
    users: readonly { lid: string; fields: UserFields; pending: PendingCode }[],
  ): void;
  setView(tx: Tx<'cache'>, lid: string, fields: UserFields, pending: PendingCode): void;
  remove(tx: Tx<'cache'>, lids: readonly string[]): void;
  /** The server has it no more. A row with queued changes stays, without its server record: its change asks the person. */
  removeBySid(tx: Tx<'cache'>, sid: string): void;
  /** Rows of the account that a complete listing did not name. Users that exist only here are never among them. */
  unseen(account: number, gen: number): readonly { lid: string; sid: string; pending: number }[];
  settled(account: number): void;
};

export function createUserRepository(store: Store<'cache'>, now: () => number): UserRepository {
  const { sql } = store;
  const positions: PositionIndex = createPositionIndex(store, now);
  const search = createUserSearch(store);
  const write = createUserWriter(store, positions);
  const firstPage = sql.prepare<[number, number, number], ListedUser>(
    `SELECT ${LIST_COLUMNS} FROM users u WHERE u.account = ? AND u.is_deleted = 0 ORDER BY u.name_key, u.rowid LIMIT ? OFFSET ?`,
  );
  const pageFrom = sql.prepare<[number, string, string, number, number, number], ListedUser>(/* sql */ `
    SELECT ${LIST_COLUMNS} FROM users u
    WHERE u.account = ? AND u.is_deleted = 0 AND u.name_key >= ? AND (u.name_key > ? OR u.rowid >= ?)
    ORDER BY u.name_key, u.rowid LIMIT ? OFFSET ?`);
  const stored = /* sql */ `SELECT ${LIST_COLUMNS}, u.rowid, u.sid, u.mobile, u.created_at AS createdAt, a.lid AS accountLid
    FROM users u JOIN accounts a ON a.rowid = u.account`;
  const one = sql.prepare<[string], StoredUser>(`${stored} WHERE u.lid = ? AND u.is_deleted = 0`);
  const all = sql.prepare<[number], StoredUser>(
    `${stored} WHERE u.account = ? AND u.is_deleted = 0 ORDER BY u.name_key, u.rowid`,
  );
  const state = sql.prepare<
    [string],
    { rowid: number; lid: string; sid: string | null; account: number; baseDoc: string | null; doc: string }
  >(/* sql */ `SELECT u.rowid, u.lid, u.sid, u.account, u.base_doc AS baseDoc, json_object(
        'sid', u.sid, 'etag', u.etag, 'rev', u.rev, 'externalRef', NULL, 'createdAt', u.created_at, 'modifiedAt', u.modified_at,
        'modifiedBy', u.modified_by, 'accountSid', a.sid, 'source', u.source, 'isRegistered', json(iif(u.is_registered, 'true', 'false')),
        'fields', json_object('firstName', u.first_name, 'lastName', u.last_name, 'name', u.name, 'email', u.email, 'mobile', u.mobile,
          'extension', u.extension, 'role', u.role)) AS doc
      FROM users u JOIN accounts a ON a.rowid = u.account WHERE u.lid = ?`);
  const bySid = sql.prepare<[string], { lid: string }>('SELECT lid FROM users WHERE sid = ?');
  const byEmail = sql.prepare<
    [string, number],
    { emailKey: string; lid: string; name: string; sid: string | null }
  >(/* sql */ `
    SELECT u.email_key AS emailKey, u.lid, coalesce(nullif(u.name, ''), nullif(trim(u.first_name || ' ' || u.last_name), ''), u.email) AS name, u.sid
    FROM json_each(?) k CROSS JOIN users u ON u.account = ? AND u.email_key = k.value AND u.is_deleted = 0`);
  const pending = sql.prepare<[], { lid: string }>('SELECT lid FROM users WHERE pending <> 0');
  const unseen = sql.prepare<[number, number], { lid: string; sid: string; pending: number }>(
    'SELECT lid, sid, pending FROM users WHERE account = ? AND gen < ? AND sid IS NOT NULL AND is_deleted = 0',
  );

  return {
    page(account, text, { offset, limit }) {
      const place = positions.locate(account, offset);
      if (text.trim() !== '') return search(account, place.total, text, { offset, limit });
      const rows = place.anchor
        ? pageFrom.all(account, place.anchor.nameKey, place.anchor.nameKey, place.anchor.rowid, limit, place.skip)
        : firstPage.all(account, limit, offset);
      return { rows: rows.map(toUserRow), total: place.total, isCapped: false };
    },
    get(lid) {
      const row = one.get(lid);
      return row ? toUser(row) : null;
    },
    state(lid) {
      const row = state.get(lid);
      if (!row) return null;
      // The base is kept apart only while the view differs from it.
      const base = row.sid === null ? null : (JSON.parse(row.baseDoc ?? row.doc) as ServerUser);
      return { rowid: row.rowid, lid: row.lid, sid: row.sid, account: row.account, base };
    },
    lidBySid: (sid) => bySid.get(sid)?.lid ?? null,
    findByEmails: (account, keys) =>
      byEmail.all(JSON.stringify(keys), account).map(({ sid, ...known }) => ({ ...known, isUnsent: sid === null })),
    pendingLids: () => pending.all().map(({ lid }) => lid),
    countIn: (account) => positions.locate(account, 0).total,
    *iterate(account) {
      for (const row of all.iterate(account)) yield toUser(row);
    },
    unseen: (account, gen) => unseen.all(account, gen),
    settled: (account) => positions.invalidate(account, false),
    ...write,
  };
}

/** What a page must know of a row that is there already. */
type Candidate = Record<'rowid' | 'account' | 'pending', number> &
  Record<'lid' | 'searchKey' | 'nameKey', string> &
  Record<'sid' | 'etag' | 'modifiedAt' | 'baseDoc', string | null> & { rev: number | null };

function createUserWriter({ sql }: Store<'cache'>, positions: PositionIndex) {
  const candidates = sql.prepare<[string, string], Candidate>(
    'SELECT rowid, lid, rev, modified_at AS modifiedAt, search_key AS searchKey, name_key AS nameKey, pending, base_doc AS baseDoc, account, sid, etag FROM users WHERE lid = ? OR sid = ?',
  );
  const insert = sql.prepare(/* sql */ `
    INSERT INTO users (lid, sid, account, first_name, last_name, name, email, mobile, extension, role, source, is_registered, created_at,
      modified_at, modified_by, name_key, email_key, search_key, etag, rev, base_doc, pending, gen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = sql.prepare(/* sql */ `
    UPDATE users SET sid = ?, first_name = ?, last_name = ?, name = ?, email = ?, mobile = ?, extension = ?, role = ?, source = ?,
      is_registered = ?, created_at = ?, modified_at = ?, modified_by = ?, name_key = ?, email_key = ?, search_key = ?, etag = ?, rev = ?,
      base_doc = ?, pending = ?, gen = ?, is_deleted = 0 WHERE rowid = ?`);
  const touch = sql.prepare('UPDATE users SET gen = ? WHERE rowid = ?');
  const view = sql.prepare(/* sql */ `
    UPDATE users SET first_name = ?, last_name = ?, name = ?, email = ?, mobile = ?, extension = ?, role = ?, name_key = ?, email_key = ?,
      search_key = ?, base_doc = ?, pending = ? WHERE rowid = ?`);
  const remove = sql.prepare('DELETE FROM users WHERE rowid = ?');
  const relabel = sql.prepare('UPDATE users SET lid = ? WHERE rowid = ?');
  const detach = sql.prepare(
    'UPDATE users SET sid = NULL, etag = NULL, rev = NULL, base_doc = NULL, modified_at = NULL WHERE rowid = ?',
  );
  const index = sql.prepare('INSERT INTO users_fts (rowid, search_key) VALUES (?, ?)');
  const unindex = sql.prepare('DELETE FROM users_fts WHERE rowid = ?');
  const base = sql.prepare<[number], { doc: string | null }>(/* sql */ `
    SELECT iif(u.sid IS NULL, NULL, coalesce(u.base_doc, json_object(
        'sid', u.sid, 'etag', u.etag, 'rev', u.rev, 'externalRef', NULL, 'createdAt', u.created_at, 'modifiedAt', u.modified_at,
        'modifiedBy', u.modified_by, 'accountSid', a.sid, 'source', u.source, 'isRegistered', json(iif(u.is_registered, 'true', 'false')),
        'fields', json_object('firstName', u.first_name, 'lastName', u.last_name, 'name', u.name, 'email', u.email, 'mobile', u.mobile,
          'extension', u.extension, 'role', u.role)))) AS doc
    FROM users u JOIN accounts a ON a.rowid = u.account WHERE u.rowid = ?`);

  /**
   * The row of this id. The server's record may have come under another id before its create was answered: that row stays, because it
   * may be newer than the answer, and takes over the id.
   */
  function claim(lid: string, sid: string) {
    const rows = candidates.all(lid, sid);
    const own = rows.find((row) => row.lid === lid);
    const copy = rows.find((row) => row.lid !== lid);
    if (!own || !copy) return own ?? copy;
    dropRow(own);
    relabel.run(lid, copy.rowid);
    return { ...copy, lid };
  }

  function find(lid: string, sid: string) {
    return candidates.get(lid, sid);
  }

  function dropRow({ rowid, account }: { rowid: number; account: number }, bulk = false): void {
    remove.run(rowid);
    unindex.run(rowid);
    positions.invalidate(account, bulk);
  }

  function reindex(rowid: number, before: string, after: string): void {
    if (before === after) return;
    unindex.run(rowid);
    index.run(rowid, after);
  }

  return {
    applyServer(
      _tx: Tx<'cache'>,
      account: number,
      page: Parameters<UserRepository['applyServer']>[2],
      gen: number,
    ): number {
      let changed = 0;
      const added: [number, string][] = [];
      for (const { record, lid, overlay } of page) {
        const fields = overlay ? { ...record.fields, ...overlay.patch } : record.fields;
        const { nameKey, searchKey } = userKeys(fields);
        const baseDoc = overlay ? userBase(record) : null;
        const pending = overlay?.pending ?? 0;
        const known = claim(lid, record.sid);
        const tail = [
          ...[
            fields.firstName,
            fields.lastName,
            fields.name,
            fields.email,
            fields.mobile,
            fields.extension,
            fields.role,
          ],
          ...[record.source, record.isRegistered ? 1 : 0, record.createdAt, record.modifiedAt, record.modifiedBy],
          ...[nameKey, emailKey(fields.email), searchKey, record.etag, record.rev, baseDoc, pending, gen],
        ];
        if (!known) {
          const { lastInsertRowid } = insert.run(lid, record.sid, account, ...tail);
          added.push([Number(lastInsertRowid), searchKey]);
          changed += 1;
          continue;
        }
        // A page that is older than what is known here never overwrites it (SYNC 3.9).
        const order = compareMarks(record, known);
        const isSame =
          order === 'same' && known.pending === pending && known.sid !== null && known.etag === record.etag;
        if (order === 'older' || isSame) {
          touch.run(gen, known.rowid);
          continue;
        }
        update.run(record.sid, ...tail, known.rowid);
        reindex(known.rowid, known.searchKey, searchKey);
        changed += 1;
      }
      // One statement per row, after the rows: interleaving the two tables costs a third of the speed.
      for (const [rowid, searchKey] of added) index.run(rowid, searchKey);
      if (changed > 0) positions.invalidate(account, page.length > 1);
      return changed;
    },
    putLocal(_tx: Tx<'cache'>, account: number, users: Parameters<UserRepository['putLocal']>[2]): void {
      for (const { lid, fields, pending } of users) {
        if (find(lid, '')) continue;
        const { nameKey, searchKey } = userKeys(fields);
        const { lastInsertRowid } = insert.run(
          ...[
            lid,
            null,
            account,
            fields.firstName,
            fields.lastName,
            fields.name,
            fields.email,
            fields.mobile,
            fields.extension,
            fields.role,
          ],
          ...['ACCOUNTS', 0, null, null, '', nameKey, emailKey(fields.email), searchKey, null, null, null, pending, 0],
        );
        index.run(Number(lastInsertRowid), searchKey);
      }
      positions.invalidate(account, users.length > 1);
    },
    setView(_tx: Tx<'cache'>, lid: string, fields: UserFields, pending: PendingCode): void {
      const known = find(lid, '');
      if (!known) return;
      const { nameKey, searchKey } = userKeys(fields);
      const baseDoc = pending === 0 ? null : must(base.get(known.rowid), 'the row was just read').doc;
      view.run(
        ...[fields.firstName, fields.lastName, fields.name, fields.email, fields.mobile, fields.extension, fields.role],
        ...[nameKey, emailKey(fields.email), searchKey, baseDoc, pending, known.rowid],
      );
      reindex(known.rowid, known.searchKey, searchKey);
      if (known.nameKey !== nameKey) positions.invalidate(known.account, false);
    },
    remove(_tx: Tx<'cache'>, lids: readonly string[]): void {
      for (const lid of lids) {
        const known = find(lid, '');
        if (known) dropRow(known, lids.length > 1);
      }
    },
    removeBySid(_tx: Tx<'cache'>, sid: string): void {
      const known = find('', sid);
      if (!known) return;
      if (known.pending === 0) dropRow(known);
      else detach.run(known.rowid);
    },
  };
}
