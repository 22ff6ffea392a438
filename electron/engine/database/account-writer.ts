import type { AccountFields } from '../../../shared/model/account.ts';
import { NOTHING_ASSIGNABLE } from '../../../shared/model/assignables.ts';
import { compareMarks, isShown, type PendingCode } from '../domain/records.ts';
import type { AccountRepository } from './account-repository.ts';
import { ACCOUNT_COLUMNS, accountKeys, accountRecordOf, recordOfDoc, type AccountRow } from './account-rows.ts';
import { derivedLid } from './id-repository.ts';
import type { Store, Tx } from './store.ts';

const NOTHING = JSON.stringify(NOTHING_ASSIGNABLE);

/** Writes accounts: what the server has, and what queued changes put over it. */
export function createAccountWriter(sql: Store<'cache'>['sql']) {
  const candidates = sql.prepare<[string, string], AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS}, rowid, etag, rev, base_doc AS baseDoc FROM accounts WHERE lid = ? OR sid = ?`,
  );
  const put = sql.prepare(/* sql */ `
    INSERT INTO accounts (lid, sid, name, country, street, city, state_or_province, zip_code, language_code, business_type, support_contacts,
      account_number, is_partner_account, is_active, source, cloud_location, sap_customer_number, pbx_type, custom_roles, assignables, is_guest_access_allowed,
      is_delegated_authentication_allowed, user_limit, created_at, created_by, modified_at, modified_by, name_key, search_key, etag, rev,
      base_doc, pending, gen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (lid) DO UPDATE SET sid = excluded.sid, name = excluded.name, country = excluded.country, street = excluded.street,
      city = excluded.city, state_or_province = excluded.state_or_province, zip_code = excluded.zip_code,
      language_code = excluded.language_code, business_type = excluded.business_type, support_contacts = excluded.support_contacts,
      account_number = excluded.account_number, is_partner_account = excluded.is_partner_account, is_active = excluded.is_active,
      source = excluded.source, cloud_location = excluded.cloud_location, sap_customer_number = excluded.sap_customer_number,
      pbx_type = excluded.pbx_type, custom_roles = excluded.custom_roles, assignables = excluded.assignables, is_guest_access_allowed = excluded.is_guest_access_allowed,
      is_delegated_authentication_allowed = excluded.is_delegated_authentication_allowed, user_limit = excluded.user_limit,
      created_at = excluded.created_at, created_by = excluded.created_by, modified_at = excluded.modified_at,
      modified_by = excluded.modified_by, name_key = excluded.name_key, search_key = excluded.search_key, etag = excluded.etag,
      rev = excluded.rev, base_doc = excluded.base_doc, pending = excluded.pending, gen = excluded.gen, is_deleted = 0`);
  const touch = sql.prepare('UPDATE accounts SET gen = ? WHERE rowid = ?');
  const view = sql.prepare(/* sql */ `
    UPDATE accounts SET name = ?, country = ?, street = ?, city = ?, state_or_province = ?, zip_code = ?, language_code = ?, business_type = ?,
      support_contacts = ?, name_key = ?, search_key = ?, base_doc = ?, pending = ? WHERE rowid = ?`);
  const remove = sql.prepare(
    'DELETE FROM accounts WHERE lid = ? AND NOT EXISTS (SELECT 1 FROM users WHERE users.account = accounts.rowid)',
  );
  const hide = sql.prepare('UPDATE accounts SET is_deleted = 1 WHERE lid = ?');
  const detach = sql.prepare(
    'UPDATE accounts SET sid = NULL, etag = NULL, rev = NULL, base_doc = NULL, modified_at = NULL WHERE rowid = ?',
  );
  const moveUsers = sql.prepare('UPDATE users SET account = ? WHERE account = ?');
  const relabel = sql.prepare('UPDATE accounts SET lid = ? WHERE rowid = ?');
  const erase = sql.prepare('DELETE FROM accounts WHERE rowid = ?');

  function find(lid: string, sid: string): AccountRow | undefined {
    return candidates.get(lid, sid);
  }

  /**
   * The row of this id. The server's record may have come under another id before its create was answered: that row stays, because it
   * may be newer than the answer, and takes over the id and the users.
   */
  function claim(lid: string, sid: string): AccountRow | undefined {
    const rows = candidates.all(lid, sid);
    const own = rows.find((row) => row.lid === lid);
    const copy = rows.find((row) => row.lid !== lid);
    if (!copy) return own;
    if (own) {
      moveUsers.run(copy.rowid, own.rowid);
      erase.run(own.rowid);
    } else if (copy.lid !== derivedLid('account', sid)) return copy;
    relabel.run(lid, copy.rowid);
    return { ...copy, lid };
  }

  function dropRow(lid: string): void {
    // Users may still hang on it; they go with their own scope.
    if (remove.run(lid).changes === 0) hide.run(lid);
  }

  const values = (fields: AccountFields): string[] => [
    ...[
      fields.name,
      fields.country,
      fields.street,
      fields.city,
      fields.stateOrProvince,
      fields.zipCode,
      fields.languageCode,
    ],
    ...[fields.businessType, JSON.stringify(fields.supportContacts)],
  ];

  return {
    applyServer(
      _tx: Tx<'cache'>,
      page: Parameters<AccountRepository['applyServer']>[1],
      gen: number,
      notice?: Parameters<AccountRepository['applyServer']>[3],
    ): number {
      let changed = 0;
      for (const { record, lid, overlay } of page) {
        const known = claim(lid, record.sid);
        const pending = overlay?.pending ?? 0;
        const order = known ? compareMarks(record, known) : 'newer';
        if (known && (order === 'older' || (order === 'same' && isShown(known, record, pending)))) {
          touch.run(gen, known.rowid);
          continue;
        }
        notice?.(lid, record, !known || known.sid === null);
        const fields = overlay ? { ...record.fields, ...overlay.patch } : record.fields;
        const { nameKey, searchKey } = accountKeys(fields, record.sid, record.accountNumber);
        put.run(
          ...[
            known?.lid ?? lid,
            record.sid,
            ...values(fields),
            record.accountNumber,
            record.isPartnerAccount ? 1 : 0,
            record.isActive ? 1 : 0,
          ],
          ...[
            record.source,
            record.cloudLocation,
            record.sapCustomerNumber,
            record.pbxType,
            JSON.stringify(record.customRoles),
            JSON.stringify(record.assignables),
            record.isGuestAccessAllowed ? 1 : 0,
          ],
          ...[
            record.isDelegatedAuthenticationAllowed ? 1 : 0,
            record.userLimit,
            record.createdAt,
            record.createdBy,
            record.modifiedAt,
          ],
          ...[
            record.modifiedBy,
            nameKey,
            searchKey,
            record.etag,
            record.rev,
            overlay ? JSON.stringify(record) : null,
            pending,
            gen,
          ],
        );
        changed += 1;
      }
      return changed;
    },
    putLocal(_tx: Tx<'cache'>, lid: string, fields: AccountFields, pending: PendingCode): void {
      if (find(lid, '')) return;
      const { nameKey, searchKey } = accountKeys(fields, null, '');
      put.run(
        ...[lid, null, ...values(fields), '', 0, 1, 'ACCOUNTS', '', '', '', '[]', NOTHING, 0, 0, 0, null, '', null, ''],
        ...[nameKey, searchKey, null, null, null, pending, 0],
      );
    },
    setView(_tx: Tx<'cache'>, lid: string, fields: AccountFields, pending: PendingCode): void {
      const known = find(lid, '');
      if (!known) return;
      const { nameKey, searchKey } = accountKeys(fields, known.sid, known.accountNumber);
      const record = known.baseDoc === null ? accountRecordOf(known) : recordOfDoc(known.baseDoc);
      view.run(
        ...values(fields),
        nameKey,
        searchKey,
        pending === 0 || !record ? null : JSON.stringify(record),
        pending,
        known.rowid,
      );
    },
    remove(_tx: Tx<'cache'>, lid: string): void {
      dropRow(lid);
    },
    removeBySid(_tx: Tx<'cache'>, sid: string): void {
      const known = find('', sid);
      if (!known) return;
      if (known.pending === 0) dropRow(known.lid);
      else detach.run(known.rowid);
    },
  };
}
