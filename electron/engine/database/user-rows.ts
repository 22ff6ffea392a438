import { foldText } from '../../../shared/lib/fold-text.ts';
import type { AccountId, UserId } from '../../../shared/model/ids.ts';
import { displayNameOf, type User, type UserFields, type UserRow } from '../../../shared/model/user.ts';
import { PENDING_CODES, type ServerUser } from '../domain/records.ts';

/** A row of the list, as SQL gives it. */
export type ListedUser = {
  readonly lid: string;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly extension: string;
  readonly role: string;
  readonly source: string;
  readonly isRegistered: number;
  readonly modifiedAt: string | null;
  readonly modifiedBy: string;
  readonly pending: number;
};

export const LIST_COLUMNS =
  'u.lid, u.name, u.first_name AS firstName, u.last_name AS lastName, u.email, u.extension, u.role, u.source, u.is_registered AS isRegistered, u.modified_at AS modifiedAt, u.modified_by AS modifiedBy, u.pending';

export function toUserRow(row: ListedUser): UserRow {
  return {
    id: row.lid as UserId,
    name: displayNameOf(row),
    email: row.email,
    extension: row.extension,
    role: row.role,
    source: row.source,
    isRegistered: row.isRegistered === 1,
    modifiedAt: row.modifiedAt,
    modifiedBy: row.modifiedBy,
    pending: PENDING_CODES[row.pending] ?? null,
  };
}

export type StoredUser = ListedUser & {
  readonly rowid: number;
  readonly sid: string | null;
  readonly accountLid: string;
  readonly mobile: string;
  readonly welcomeEmailOn: string;
  readonly createdAt: string | null;
};

export function toUser(row: StoredUser): User {
  return {
    id: row.lid as UserId,
    accountId: row.accountLid as AccountId,
    serverId: row.sid,
    firstName: row.firstName,
    lastName: row.lastName,
    name: row.name,
    email: row.email,
    mobile: row.mobile,
    welcomeEmailOn: row.welcomeEmailOn,
    extension: row.extension,
    role: row.role,
    source: row.source,
    isRegistered: row.isRegistered === 1,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    modifiedBy: row.modifiedBy,
    pending: PENDING_CODES[row.pending] ?? null,
  };
}

/** The keys a row is ordered and searched by. */
export function userKeys(fields: UserFields): { nameKey: string; searchKey: string } {
  const nameKey = foldText(displayNameOf(fields));
  const parts = [displayNameOf(fields), fields.firstName, fields.lastName, fields.email, fields.extension];
  const words = new Set(parts.map(foldText).filter((part) => part !== ''));
  return { nameKey, searchKey: [...words].join(' ') };
}

/** What the merge compares: the server's record, kept beside the view while the view differs from it. */
export function userBase(record: ServerUser): string {
  return JSON.stringify(record);
}
