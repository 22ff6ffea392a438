import type { Db } from './open.ts';
import { compileFilter, type Columns, type Filter } from './filter-sql.ts';
import type { AccountRecord, NewAccount } from './records.ts';

const SELECT = `SELECT position, account_id AS accountId, account_number AS accountNumber, name, partner_id AS partnerId,
  organization_id AS organizationId, is_active AS isActive, is_partner AS isPartner, source, language_code AS languageCode,
  business_type AS businessType, cloud_location AS cloudLocation, sap_customer_number AS sapCustomerNumber, pbx_type AS pbxType,
  country, street, city, state_or_province AS stateOrProvince, zip_code AS zipCode, allow_guest_access AS allowGuestAccess,
  allow_proxy_authentication AS allowProxyAuthentication, user_limit AS userLimit, contacts, assignables, external_ref AS externalRef,
  user_count AS userCount, created_on AS createdOn, created_by AS createdBy, modified_on AS modifiedOn,
  modified_by AS modifiedBy, rev FROM accounts`;

const FILTERS: Columns = {
  accountId: { sql: 'account_id', type: 'text' },
  accountNumber: { sql: 'account_number', type: 'text' },
  name: { sql: 'name', type: 'text' },
  active: { sql: 'is_active', type: 'flag' },
  source: { sql: 'source', type: 'text' },
  createdOn: { sql: 'created_on', type: 'text' },
  modifiedOn: { sql: 'modified_on', type: 'text' },
};
const FILTERS_WITH_REFERENCE: Columns = { ...FILTERS, externalRef: { sql: 'external_ref', type: 'text' } };

type AccountPageQuery = {
  /** Null: every account of the partner; else the one account the caller belongs to. */
  readonly only: string | null;
  readonly filter: Filter | null;
  readonly isReferenceKnown: boolean;
  readonly after: number;
  readonly skip: number;
  readonly limit: number;
};

type StoredAccount = Omit<AccountRecord, 'contacts' | 'assignables'> & {
  readonly contacts: string;
  readonly assignables: string;
};

export type AccountTable = ReturnType<typeof createAccountTable>;

export function createAccountTable(db: Db) {
  const insert =
    db.prepare(`INSERT INTO accounts (account_id, account_number, name, partner_id, organization_id, is_active,
    is_partner, source, language_code, business_type, cloud_location, sap_customer_number, pbx_type, country, street, city,
    state_or_province, zip_code, allow_guest_access, allow_proxy_authentication, user_limit, contacts, assignables, external_ref,
    created_on, created_by, modified_on, modified_by, rev)
    VALUES (@accountId, @accountNumber, @name, @partnerId, @organizationId, @isActive, @isPartner, @source, @languageCode,
    @businessType, @cloudLocation, @sapCustomerNumber, @pbxType, @country, @street, @city, @stateOrProvince, @zipCode,
    @allowGuestAccess, @allowProxyAuthentication, @userLimit, @contacts, @assignables, @externalRef, @createdOn, @createdBy, @modifiedOn,
    @modifiedBy, @rev)`);
  const update = db.prepare(`UPDATE accounts SET name = @name, is_active = @isActive, language_code = @languageCode,
    business_type = @businessType, country = @country, street = @street, city = @city, state_or_province = @stateOrProvince,
    zip_code = @zipCode, allow_guest_access = @allowGuestAccess, allow_proxy_authentication = @allowProxyAuthentication,
    contacts = @contacts, assignables = @assignables, modified_on = @modifiedOn, modified_by = @modifiedBy, rev = @rev WHERE position = @position`);
  const remove = db.prepare<[number]>('DELETE FROM accounts WHERE position = ?');
  const countUsers = db.prepare<[number, number]>('UPDATE accounts SET user_count = user_count + ? WHERE position = ?');
  const byId = db.prepare<[string], StoredAccount>(`${SELECT} WHERE account_id = ?`);
  const byPosition = db.prepare<[number], StoredAccount>(`${SELECT} WHERE position = ?`);
  const byReference = db.prepare<[string], StoredAccount>(`${SELECT} WHERE external_ref = ?`);
  const partner = db.prepare<[], StoredAccount>(`${SELECT} WHERE is_partner = 1 ORDER BY position LIMIT 1`);
  const changed = db.prepare<[number, number], StoredAccount>(`${SELECT} WHERE rev > ? ORDER BY rev LIMIT ?`);
  const highestNumber = db.prepare<[], string | null>('SELECT max(account_number) FROM accounts').pluck();

  const where = (query: Pick<AccountPageQuery, 'only' | 'filter' | 'isReferenceKnown'>) => {
    const compiled = query.filter
      ? compileFilter(query.filter, query.isReferenceKnown ? FILTERS_WITH_REFERENCE : FILTERS)
      : { sql: '1', values: [] };
    return {
      sql: `(? IS NULL OR account_id = ?) AND ${compiled.sql}`,
      values: [query.only, query.only, ...compiled.values],
    };
  };

  return {
    byId: (accountId: string): AccountRecord | undefined => toAccount(byId.get(accountId)),
    byPosition: (position: number): AccountRecord | undefined => toAccount(byPosition.get(position)),
    byReference: (reference: string): AccountRecord | undefined => toAccount(byReference.get(reference)),
    partner: (): AccountRecord | undefined => toAccount(partner.get()),
    changedSince: (rev: number, limit: number): readonly AccountRecord[] =>
      changed.all(rev, limit).flatMap((row) => toAccount(row) ?? []),
    page: (query: AccountPageQuery): readonly AccountRecord[] => {
      const { sql, values } = where(query);
      return db
        .prepare<unknown[], StoredAccount>(`${SELECT} WHERE ${sql} AND position > ? ORDER BY position LIMIT ? OFFSET ?`)
        .all(...values, query.after, query.limit, query.skip)
        .flatMap((row) => toAccount(row) ?? []);
    },
    count: (query: Pick<AccountPageQuery, 'only' | 'filter' | 'isReferenceKnown'>): number => {
      const { sql, values } = where(query);
      return (
        db
          .prepare<unknown[], number>(`SELECT count(*) FROM accounts WHERE ${sql}`)
          .pluck()
          .get(...values) ?? 0
      );
    },
    /** 9 digits, one above the highest. */
    nextNumber: (): string => String(Number(highestNumber.get() ?? '100000000') + 1),
    insert: (account: NewAccount): number => Number(insert.run(stored(account)).lastInsertRowid),
    update: (account: AccountRecord): void => {
      update.run(stored(account));
    },
    remove: (position: number): void => {
      remove.run(position);
    },
    countUsers: (position: number, difference: number): void => {
      countUsers.run(difference, position);
    },
  };
}

function stored<A extends NewAccount>(account: A) {
  const { contacts, assignables } = account;
  return { ...account, contacts: JSON.stringify(contacts), assignables: JSON.stringify(assignables) };
}

function toAccount(row: StoredAccount | undefined): AccountRecord | undefined {
  if (!row) return undefined;
  const assignables = JSON.parse(row.assignables) as AccountRecord['assignables'];
  return { ...row, contacts: JSON.parse(row.contacts) as string[], assignables };
}
