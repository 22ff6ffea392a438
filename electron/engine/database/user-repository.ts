import { displayNameOf } from '../../../shared/model/user.ts';
import { LICENSES, licensesOf, tierOf, type License, type LicenseFields } from '../../../shared/model/license.ts';
import type { User, UserFields } from '../../../shared/model/user.ts';
import type { Overlay, PendingCode, ServerUser } from '../domain/records.ts';
import { createPositionIndex, type PositionIndex } from './position-index.ts';
import type { Store, Tx } from './store.ts';
import { FIELD_COLUMNS, RECORD_JSON } from './user-columns.ts';
import { LIST_COLUMNS, RECORD_COLUMNS, toUser, toUserRow, type ListedUser, type StoredUser } from './user-rows.ts';
import { createUserSearch, type SearchPage } from './user-search.ts';
import { createUserWriter } from './user-writer.ts';

export type KnownAddress = {
  readonly emailKey: string;
  readonly lid: string;
  readonly name: string;
  readonly isUnsent: boolean;
  readonly isPending: boolean;
  readonly source: string;
  readonly fields: UserFields;
};
export type SmsOwner = { readonly lid: string; readonly name: string };
export type UserState = {
  readonly rowid: number;
  readonly lid: string;
  readonly sid: string | null;
  readonly account: number;
  readonly base: ServerUser | null;
};

export type ArrivingUser = {
  readonly record: ServerUser;
  readonly lid: string;
  readonly overlay: Overlay<UserFields> | null;
  /** The server's id is not known here: nothing needs to be looked for before the row is written. */
  readonly isNew?: boolean;
};

export type UserRepository = {
  page(account: number, search: string, page: { offset: number; limit: number }): SearchPage;
  get(lid: string): User | null;
  /** The server's record below the view; null for a user that exists only here. */
  state(lid: string): UserState | null;
  lidBySid(sid: string): string | null;
  /** By server id; those that are not here are left out. */
  lidsBySid(sids: readonly string[]): ReadonlyMap<string, string>;
  findByEmails(account: number, emailKeys: readonly string[]): readonly KnownAddress[];
  /** The next addresses of an account behind one, in their order; from the first with ''. One that several users have may come once. */
  emailKeysAfter(account: number, after: string, limit: number): readonly string[];
  /** Domains of the addresses of some thousand users of the account, the most frequent first. */
  domainsIn(account: number): readonly { readonly domain: string; readonly count: number }[];
  /** What is shown of users, and what is below; without those that are not here. */
  shown(lids: readonly string[]): ReadonlyMap<string, ShownUser>;
  countIn(account: number): number;
  /** By number: who has it. */
  smsOwners(account: number): ReadonlyMap<string, SmsOwner>;
  /** How many users of the account have each license, with what waits in the Outbox, without those whom the cloud has refused. */
  licensed(account: number): ReadonlyMap<License, number>;
  /** Rows that show something that waits. */
  pendingLids(): readonly string[];
  /** Names, in list order, for the template and for exports. */
  iterate(account: number): IterableIterator<User>;
  /** Writes one page of the server's records. Returns how many rows changed. `notice` hears of each before it is written. */
  applyServer(
    tx: Tx<'cache'>,
    account: number,
    page: readonly ArrivingUser[],
    gen: number,
    notice?: (lid: string, record: ServerUser, isNew: boolean) => void,
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

/** `base`: the server's values; null when it has none. They are kept apart while the view differs from them. */
export type ShownUser = {
  readonly fields: UserFields;
  readonly pending: number;
  readonly base: UserFields | null;
  readonly isBaseKept: boolean;
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
  const stored = /* sql */ `SELECT ${RECORD_COLUMNS}, ${FIELD_COLUMNS}, u.rowid, u.sid, u.created_at AS createdAt, a.lid AS accountLid
    FROM users u JOIN accounts a ON a.rowid = u.account`;
  const one = sql.prepare<[string], StoredUser>(`${stored} WHERE u.lid = ? AND u.is_deleted = 0`);
  const all = sql.prepare<[number], StoredUser>(
    `${stored} WHERE u.account = ? AND u.is_deleted = 0 ORDER BY u.name_key, u.rowid`,
  );
  const state = sql.prepare<
    [string],
    { rowid: number; lid: string; sid: string | null; account: number; baseDoc: string | null; doc: string }
  >(/* sql */ `SELECT u.rowid, u.lid, u.sid, u.account, u.base_doc AS baseDoc, ${RECORD_JSON} AS doc
      FROM users u JOIN accounts a ON a.rowid = u.account WHERE u.lid = ?`);
  const bySid = sql.prepare<[string], { lid: string }>('SELECT lid FROM users WHERE sid = ?');
  const bySids = sql.prepare<[string], { sid: string; lid: string }>(
    'SELECT u.sid, u.lid FROM json_each(?) k CROSS JOIN users u ON u.sid = k.value',
  );
  const byEmail = sql.prepare<
    [string, number],
    UserFields & { emailKey: string; lid: string; sid: string | null; pending: number; source: string }
  >(/* sql */ `
    SELECT u.email_key AS emailKey, u.lid, u.sid, u.pending, u.source, ${FIELD_COLUMNS}
    FROM json_each(?) k CROSS JOIN users u ON u.account = ? AND u.email_key = k.value AND u.is_deleted = 0`);
  const keysAfter = sql
    .prepare<[number, string, number], string>(/* sql */ `
      SELECT email_key FROM users INDEXED BY users_email
      WHERE account = ? AND is_deleted = 0 AND email_key > ? ORDER BY email_key LIMIT ?`)
    .pluck();
  const domains = sql.prepare<[number], { domain: string; count: number }>(/* sql */ `
    SELECT substr(email_key, instr(email_key, '@') + 1) AS domain, count(*) AS count
    FROM (SELECT email_key FROM users WHERE account = ? AND is_deleted = 0 AND email_key LIKE '%@%' LIMIT 5000)
    GROUP BY 1 ORDER BY 2 DESC, 1`);
  const smsOwners = sql.prepare<[number], UserFields & { lid: string }>(
    `SELECT u.lid, ${FIELD_COLUMNS} FROM users u WHERE u.account = ? AND u.sms_number <> '' AND u.is_deleted = 0`,
  );
  // Each from an index alone: an account may have a hundred thousand.
  const tiers = sql.prepare<[number], { tier: string; count: number }>(
    "SELECT mitel_one AS tier, count(*) AS count FROM users WHERE account = ? AND mitel_one <> '' AND is_deleted = 0 GROUP BY mitel_one",
  );
  const meetings = sql
    .prepare<[number], number>(
      "SELECT count(*) FROM users WHERE account = ? AND miteam_meetings <> '' AND is_deleted = 0",
    )
    .pluck();
  const refused = sql.prepare<[number], LicenseFields & { count: number }>(/* sql */ `
    SELECT mitel_one AS mitelOne, miteam_meetings AS miteamMeetings, count(*) AS count FROM users INDEXED BY users_refused
    WHERE account = ? AND pending = 4 AND sid IS NULL AND is_deleted = 0 GROUP BY mitel_one, miteam_meetings`);
  const pending = sql.prepare<[], { lid: string }>('SELECT lid FROM users WHERE pending <> 0');
  const shown = sql.prepare<
    [string],
    UserFields & { lid: string; isKnown: number; pending: number; baseDoc: string | null }
  >(/* sql */ `
    SELECT u.lid, u.sid IS NOT NULL AS isKnown, u.pending, u.base_doc AS baseDoc, ${FIELD_COLUMNS}
    FROM json_each(?) k CROSS JOIN users u ON u.lid = k.value`);
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
    lidsBySid: (sids) => new Map(bySids.all(JSON.stringify(sids)).map(({ sid, lid }) => [sid, lid])),
    lidBySid: (sid) => bySid.get(sid)?.lid ?? null,
    findByEmails: (account, keys) =>
      byEmail.all(JSON.stringify(keys), account).map(({ emailKey, lid, sid, pending: code, source, ...fields }) => ({
        ...{ emailKey, lid, source, fields, name: displayNameOf(fields) },
        isUnsent: sid === null,
        isPending: code !== 0,
      })),
    emailKeysAfter: (account, after, limit) => keysAfter.all(account, after, limit),
    domainsIn: (account) => domains.all(account),
    pendingLids: () => pending.all().map(({ lid }) => lid),
    shown: (lids) =>
      new Map(
        shown.all(JSON.stringify(lids)).map(({ lid, isKnown, pending: code, baseDoc, ...fields }) => {
          const kept = baseDoc === null ? fields : (JSON.parse(baseDoc) as ServerUser).fields;
          return [lid, { fields, pending: code, base: isKnown === 1 ? kept : null, isBaseKept: baseDoc !== null }];
        }),
      ),
    smsOwners: (account) =>
      new Map(
        smsOwners.all(account).map(({ lid, ...fields }) => [fields.smsNumber, { lid, name: displayNameOf(fields) }]),
      ),
    licensed(account) {
      const given = new Map(tiers.all(account).map(({ tier, count }) => [tier, count]));
      const left = refused.all(account);
      return new Map(
        LICENSES.map((license) => {
          const shown = license === 'MITEAM_MEETINGS' ? meetings.get(account) : given.get(tierOf(license));
          const unused = left.filter((user) => licensesOf(user).includes(license));
          return [license, (shown ?? 0) - unused.reduce((sum, { count }) => sum + count, 0)];
        }),
      );
    },
    countIn: (account) => positions.locate(account, 0).total,
    *iterate(account) {
      for (const row of all.iterate(account)) yield toUser(row);
    },
    unseen: (account, gen) => unseen.all(account, gen),
    settled: (account) => positions.invalidate(account, false),
    ...write,
  };
}
