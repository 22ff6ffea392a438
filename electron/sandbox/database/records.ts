import type { Assignables } from '../../../shared/model/assignables.ts';
import type { UserFields } from '../../../shared/model/user.ts';

/** Rows as the tables hold them. Flags are 0 or 1, instants are ISO 8601 text. */
export type AccountRecord = {
  readonly position: number;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly partnerId: string;
  readonly organizationId: string;
  readonly isActive: number;
  readonly isPartner: number;
  readonly source: string;
  readonly languageCode: string;
  readonly businessType: string;
  readonly cloudLocation: string;
  readonly sapCustomerNumber: string;
  readonly pbxType: string;
  readonly country: string;
  readonly street: string;
  readonly city: string;
  readonly stateOrProvince: string;
  readonly zipCode: string;
  readonly allowGuestAccess: number;
  readonly allowProxyAuthentication: number;
  readonly userLimit: number;
  readonly contacts: readonly string[];
  readonly assignables: Assignables;
  readonly externalRef: string | null;
  readonly userCount: number;
  readonly createdOn: string;
  readonly createdBy: string;
  readonly modifiedOn: string;
  readonly modifiedBy: string;
  readonly rev: number;
};

export type UserRecord = Readonly<UserFields> & {
  readonly position: number;
  readonly userId: string;
  /** The account's position. */
  readonly account: number;
  readonly emailKey: string;
  readonly source: string;
  readonly isVerified: number;
  readonly externalRef: string | null;
  readonly createdOn: string;
  readonly createdBy: string;
  readonly modifiedOn: string;
  readonly modifiedBy: string;
  readonly rev: number;
};

export type NewAccount = Omit<AccountRecord, 'position' | 'userCount'>;
export type NewUser = Omit<UserRecord, 'position'>;

export type Tombstone = { readonly rev: number; readonly id: string };

export type RoleRecord = { readonly name: string; readonly base: string; readonly permissions: string };

/** One commit. Append-only: tests read it to prove "exactly once" and "nothing overwritten silently". */
export type LogEntry = {
  readonly seq: number;
  readonly at: string;
  readonly correlationId: string;
  readonly type: 'account' | 'user';
  readonly id: string;
  readonly accountId: string;
  readonly op: 'add' | 'replace' | 'remove';
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly idempotencyKey: string | null;
  readonly externalRef: string | null;
  /** The e-mail address of who did it. */
  readonly actor: string;
};
