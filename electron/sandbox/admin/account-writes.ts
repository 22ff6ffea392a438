import { servicePath } from '../../../shared/cloud/paths.ts';
import { NOTHING_ASSIGNABLE } from '../../../shared/model/assignables.ts';
import { must } from '../../../shared/lib/must.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord, LogEntry, NewAccount } from '../database/records.ts';
import { Refused, type Answer } from '../http/answer.ts';
import { readAccountChange, type AccountChange } from './account-input.ts';
import { accountBodies } from './bodies.ts';
import { requireActive, requirePermission } from './caller.ts';
import { readExternalRef, type Body } from './user-input.ts';
import { etagHeader, once, recordCommit, requireMatch, type WriteRequest } from './write-request.ts';

/** `POST accounts`. The public guide leaves creating accounts to the portal, so it is a capability (CLOUD_API.md). */
export function addAccount(context: SandboxContext, write: WriteRequest, body: Body): Answer {
  requirePermission(write.caller, 'accounts.add');
  if (!context.capabilities().createAccounts) {
    throw new Refused(403, 'This cloud does not let API clients create accounts. Create the account in the portal.');
  }
  return once(context, write, () => {
    const change = readAccountChange(body);
    if (change.name === undefined) throw new Refused(400, 'The customer name is missing. Every account needs one.');
    const externalRef = readExternalRef(context, body);
    if (externalRef !== null) refuseKnownReference(context, externalRef);
    const added = newAccount(context, write, { change, externalRef });
    const position = context.store.accounts.insert(added);
    commit(context, write, { op: 'add', seq: added.rev, record: added, before: null, after: logged(added) });
    const location = `${context.url()}${servicePath('admin', `accounts/${added.accountId}`)}`;
    return {
      status: 201,
      headers: { location, ...etagHeader(context, added) },
      body: accountBodies(context)({ ...added, position, userCount: 0 }),
    };
  });
}

/** `PUT` and `PATCH accounts/{a}`: fields that are given are replaced, the others stay (ours). */
export function changeAccount(
  context: SandboxContext,
  write: WriteRequest,
  edit: { readonly account: AccountRecord; readonly change: AccountChange },
): Answer {
  requirePermission(write.caller, 'accounts.edit');
  return once(context, write, () => {
    const { account: before, change } = edit;
    if (change.isActive !== 1) requireActive(before);
    requireMatch(write, before);
    if (change.isActive === 0 && before.isPartner === 1)
      throw new Refused(409, 'The Partner Account cannot be deactivated.');
    if (change.isActive !== undefined && change.isActive !== before.isActive && !write.caller.isPartner) {
      throw new Refused(403, 'Only a partner can deactivate or reactivate an account.');
    }
    if (isUnchanged(before, change)) {
      return { status: 200, headers: etagHeader(context, before), body: accountBodies(context)(before) };
    }
    const rev = context.store.journal.nextRev();
    const modifiedOn = new Date(context.now()).toISOString();
    const after: AccountRecord = { ...before, ...change, modifiedOn, modifiedBy: write.caller.name, rev };
    context.store.accounts.update(after);
    commit(context, write, { op: 'replace', seq: rev, record: after, before: logged(before), after: logged(after) });
    return { status: 200, headers: etagHeader(context, after), body: accountBodies(context)(after) };
  });
}

/** `DELETE accounts/{a}`, with every user in it. */
export function removeAccount(context: SandboxContext, write: WriteRequest, account: AccountRecord): Answer {
  requirePermission(write.caller, 'accounts.delete');
  return once(context, write, () => {
    requireActive(account);
    requireMatch(write, account);
    if (account.isPartner === 1) throw new Refused(409, 'The Partner Account cannot be deleted.');
    const rev = context.store.journal.nextRev();
    context.store.users.removeAll(account.position);
    context.store.accounts.remove(account.position);
    context.store.journal.bury({
      rev,
      type: 'account',
      account: 0,
      id: account.accountId,
      externalRef: account.externalRef,
    });
    commit(context, write, { op: 'remove', seq: rev, record: account, before: logged(account), after: null });
    return { status: 204 };
  });
}

function newAccount(
  context: SandboxContext,
  write: WriteRequest,
  given: { readonly change: AccountChange; readonly externalRef: string | null },
): NewAccount {
  const partner = must(context.store.accounts.partner(), 'every set of tenants has its Partner Account');
  const now = new Date(context.now()).toISOString();
  return {
    country: '',
    street: '',
    city: '',
    stateOrProvince: '',
    zipCode: '',
    languageCode: 'en',
    businessType: '',
    contacts: [],
    assignables: NOTHING_ASSIGNABLE,
    allowGuestAccess: 0,
    allowProxyAuthentication: 0,
    name: '',
    ...given.change,
    isActive: 1,
    accountId: context.ids.uuid(),
    accountNumber: context.store.accounts.nextNumber(),
    partnerId: partner.accountId,
    organizationId: context.ids.uuid(),
    isPartner: 0,
    source: 'ACCOUNTS',
    cloudLocation: partner.cloudLocation,
    sapCustomerNumber: '',
    pbxType: '',
    userLimit: 5000,
    externalRef: given.externalRef,
    createdOn: now,
    createdBy: write.caller.name,
    modifiedOn: now,
    modifiedBy: write.caller.name,
    rev: context.store.journal.nextRev(),
  };
}

function refuseKnownReference(context: SandboxContext, reference: string): void {
  const account = context.store.accounts.byReference(reference);
  if (account) {
    throw new Refused(409, 'An account with this externalRef exists already. Read it instead of creating it again.', {
      extra: { accountId: account.accountId },
    });
  }
  const stone = context.store.journal.buriedReference('account', reference);
  if (stone) {
    throw new Refused(409, 'The account with this externalRef was created before and has been deleted since.', {
      extra: { accountId: stone.id, deleted: true },
    });
  }
}

function isUnchanged(before: AccountRecord, change: AccountChange): boolean {
  return Object.entries(change).every(
    ([field, value]) => JSON.stringify(before[field as keyof AccountChange]) === JSON.stringify(value),
  );
}

function commit(
  context: SandboxContext,
  write: WriteRequest,
  change: Pick<LogEntry, 'op' | 'seq' | 'before' | 'after'> & { readonly record: NewAccount },
): void {
  const { record, ...entry } = change;
  recordCommit(context, write, {
    ...entry,
    type: 'account',
    id: record.accountId,
    accountId: record.accountId,
    externalRef: record.externalRef,
  });
}

function logged(account: NewAccount): Readonly<Record<string, unknown>> {
  const { name, country, street, city, stateOrProvince, zipCode, languageCode, businessType, contacts } = account;
  const { isActive, allowGuestAccess, allowProxyAuthentication, modifiedOn, modifiedBy, rev } = account;
  return {
    name,
    country,
    street,
    city,
    stateOrProvince,
    zipCode,
    languageCode,
    businessType,
    contacts,
    active: isActive === 1,
    allowGuestAccess: allowGuestAccess === 1,
    allowProxyAuthentication: allowProxyAuthentication === 1,
    modifiedOn,
    modifiedBy,
    rev,
  };
}
