import { wireAccount, wireUser, type WireAccount, type WireUser } from '../../../shared/cloud/wire.ts';
import { fieldsOf } from '../../../shared/model/user.ts';
import type { ServerAccount, ServerUser } from '../domain/records.ts';

/** Parsing is the edge at which unknown fields and secrets (sipPassword, privateKey) are dropped. Null: not a record at all. */
export function toServerUser(body: unknown): ServerUser | null {
  const parsed = wireUser.safeParse(body);
  return parsed.success ? userRecord(parsed.data) : null;
}

export function toServerAccount(body: unknown): ServerAccount | null {
  const parsed = wireAccount.safeParse(body);
  return parsed.success ? accountRecord(parsed.data) : null;
}

function userRecord(wire: WireUser): ServerUser {
  return {
    sid: wire.userId,
    accountSid: wire.accountId,
    fields: fieldsOf(wire),
    source: wire.source,
    isRegistered: wire.userVerified,
    ...markOf(wire),
  };
}

function accountRecord(wire: WireAccount): ServerAccount {
  const address = wire.location?.address;
  return {
    sid: wire.accountId,
    fields: {
      name: wire.name,
      country: address?.country ?? '',
      street: address?.street ?? '',
      city: address?.city ?? '',
      stateOrProvince: address?.stateOrProvince ?? '',
      zipCode: address?.zipCode ?? '',
      languageCode: wire.languageCode,
      businessType: wire.businessType,
      supportContacts: wire.contacts.map(({ email }) => email).filter((email) => email !== ''),
    },
    accountNumber: wire.accountNumber,
    isPartnerAccount: wire.isPartnerAccount,
    isActive: wire.active,
    source: wire.source,
    cloudLocation: wire.cloudLocation,
    sapCustomerNumber: wire.sapCustomerNumber,
    pbxType: wire.pbxType,
    customRoles: wire.customRoles,
    assignables: wire.assignables,
    isGuestAccessAllowed: wire.policy?.allowGuestAccess ?? false,
    isDelegatedAuthenticationAllowed: wire.policy?.allowProxyAuthentication ?? false,
    userLimit: wire.userLimit,
    createdBy: wire.createdBy,
    ...markOf(wire),
  };
}

function markOf(wire: WireAccount | WireUser) {
  return {
    etag: wire.etag,
    rev: wire.rev,
    externalRef: wire.externalRef,
    createdAt: wire.createdOn,
    modifiedAt: wire.modifiedOn,
    modifiedBy: wire.modifiedBy,
  };
}
