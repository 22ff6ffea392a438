import type { SandboxContext } from '../context.ts';
import type { AccountRecord, UserRecord } from '../database/records.ts';
import { Refused, type Answer } from '../http/answer.ts';
import { headerOf, notAllowed, notFound, objectBody, type ApiRequest } from '../http/api-request.ts';
import { batchAnswer } from './batch.ts';
import { etagOf, userBodies } from './bodies.ts';
import { requirePermission, type Caller } from './caller.ts';
import { changesAnswer } from './changes.ts';
import { collectionAnswer, pageRequest, withFilterErrors } from './collection.ts';
import { createUserWrites } from './user-writes.ts';
import { etagHeader, writeRequest } from './write-request.ts';

/** `accounts/{a}/users…` */
export function usersAnswer(
  context: SandboxContext,
  target: { readonly caller: Caller; readonly account: AccountRecord },
  request: ApiRequest,
): Answer {
  const [, , , userId, beyond] = request.segments;
  if (beyond !== undefined) throw notFound();
  requirePermission(target.caller, 'users.view');
  if (userId === undefined) return collection(context, target, request);
  if (userId === 'changes' && request.method === 'GET') return changes(context, target.account, request);

  const write = writeRequest(context, target.caller, request);
  const writes = createUserWrites(context, target.account);
  switch (request.method) {
    case 'GET':
      return one(context, { account: target.account, userId }, request);
    case 'PUT':
    case 'PATCH':
      return writes.replace(write, userId, objectBody(request));
    case 'DELETE':
      return writes.remove(write, userId);
    default:
      throw notAllowed('GET, PUT, PATCH, DELETE');
  }
}

function collection(
  context: SandboxContext,
  target: { readonly caller: Caller; readonly account: AccountRecord },
  request: ApiRequest,
): Answer {
  switch (request.method) {
    case 'GET':
      return page(context, target.account, request);
    case 'POST': {
      const writes = createUserWrites(context, target.account);
      return writes.add(writeRequest(context, target.caller, request), objectBody(request));
    }
    case 'PATCH':
      return batchAnswer(context, target, request);
    default:
      throw notAllowed('GET, POST, PATCH');
  }
}

function page(context: SandboxContext, account: AccountRecord, request: ApiRequest): Answer {
  const asked = pageRequest(context, request);
  const { users } = context.store;
  const scope = { account: account.position, isReferenceKnown: context.capabilities().externalRef };
  return withFilterErrors(() => {
    const total = asked.total ?? (asked.filter ? users.countMatching(scope, asked.filter) : account.userCount);
    const records = users.page({
      ...scope,
      filter: asked.filter,
      after: asked.after,
      skip: asked.skip,
      limit: asked.top + 1,
    });
    return collectionAnswer(context, request, { asked, total, records, body: userBodies(context, account) });
  });
}

function one(
  context: SandboxContext,
  target: { readonly account: AccountRecord; readonly userId: string },
  request: ApiRequest,
): Answer {
  const user = context.store.users.byId(target.userId);
  if (user?.account !== target.account.position) {
    throw new Refused(404, 'There is no user with this id in the account. It may have been deleted.');
  }
  return (
    unlessKnown(context, user, request) ?? {
      status: 200,
      headers: etagHeader(context, user),
      body: userBodies(context, target.account)(user),
    }
  );
}

/** 304 for If-None-Match with the stored version; null otherwise. */
export function unlessKnown(
  context: SandboxContext,
  record: { readonly rev: number },
  request: ApiRequest,
): Answer | null {
  if (!context.capabilities().etag || headerOf(request, 'if-none-match') !== etagOf(record)) return null;
  return { status: 304, headers: etagHeader(context, record) };
}

function changes(context: SandboxContext, account: AccountRecord, request: ApiRequest): Answer {
  const { users, journal } = context.store;
  const bodyOf = userBodies(context, account);
  return changesAnswer<UserRecord>(context, request, {
    scope: `users/${account.accountId}`,
    changed: (since, limit) => users.changedSince(account.position, since, limit),
    buried: (since, limit) => journal.buriedSince('user', account.position, { since, limit }),
    entry: (user) => ({ id: user.userId, body: bodyOf(user) }),
  });
}
