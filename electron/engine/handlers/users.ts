import type { AppContract } from '../../../shared/contract/contract.ts';
import type { UserId } from '../../../shared/model/ids.ts';
import { checkUser, checkUserEdit, whyNotDeletable, type UserProblem } from '../../../shared/model/user-rules.ts';
import {
  displayNameOf,
  fieldsOf,
  lockedFields,
  NO_USER_FORM,
  OPTIONAL_FIELDS,
  USER_FORM_FIELDS,
} from '../../../shared/model/user.ts';
import type { UserForm, UserFormField } from '../../../shared/model/user.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { isoTime } from '../runtime/clock.ts';
import { findAddress } from '../sync/enqueue.ts';
import { undoChange } from '../sync/undo.ts';
import { checkAssigned } from './check-assigned.ts';
import { seatsOf } from '../database/seats.ts';
import type { EngineContext } from './engine-context.ts';

export const users: Handlers<AppContract, EngineContext>['users'] = {
  page({ accountId, search, offset, limit }, { repositories, scheduler }) {
    scheduler.prefer(accountId);
    const account = repositories.accounts.key(accountId);
    if (!account) return { rows: [], total: 0, isCapped: false };
    const page = repositories.users.page(account.rowid, search, { offset, limit });
    return { ...page, rows: [...page.rows] };
  },
  get: ({ id }, { repositories }) => repositories.users.get(id),
  seats: ({ accountId }, { repositories }) => ({ seats: [...seatsOf(repositories, accountId)] }),
  add({ accountId, fields, welcome }, { repositories, recorder, clock, changed }) {
    const account = repositories.accounts.key(accountId);
    if (!account) return refuse('account.not-found', accountId);
    if (!account.isActive) return refuse('account.deactivated', accountId, { name: account.name });
    const cleaned = named(trimmed({ ...NO_USER_FORM, ...defined(fields) }));
    const [wrong] = checkUser(cleaned);
    const given = { fields: cleaned, before: NO_USER_FORM, lid: null };
    const problem = wrong ?? checkAssigned(repositories, accountId, given);
    if (problem) return refuseInvalid(problem);
    const clash = findAddress(repositories, account.rowid, cleaned.email, null);
    if (clash) return refuse('user.email-in-use', clash.lid, { userId: clash.lid, name: clash.name });
    const id = recorder.create('user', accountId, {
      // Left out, a user template decides.
      ...Object.fromEntries(
        Object.entries(cleaned).filter(([field, value]) => value !== '' || !(field in OPTIONAL_FIELDS)),
      ),
      ...(welcome ? { welcomeEmailOn: isoTime(clock.now()) } : {}),
    }) as UserId;
    changed('users', 'accounts', 'outbox', 'sync', 'session');
    return done({ id });
  },
  edit({ id, changes, seen }, { repositories, recorder, changed }) {
    const current = repositories.users.get(id);
    if (!current) return refuse('user.not-found', id);
    const account = repositories.accounts.key(current.accountId);
    if (!account?.isActive) return refuse('account.deactivated', current.accountId, { name: account?.name ?? '' });
    if (repositories.outbox.lane(id).some(({ kind }) => kind === 'delete')) return refuse('user.being-deleted', id);
    const view = formOf(current);
    const stale = (Object.keys(seen) as UserFormField[]).find(
      (field) => field in changes && seen[field] !== view[field],
    );
    if (stale) return refuse('edit.stale', stale, { field: stale, value: view[stale] });
    const next = trimmed({ ...view, ...defined(changes) });
    const patch = Object.fromEntries(
      Object.entries(next).filter(([field, value]) => value !== view[field as UserFormField]),
    );
    const fields = Object.keys(patch) as UserFormField[];
    if (fields.length === 0) return refuse('edit.nothing-changed', id);
    const locked = fields.find((field) => lockedFields(current.source).includes(field));
    if (locked) return refuse('edit.field-locked', locked, { field: locked, source: current.source });
    const wrong = checkUserEdit(next).find(({ field }) => field in patch);
    const problem = wrong ?? checkAssigned(repositories, current.accountId, { fields: next, before: view, lid: id });
    if (problem) return refuseInvalid(problem);
    const clash = 'email' in patch ? findAddress(repositories, account.rowid, next.email, id) : null;
    if (clash) return refuse('user.email-in-use', clash.lid, { userId: clash.lid, name: clash.name });
    recorder.patch('user', { lid: id, accountLid: current.accountId }, patch, fieldsOf(current));
    changed('users', 'outbox', 'sync', 'session', 'history');
    return done({});
  },
  welcome({ id }, { repositories, recorder, clock, changed }) {
    const current = repositories.users.get(id);
    if (!current) return refuse('user.not-found', id);
    const account = repositories.accounts.key(current.accountId);
    if (!account?.isActive) return refuse('account.deactivated', current.accountId, { name: account?.name ?? '' });
    if (current.pending === 'deleting') return refuse('user.being-deleted', id);
    if (current.email === '') return refuse('user.invalid', 'email', { field: 'email', problem: 'required' });
    const patch = { welcomeEmailOn: isoTime(clock.now()) };
    recorder.patch('user', { lid: id, accountLid: current.accountId }, patch, fieldsOf(current));
    changed('users', 'outbox', 'sync', 'session', 'history');
    return done({});
  },
  remove({ id }, { repositories, recorder, clock, changed }) {
    const current = repositories.users.get(id);
    if (!current) return refuse('user.not-found', id);
    const account = repositories.accounts.key(current.accountId);
    if (!account?.isActive) return refuse('account.deactivated', current.accountId, { name: account?.name ?? '' });
    const reason = whyNotDeletable(current);
    if (reason !== null) return refuse('user.not-deletable', reason, { reason });
    const unsent = repositories.outbox.lane(id).find(({ kind }) => kind === 'create');
    // A user that exists only here and never left is taken back: there is nothing to delete over there.
    if (unsent && unsent.firstSentAt === null) undoChange(repositories, clock, unsent.opId, true);
    else recorder.remove('user', { lid: id, accountLid: current.accountId }, fieldsOf(current));
    changed('users', 'accounts', 'outbox', 'sync', 'session', 'history');
    return done({});
  },
};

function formOf(user: UserForm): UserForm {
  return Object.fromEntries(USER_FORM_FIELDS.map((field) => [field, user[field]])) as UserForm;
}

function trimmed(fields: UserForm): UserForm {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value.trim()])) as UserForm;
}

function refuseInvalid({ field, problem }: UserProblem) {
  return refuse('user.invalid', `${field}: ${problem}`, { field, problem });
}

/** The portal makes the display name of a new user from first and last name. */
function named(fields: UserForm): UserForm {
  return { ...fields, name: displayNameOf(fields) };
}

function defined(changes: { [K in UserFormField]?: string | undefined }): Partial<UserForm> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
