import { foldText } from '../../../shared/lib/fold-text.ts';
import type { AccountId, UserId } from '../../../shared/model/ids.ts';
import {
  displayNameOf,
  fieldsOf,
  type User,
  type UserField,
  type UserFields,
  type UserRow,
} from '../../../shared/model/user.ts';
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
  readonly mitelOne: string;
  readonly miteamMeetings: string;
  readonly source: string;
  readonly isRegistered: number;
  readonly modifiedAt: string | null;
  readonly modifiedBy: string;
  readonly pending: number;
};

/** What every row that is read tells of a user beside the fields. */
export const RECORD_COLUMNS =
  'u.lid, u.source, u.is_registered AS isRegistered, u.modified_at AS modifiedAt, u.modified_by AS modifiedBy, u.pending';
export const LIST_COLUMNS =
  'u.lid, u.name, u.first_name AS firstName, u.last_name AS lastName, u.email, u.extension, u.role, u.mitel_one AS mitelOne, u.miteam_meetings AS miteamMeetings, u.source, u.is_registered AS isRegistered, u.modified_at AS modifiedAt, u.modified_by AS modifiedBy, u.pending';

export function toUserRow(row: ListedUser): UserRow {
  return {
    id: row.lid as UserId,
    name: displayNameOf(row),
    email: row.email,
    extension: row.extension,
    role: row.role,
    mitelOne: row.mitelOne,
    miteamMeetings: row.miteamMeetings,
    source: row.source,
    isRegistered: row.isRegistered === 1,
    modifiedAt: row.modifiedAt,
    modifiedBy: row.modifiedBy,
    pending: PENDING_CODES[row.pending] ?? null,
  };
}

export type StoredUser = Omit<ListedUser, UserField> &
  UserFields & {
    readonly rowid: number;
    readonly sid: string | null;
    readonly accountLid: string;
    readonly createdAt: string | null;
  };

export function toUser(row: StoredUser): User {
  return {
    id: row.lid as UserId,
    accountId: row.accountLid as AccountId,
    serverId: row.sid,
    ...fieldsOf(row),
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
