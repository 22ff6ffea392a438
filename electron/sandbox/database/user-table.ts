import { tierOf, type License } from '../../../shared/model/license.ts';
import type { Db } from './open.ts';
import { compileFilter, type Columns, type Filter } from './filter-sql.ts';
import type { NewUser, UserRecord } from './records.ts';

const SELECT = `SELECT position, user_id AS userId, account, first_name AS firstName, last_name AS lastName, name, email,
  email_key AS emailKey, role, extension, mobile, mitel_one AS mitelOne, miteam_meetings AS miteamMeetings, sms_number AS smsNumber, language,
  user_template AS userTemplate, tags, welcome_email_on AS welcomeEmailOn, source, is_verified AS isVerified, external_ref AS externalRef,
  created_on AS createdOn, created_by AS createdBy, modified_on AS modifiedOn, modified_by AS modifiedBy, rev FROM users`;

const FILTERS: Columns = {
  userId: { sql: 'user_id', type: 'text' },
  firstName: { sql: 'first_name', type: 'text' },
  lastName: { sql: 'last_name', type: 'text' },
  name: { sql: 'name', type: 'text' },
  email: { sql: 'email', type: 'text' },
  role: { sql: 'role', type: 'text' },
  extension: { sql: 'extension', type: 'text' },
  mobile: { sql: 'mobile', type: 'text' },
  source: { sql: 'source', type: 'text' },
  userVerified: { sql: 'is_verified', type: 'flag' },
  createdOn: { sql: 'created_on', type: 'text' },
  modifiedOn: { sql: 'modified_on', type: 'text' },
};
// Ours: only while the capability is on.
const FILTERS_WITH_REFERENCE: Columns = { ...FILTERS, externalRef: { sql: 'external_ref', type: 'text' } };

type UserPageQuery = {
  readonly account: number;
  readonly filter: Filter | null;
  readonly isReferenceKnown: boolean;
  /** The position of the last user of the page before. */
  readonly after: number;
  readonly skip: number;
  readonly limit: number;
};

export type UserTable = ReturnType<typeof createUserTable>;

export function createUserTable(db: Db) {
  const insert =
    db.prepare<NewUser>(`INSERT INTO users (user_id, account, first_name, last_name, name, email, email_key, role,
    extension, mobile, mitel_one, miteam_meetings, sms_number, language, user_template, tags, welcome_email_on, source, is_verified, external_ref, created_on, created_by, modified_on, modified_by, rev)
    VALUES (@userId, @account, @firstName, @lastName, @name, @email, @emailKey, @role, @extension, @mobile, @mitelOne, @miteamMeetings, @smsNumber, @language, @userTemplate, @tags, @welcomeEmailOn, @source,
    @isVerified, @externalRef, @createdOn, @createdBy, @modifiedOn, @modifiedBy, @rev)`);
  const update =
    db.prepare<UserRecord>(`UPDATE users SET first_name = @firstName, last_name = @lastName, name = @name, email = @email,
    email_key = @emailKey, role = @role, extension = @extension, mobile = @mobile, mitel_one = @mitelOne, miteam_meetings = @miteamMeetings, sms_number = @smsNumber,
    language = @language, user_template = @userTemplate, tags = @tags, welcome_email_on = @welcomeEmailOn, modified_on = @modifiedOn,
    modified_by = @modifiedBy, rev = @rev WHERE position = @position`);
  const remove = db.prepare<[number]>('DELETE FROM users WHERE position = ?');
  const removeAll = db.prepare<[number]>('DELETE FROM users WHERE account = ?');
  const byId = db.prepare<[string], UserRecord>(`${SELECT} WHERE user_id = ?`);
  const byEmail = db.prepare<[number, string], UserRecord>(`${SELECT} WHERE account = ? AND email_key = ?`);
  const bySmsNumber = db.prepare<[number, string], UserRecord>(`${SELECT} WHERE account = ? AND sms_number = ?`);
  const withTier = db
    .prepare<[number, string], number>(
      "SELECT count(*) FROM users WHERE account = ? AND mitel_one = ? AND mitel_one <> ''",
    )
    .pluck();
  const withMeetings = db
    .prepare<[number], number>("SELECT count(*) FROM users WHERE account = ? AND miteam_meetings <> ''")
    .pluck();
  const byReference = db.prepare<[string], UserRecord>(`${SELECT} WHERE external_ref = ?`);
  const changed = db.prepare<[number, number, number], UserRecord>(
    `${SELECT} WHERE account = ? AND rev > ? ORDER BY rev LIMIT ?`,
  );
  // INDEXED BY: without statistics the planner prefers users_by_email, whose order is not the page's.
  const next = db.prepare<[number, number, number], UserRecord>(
    `${SELECT} INDEXED BY users_by_account WHERE account = ? AND position > ? ORDER BY position LIMIT ?`,
  );
  const positionAt = db
    .prepare<[number, number, number], number>(
      'SELECT position FROM users INDEXED BY users_by_account WHERE account = ? AND position > ? ORDER BY position LIMIT 1 OFFSET ?',
    )
    .pluck();

  const filtered = (query: UserPageQuery, filter: Filter): UserRecord[] => {
    const { sql, values } = compileFilter(filter, query.isReferenceKnown ? FILTERS_WITH_REFERENCE : FILTERS);
    return db
      .prepare<unknown[], UserRecord>(
        `${SELECT} WHERE account = ? AND position > ? AND ${sql} ORDER BY position LIMIT ? OFFSET ?`,
      )
      .all(query.account, query.after, ...values, query.limit, query.skip);
  };

  return {
    byId: (userId: string): UserRecord | undefined => byId.get(userId),
    byEmail: (account: number, key: string): UserRecord | undefined => byEmail.get(account, key),
    bySmsNumber: (account: number, number: string): UserRecord | undefined => bySmsNumber.get(account, number),
    /** How many users of the account have the license. */
    countLicensed: (account: number, license: License): number =>
      (license === 'MITEAM_MEETINGS' ? withMeetings.get(account) : withTier.get(account, tierOf(license))) ?? 0,
    byReference: (reference: string): UserRecord | undefined => byReference.get(reference),
    changedSince: (account: number, rev: number, limit: number): readonly UserRecord[] =>
      changed.all(account, rev, limit),
    page: (query: UserPageQuery): readonly UserRecord[] => {
      if (query.filter) return filtered(query, query.filter);
      if (query.skip === 0) return next.all(query.account, query.after, query.limit);
      const last = positionAt.get(query.account, query.after, query.skip - 1);
      return last === undefined ? [] : next.all(query.account, last, query.limit);
    },
    countMatching: (query: Pick<UserPageQuery, 'account' | 'isReferenceKnown'>, filter: Filter): number => {
      const { sql, values } = compileFilter(filter, query.isReferenceKnown ? FILTERS_WITH_REFERENCE : FILTERS);
      const count = db
        .prepare<unknown[], number>(`SELECT count(*) FROM users WHERE account = ? AND ${sql}`)
        .pluck()
        .get(query.account, ...values);
      return count ?? 0;
    },
    insert: (user: NewUser): void => {
      insert.run(user);
    },
    update: (user: UserRecord): void => {
      update.run(user);
    },
    remove: (position: number): void => {
      remove.run(position);
    },
    removeAll: (account: number): void => {
      removeAll.run(account);
    },
  };
}
