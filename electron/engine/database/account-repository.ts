import type { Account, AccountFields, AccountState } from '../../../shared/model/account.ts';
import { foldText } from '../../../shared/lib/fold-text.ts';
import { NOTHING_ASSIGNABLE, type Assignables } from '../../../shared/model/assignables.ts';
import { rolesIn } from '../../../shared/model/role.ts';
import type { Overlay, PendingCode, ServerAccount } from '../domain/records.ts';
import {
  ACCOUNT_COLUMNS,
  accountFieldsOf,
  accountRecordOf,
  recordOfDoc,
  toAccount,
  type AccountRow,
  type StoredAccount,
} from './account-rows.ts';
import { createAccountWriter } from './account-writer.ts';
import type { UserChoices } from '../../../shared/model/user-choices.ts';
import type { Store, Tx } from './store.ts';

export type AccountKey = {
  readonly rowid: number;
  readonly lid: string;
  readonly sid: string | null;
  readonly name: string;
  readonly isActive: boolean;
};
export type AccountBase = AccountKey & { readonly base: ServerAccount | null; readonly fields: AccountFields };

export type AccountRepository = {
  list(
    state: AccountState,
    search: string,
    page: { offset: number; limit: number },
  ): { rows: readonly Account[]; total: number };
  counts(): { activeCount: number; deactivatedCount: number };
  get(lid: string): Account | null;
  /** The server's record below the view, null when the account exists only here; and the view's fields. */
  state(lid: string): AccountBase | null;
  key(lid: string): AccountKey | null;
  /** What users of the account can be given. */
  choices(lid: string): UserChoices;
  /** Every account there is. */
  homes(): readonly { readonly rowid: number; readonly lid: string; readonly name: string }[];
  bySid(sid: string): AccountKey | null;
  all(): readonly AccountKey[];
  /** Rows that show something that waits. */
  pendingLids(): readonly string[];
  applyServer(
    tx: Tx<'cache'>,
    page: readonly { record: ServerAccount; lid: string; overlay: Overlay<AccountFields> | null }[],
    gen: number,
    notice?: (lid: string, record: ServerAccount, isNew: boolean) => void,
  ): number;
  putLocal(tx: Tx<'cache'>, lid: string, fields: AccountFields, pending: PendingCode): void;
  setView(tx: Tx<'cache'>, lid: string, fields: AccountFields, pending: PendingCode): void;
  remove(tx: Tx<'cache'>, lid: string): void;
  /** The server has it no more. An account with queued changes stays, without its server record: its change asks the person. */
  removeBySid(tx: Tx<'cache'>, sid: string): void;
  unseen(gen: number): readonly { lid: string; sid: string; pending: number }[];
};

export function createAccountRepository({ sql }: Store<'cache'>): AccountRepository {
  const columns = `${ACCOUNT_COLUMNS}, rowid, etag, rev, base_doc AS baseDoc`;
  const byLid = sql.prepare<[string], AccountRow>(`SELECT ${columns} FROM accounts WHERE lid = ? AND is_deleted = 0`);
  const bySid = sql.prepare<[string], AccountRow>(`SELECT ${columns} FROM accounts WHERE sid = ? AND is_deleted = 0`);
  const every = sql.prepare<[], AccountRow>(
    `SELECT ${columns} FROM accounts WHERE is_deleted = 0 ORDER BY is_active DESC, name_key, rowid`,
  );
  // A partner has hundreds or thousands of accounts, not a million: a scan of one index is quicker than keeping a trigram index.
  const matches = `is_active = ? AND is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM json_each(?) w WHERE instr(search_key, w.value) = 0)`;
  const listed = sql.prepare<[number, string, number, number], StoredAccount>(
    `SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE ${matches} ORDER BY name_key, rowid LIMIT ? OFFSET ?`,
  );
  const counted = sql.prepare<[number, string], { total: number }>(
    `SELECT count(*) AS total FROM accounts WHERE ${matches}`,
  );
  const pending = sql.prepare<[], { lid: string }>('SELECT lid FROM accounts WHERE pending <> 0');
  const unseen = sql.prepare<[number], { lid: string; sid: string; pending: number }>(
    'SELECT lid, sid, pending FROM accounts WHERE gen < ? AND sid IS NOT NULL AND is_deleted = 0',
  );
  const toKey = (row: AccountRow): AccountKey => ({
    rowid: row.rowid,
    lid: row.lid,
    sid: row.sid,
    name: row.name,
    isActive: row.isActive === 1,
  });
  const count = (isActive: number, words: string): number => counted.get(isActive, words)?.total ?? 0;

  const choices = sql.prepare<[string], Pick<StoredAccount, 'isPartnerAccount' | 'customRoles' | 'assignables'>>(
    'SELECT is_partner_account AS isPartnerAccount, custom_roles AS customRoles, assignables FROM accounts WHERE lid = ?',
  );
  const homes = sql.prepare<[], { rowid: number; lid: string; name: string }>(
    'SELECT rowid, lid, name FROM accounts WHERE is_deleted = 0',
  );

  return {
    list(state, search, { offset, limit }) {
      const words = JSON.stringify(
        foldText(search)
          .split(' ')
          .filter((word) => word !== ''),
      );
      const isActive = state === 'ACTIVE' ? 1 : 0;
      return { rows: listed.all(isActive, words, limit, offset).map(toAccount), total: count(isActive, words) };
    },
    counts: () => ({ activeCount: count(1, '[]'), deactivatedCount: count(0, '[]') }),
    get(lid) {
      const row = byLid.get(lid);
      return row ? toAccount(row) : null;
    },
    state(lid) {
      const row = byLid.get(lid);
      if (!row) return null;
      const base = row.baseDoc === null ? accountRecordOf(row) : recordOfDoc(row.baseDoc);
      return { ...toKey(row), base, fields: accountFieldsOf(row) };
    },
    homes: () => homes.all(),
    choices(lid) {
      const row = choices.get(lid);
      if (!row) return { ...NOTHING_ASSIGNABLE, roles: rolesIn({ isPartnerAccount: false, customRoles: [] }) };
      const { smsNumbers, userTemplates } = JSON.parse(row.assignables) as Assignables;
      const customRoles = JSON.parse(row.customRoles) as string[];
      return {
        roles: rolesIn({ isPartnerAccount: row.isPartnerAccount === 1, customRoles }),
        smsNumbers,
        userTemplates,
      };
    },
    key(lid) {
      const row = byLid.get(lid);
      return row ? toKey(row) : null;
    },
    bySid(sid) {
      const row = bySid.get(sid);
      return row ? toKey(row) : null;
    },
    all: () => every.all().map(toKey),
    pendingLids: () => pending.all().map(({ lid }) => lid),
    unseen: (gen) => unseen.all(gen),
    ...createAccountWriter(sql),
  };
}
