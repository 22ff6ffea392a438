import type { Account, AccountFields } from '../../../shared/model/account.ts';
import { NOTHING_ASSIGNABLE, type Assignables } from '../../../shared/model/assignables.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { foldText } from '../../../shared/lib/fold-text.ts';
import { PENDING_CODES, type ServerAccount } from '../domain/records.ts';

export const ACCOUNT_COLUMNS = `lid, sid, name, country, street, city, state_or_province AS stateOrProvince, zip_code AS zipCode,
  language_code AS languageCode, business_type AS businessType, support_contacts AS supportContacts, account_number AS accountNumber,
  is_partner_account AS isPartnerAccount, is_active AS isActive, source, cloud_location AS cloudLocation,
  sap_customer_number AS sapCustomerNumber, pbx_type AS pbxType, custom_roles AS customRoles, assignables, is_guest_access_allowed AS isGuestAccessAllowed,
  is_delegated_authentication_allowed AS isDelegatedAuthenticationAllowed, user_limit AS userLimit, created_at AS createdAt,
  created_by AS createdBy, modified_at AS modifiedAt, modified_by AS modifiedBy, pending`;

export type StoredAccount = {
  readonly lid: string;
  readonly sid: string | null;
  readonly name: string;
  readonly country: string;
  readonly street: string;
  readonly city: string;
  readonly stateOrProvince: string;
  readonly zipCode: string;
  readonly languageCode: string;
  readonly businessType: string;
  readonly supportContacts: string;
  readonly accountNumber: string;
  readonly isPartnerAccount: number;
  readonly isActive: number;
  readonly source: string;
  readonly cloudLocation: string;
  readonly sapCustomerNumber: string;
  readonly pbxType: string;
  readonly customRoles: string;
  readonly assignables: string;
  readonly isGuestAccessAllowed: number;
  readonly isDelegatedAuthenticationAllowed: number;
  readonly userLimit: number;
  readonly createdAt: string | null;
  readonly createdBy: string;
  readonly modifiedAt: string | null;
  readonly modifiedBy: string;
  readonly pending: number;
};

export type AccountRow = StoredAccount & {
  rowid: number;
  etag: string | null;
  rev: number | null;
  baseDoc: string | null;
};

export function toAccount(row: StoredAccount): Account {
  return {
    ...accountFieldsOf(row),
    id: row.lid as AccountId,
    serverId: row.sid,
    accountNumber: row.accountNumber,
    isPartnerAccount: row.isPartnerAccount === 1,
    state: row.isActive === 1 ? 'ACTIVE' : 'DEACTIVATED',
    source: row.source,
    cloudLocation: row.cloudLocation,
    sapCustomerNumber: row.sapCustomerNumber,
    pbxType: row.pbxType,
    customRoles: JSON.parse(row.customRoles) as string[],
    assignables: JSON.parse(row.assignables) as Assignables,
    isGuestAccessAllowed: row.isGuestAccessAllowed === 1,
    isDelegatedAuthenticationAllowed: row.isDelegatedAuthenticationAllowed === 1,
    userLimit: row.userLimit,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    modifiedAt: row.modifiedAt,
    modifiedBy: row.modifiedBy,
    pending: PENDING_CODES[row.pending] ?? null,
  };
}

export function accountFieldsOf(row: StoredAccount): AccountFields {
  const { name, country, street, city, stateOrProvince, zipCode, languageCode, businessType } = row;
  const supportContacts = JSON.parse(row.supportContacts) as string[];
  return { name, country, street, city, stateOrProvince, zipCode, languageCode, businessType, supportContacts };
}

/** The server's record of a row whose view does not differ from it. */
export function accountRecordOf(
  row: StoredAccount & { etag: string | null; rev: number | null },
): ServerAccount | null {
  if (row.sid === null) return null;
  return {
    sid: row.sid,
    etag: row.etag,
    rev: row.rev,
    externalRef: null,
    fields: accountFieldsOf(row),
    accountNumber: row.accountNumber,
    isPartnerAccount: row.isPartnerAccount === 1,
    isActive: row.isActive === 1,
    source: row.source,
    cloudLocation: row.cloudLocation,
    sapCustomerNumber: row.sapCustomerNumber,
    pbxType: row.pbxType,
    customRoles: JSON.parse(row.customRoles) as string[],
    assignables: JSON.parse(row.assignables) as Assignables,
    isGuestAccessAllowed: row.isGuestAccessAllowed === 1,
    isDelegatedAuthenticationAllowed: row.isDelegatedAuthenticationAllowed === 1,
    userLimit: row.userLimit,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    modifiedAt: row.modifiedAt,
    modifiedBy: row.modifiedBy,
  };
}

/** Name, Account ID and account number, the three things the Accounts page searches (ACC-1). */
export function accountKeys(
  fields: AccountFields,
  sid: string | null,
  accountNumber: string,
): { nameKey: string; searchKey: string } {
  const nameKey = foldText(fields.name);
  return {
    nameKey,
    searchKey: [nameKey, sid?.toLowerCase() ?? '', accountNumber].filter((part) => part !== '').join(' '),
  };
}

type OfEveryRelease = Omit<ServerAccount, 'customRoles' | 'assignables'>;

/** A document of an earlier release knows nothing of roles and of what can be given. */
export function recordOfDoc(doc: string): ServerAccount {
  return { customRoles: [], assignables: NOTHING_ASSIGNABLE, ...(JSON.parse(doc) as OfEveryRelease) };
}
