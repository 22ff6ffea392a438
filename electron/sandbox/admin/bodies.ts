import { servicePath } from '../../../shared/cloud/paths.ts';
import { displayNameOf } from '../../../shared/model/user.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord, UserRecord } from '../database/records.ts';

/** The value of the ETag header and of the field `etag`. */
export function etagOf(record: { readonly rev: number }): string {
  return `"${record.rev}"`;
}

/** Makes the bodies of one account's users. */
export function userBodies(
  context: SandboxContext,
  account: AccountRecord,
): (user: UserRecord) => Record<string, unknown> {
  const ours = ourFields(context);
  const base = `${context.url()}${servicePath('admin', `accounts/${account.accountId}/users/`)}`;
  return (user) => ({
    userId: user.userId,
    uniqueUserId: user.userId,
    accountId: account.accountId,
    name: user.name,
    displayName: displayNameOf(user),
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    emailValid: true,
    emailVerified: user.isVerified === 1,
    role: user.role,
    extension: user.extension,
    extensionVerified: user.extension !== '',
    mobile: user.mobile,
    mobileVerified: false,
    userVerified: user.isVerified === 1,
    source: user.source,
    loginId: user.email,
    sipAddress: `sip:${user.userId}@sip.example`,
    // Ours.
    mitelOne: user.mitelOne,
    miteamMeetings: user.miteamMeetings,
    smsNumber: user.smsNumber,
    language: user.language,
    userTemplate: user.userTemplate,
    tags: user.tags,
    welcomeEmailOn: user.welcomeEmailOn,
    // Invented, and the same in every answer: proves that a client drops it at its edge.
    sipPassword: canaryOf(user.userId),
    createdOn: user.createdOn,
    createdBy: user.createdBy,
    modifiedOn: user.modifiedOn,
    modifiedBy: user.modifiedBy,
    ...ours(user),
    _links: { self: base + user.userId },
  });
}

/** Makes the bodies of accounts. */
export function accountBodies(context: SandboxContext): (account: AccountRecord) => Record<string, unknown> {
  const ours = ourFields(context);
  const base = `${context.url()}${servicePath('admin', 'accounts/')}`;
  return (account) => ({
    accountId: account.accountId,
    accountNumber: account.accountNumber,
    name: account.name,
    partnerId: account.partnerId,
    organizationId: account.organizationId,
    active: account.isActive === 1,
    state: account.isActive === 1 ? 'ACTIVE' : 'DEACTIVATED',
    source: account.source,
    languageCode: account.languageCode,
    businessType: account.businessType,
    cloudLocation: account.cloudLocation,
    sapCustomerNumber: account.sapCustomerNumber,
    pbxType: account.pbxType,
    isPartnerAccount: account.isPartner === 1,
    // Ours.
    customRoles: context.store.identities.customRoles(account.position),
    assignables: account.assignables,
    location: {
      address: {
        country: account.country,
        street: account.street,
        city: account.city,
        stateOrProvince: account.stateOrProvince,
        zipCode: account.zipCode,
      },
    },
    policy: {
      allowGuestAccess: account.allowGuestAccess === 1,
      allowProxyAuthentication: account.allowProxyAuthentication === 1,
    },
    userLimit: account.userLimit,
    contacts: account.contacts.map((email) => ({ email })),
    createdOn: account.createdOn,
    createdBy: account.createdBy,
    modifiedOn: account.modifiedOn,
    modifiedBy: account.modifiedBy,
    ...ours(account),
    _links: { self: base + account.accountId },
  });
}

type Ours = { readonly rev: number; readonly externalRef: string | null };

function ourFields(context: SandboxContext): (record: Ours) => Record<string, unknown> {
  const { etag, externalRef } = context.capabilities();
  return (record) => ({
    rev: record.rev,
    ...(etag ? { etag: etagOf(record) } : {}),
    ...(externalRef && record.externalRef !== null ? { externalRef: record.externalRef } : {}),
  });
}

function canaryOf(userId: string): string {
  return `canary-sip-${userId.slice(24)}${userId.slice(0, 8)}`;
}
