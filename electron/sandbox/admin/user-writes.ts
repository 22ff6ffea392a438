import { servicePath } from '../../../shared/cloud/paths.ts';
import { emailKey } from '../../../shared/model/email.ts';
import { ROLE_PARTNER, ROLE_USER } from '../../../shared/model/role.ts';
import { fieldsOf, NO_USER_FIELDS, USER_FIELDS, type UserFields } from '../../../shared/model/user.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord, NewUser, UserRecord } from '../database/records.ts';
import { Refused, type Answer } from '../http/answer.ts';
import { userBodies } from './bodies.ts';
import { applyTemplate } from './assigned.ts';
import { requireActive, requirePermission } from './caller.ts';
import { checkStoredUser, readExternalRef, readUserFields, type Body } from './user-input.ts';
import { etagHeader, once, recordCommit, requireMatch, type WriteRequest } from './write-request.ts';

/** The writes on the users of one account; each is judged and committed by itself. */
export function createUserWrites(context: SandboxContext, account: AccountRecord) {
  const { store } = context;
  const bodyOf = userBodies(context, account);

  const add = (write: WriteRequest, body: Body): Answer => {
    requirePermission(write.caller, 'users.add');
    return once(context, write, () => {
      requireActive(account);
      const given = applyTemplate(NO_USER_FIELDS, readUserFields(body));
      const role = given.role || (account.isPartner === 1 ? ROLE_PARTNER : ROLE_USER);
      const fields = { ...given, role };
      const externalRef = readExternalRef(context, body);
      if (externalRef !== null) refuseKnownReference(context, externalRef);
      checkStoredUser(context, account, { fields, userId: null, before: NO_USER_FIELDS });
      const user = newUser(context, write, { account: account.position, fields, externalRef });
      store.users.insert(user);
      store.accounts.countUsers(account.position, 1);
      commit(write, { op: 'add', before: null, after: user });
      const location = `${context.url()}${servicePath('admin', `accounts/${account.accountId}/users/${user.userId}`)}`;
      return {
        status: 201,
        headers: { location, ...etagHeader(context, user) },
        body: bodyOf({ ...user, position: 0 }),
      };
    });
  };

  const replace = (write: WriteRequest, userId: string, body: Body): Answer => {
    requirePermission(write.caller, 'users.edit');
    return once(context, write, () => {
      requireActive(account);
      const before = existing(userId);
      requireMatch(write, before);
      const fields = applyTemplate(fieldsOf(before), readUserFields(body));
      if (fields.role === '') throw new Refused(400, 'The role is missing. Every user has one.');
      checkStoredUser(context, account, { fields, userId, before });
      if (USER_FIELDS.every((field) => fields[field] === before[field])) {
        return { status: 200, headers: etagHeader(context, before), body: bodyOf(before) };
      }
      const after: UserRecord = { ...before, ...fields, emailKey: emailKey(fields.email), ...stamp(write) };
      store.users.update(after);
      commit(write, { op: 'replace', before, after });
      return { status: 200, headers: etagHeader(context, after), body: bodyOf(after) };
    });
  };

  const remove = (write: WriteRequest, userId: string): Answer => {
    requirePermission(write.caller, 'users.delete');
    return once(context, write, () => {
      requireActive(account);
      const before = existing(userId);
      requireMatch(write, before);
      // MA 2.4: "You cannot delete a Mitel Partner, or a user synced from MiCloud Connect."
      if (account.isPartner === 1 || before.source === 'MICLOUD_CONNECT') {
        throw new Refused(409, 'You cannot delete a Mitel Partner, or a user synced from MiCloud Connect.');
      }
      store.users.remove(before.position);
      store.accounts.countUsers(account.position, -1);
      const { rev, externalRef } = commit(write, { op: 'remove', before, after: null });
      store.journal.bury({ rev, type: 'user', account: account.position, id: userId, externalRef });
      return { status: 204 };
    });
  };

  const existing = (userId: string): UserRecord => {
    const user = store.users.byId(userId);
    if (user?.account === account.position) return user;
    throw new Refused(404, 'There is no user with this id in the account. It may have been deleted.');
  };

  const stamp = (write: WriteRequest): Pick<UserRecord, 'modifiedOn' | 'modifiedBy' | 'rev'> => ({
    modifiedOn: new Date(context.now()).toISOString(),
    modifiedBy: write.caller.name,
    rev: store.journal.nextRev(),
  });

  const commit = (
    write: WriteRequest,
    change: Change,
  ): { readonly rev: number; readonly externalRef: string | null } => {
    const user = change.op === 'remove' ? change.before : change.after;
    const rev = change.op === 'remove' ? store.journal.nextRev() : change.after.rev;
    recordCommit(context, write, {
      seq: rev,
      type: 'user',
      id: user.userId,
      accountId: account.accountId,
      op: change.op,
      before: change.before && logged(change.before),
      after: change.after && logged(change.after),
      externalRef: user.externalRef,
    });
    return { rev, externalRef: user.externalRef };
  };

  return { add, replace, remove };
}

type Change =
  | { readonly op: 'add'; readonly before: null; readonly after: NewUser }
  | { readonly op: 'replace'; readonly before: NewUser; readonly after: NewUser }
  | { readonly op: 'remove'; readonly before: NewUser; readonly after: null };

function newUser(
  context: SandboxContext,
  write: WriteRequest,
  given: { readonly account: number; readonly fields: UserFields; readonly externalRef: string | null },
): NewUser {
  const now = new Date(context.now()).toISOString();
  return {
    userId: context.ids.uuid(),
    account: given.account,
    ...given.fields,
    emailKey: emailKey(given.fields.email),
    source: 'ACCOUNTS',
    isVerified: 0,
    externalRef: given.externalRef,
    createdOn: now,
    createdBy: write.caller.name,
    modifiedOn: now,
    modifiedBy: write.caller.name,
    rev: context.store.journal.nextRev(),
  };
}

/** The answer to a create that was committed before under another or no key: it names what exists. */
function refuseKnownReference(context: SandboxContext, reference: string): void {
  const user = context.store.users.byReference(reference);
  if (user) {
    throw new Refused(409, 'A user with this externalRef exists already. Read it instead of creating it again.', {
      extra: { userId: user.userId },
    });
  }
  const stone = context.store.journal.buriedReference('user', reference);
  if (stone) {
    throw new Refused(409, 'The user with this externalRef was created before and has been deleted since.', {
      extra: { userId: stone.id, deleted: true },
    });
  }
}

function logged(user: NewUser): Readonly<Record<string, unknown>> {
  const { source, modifiedOn, modifiedBy, rev } = user;
  return { ...fieldsOf(user), source, modifiedOn, modifiedBy, rev };
}
