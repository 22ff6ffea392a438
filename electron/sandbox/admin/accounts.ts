import type { SandboxContext } from '../context.ts';
import type { AccountRecord } from '../database/records.ts';
import type { Answer } from '../http/answer.ts';
import { jsonBody, notAllowed, notFound, objectBody, type ApiRequest } from '../http/api-request.ts';
import { readAccountChange, readContacts } from './account-input.ts';
import { addAccount, changeAccount, removeAccount } from './account-writes.ts';
import { accountBodies } from './bodies.ts';
import { callerOf, requirePermission, visibleAccount, type Caller } from './caller.ts';
import { changesAnswer } from './changes.ts';
import { collectionAnswer, pageRequest, withFilterErrors } from './collection.ts';
import { unlessKnown, usersAnswer } from './users.ts';
import { etagHeader, writeRequest } from './write-request.ts';

/** The admin service: `accounts…`, and ours: `changes` of the whole tenant. */
export function adminAnswer(context: SandboxContext, request: ApiRequest): Answer {
  const [root, accountId, part] = request.segments;
  if (root !== 'accounts' && root !== 'changes') throw notFound();
  const caller = callerOf(context, request);
  requirePermission(caller, 'accounts.view');
  if (root === 'changes') return tenantChanges(context, caller, request);
  if (accountId === undefined) return collection(context, caller, request);
  if (accountId === 'changes' && part === undefined && request.method === 'GET')
    return changes(context, caller, request);

  const account = visibleAccount(context, caller, accountId);
  switch (part) {
    case undefined:
      return one(context, { caller, account }, request);
    case 'users':
      return usersAnswer(context, { caller, account }, request);
    case 'contacts':
      return contacts(context, { caller, account }, request);
    default:
      throw notFound();
  }
}

type Target = { readonly caller: Caller; readonly account: AccountRecord };

function collection(context: SandboxContext, caller: Caller, request: ApiRequest): Answer {
  if (request.method === 'POST')
    return addAccount(context, writeRequest(context, caller, request), objectBody(request));
  if (request.method !== 'GET') throw notAllowed('GET, POST');
  const asked = pageRequest(context, request);
  const scope = {
    only: caller.isPartner ? null : caller.account.accountId,
    filter: asked.filter,
    isReferenceKnown: context.capabilities().externalRef,
  };
  return withFilterErrors(() => {
    const total = asked.total ?? context.store.accounts.count(scope);
    const records = context.store.accounts.page({
      ...scope,
      after: asked.after,
      skip: asked.skip,
      limit: asked.top + 1,
    });
    return collectionAnswer(context, request, { asked, total, records, body: accountBodies(context) });
  });
}

function one(context: SandboxContext, target: Target, request: ApiRequest): Answer {
  const { caller, account } = target;
  const write = writeRequest(context, caller, request);
  switch (request.method) {
    case 'GET':
      return (
        unlessKnown(context, account, request) ?? {
          status: 200,
          headers: etagHeader(context, account),
          body: accountBodies(context)(account),
        }
      );
    case 'PUT':
    case 'PATCH':
      return changeAccount(context, write, { account, change: readAccountChange(objectBody(request)) });
    case 'DELETE':
      return removeAccount(context, write, account);
    default:
      throw notAllowed('GET, PUT, PATCH, DELETE');
  }
}

function contacts(context: SandboxContext, target: Target, request: ApiRequest): Answer {
  const { caller, account } = target;
  if (request.segments.length > 3) throw notFound();
  if (request.method === 'GET') return contactsOf(context, account, request);
  if (request.method !== 'PUT') throw notAllowed('GET, PUT');
  const body = jsonBody(request);
  const listed = Array.isArray(body) ? body : (body as { readonly contacts?: unknown } | null)?.contacts;
  const change = { contacts: readContacts(listed) };
  const answer = changeAccount(context, writeRequest(context, caller, request), { account, change });
  return answer.status === 200
    ? { ...contactsOf(context, { ...account, ...change }, request), ...headersOf(answer) }
    : answer;
}

function headersOf(answer: Answer): Pick<Answer, 'headers'> {
  return answer.headers ? { headers: answer.headers } : {};
}

function contactsOf(context: SandboxContext, account: AccountRecord, request: ApiRequest): Answer {
  const items = account.contacts.map((email) => ({ email }));
  const embedded = items.length === 0 ? {} : { _embedded: { items } };
  return {
    status: 200,
    headers: etagHeader(context, account),
    body: { count: items.length, _links: { self: `${context.url()}${request.target}` }, ...embedded },
  };
}

function changes(context: SandboxContext, caller: Caller, request: ApiRequest): Answer {
  const { accounts, journal } = context.store;
  const bodyOf = accountBodies(context);
  const isVisible = (accountId: string): boolean => caller.isPartner || accountId === caller.account.accountId;
  return changesAnswer<AccountRecord>(context, request, {
    scope: 'accounts',
    changed: accounts.changedSince,
    buried: (since, limit) => journal.buriedSince('account', 0, { since, limit }).filter(({ id }) => isVisible(id)),
    entry: (account) => (isVisible(account.accountId) ? { id: account.accountId, body: bodyOf(account) } : null),
  });
}

/** Ours: the accounts in which anything moved since the token, so that a look at a thousand quiet accounts is one request. */
function tenantChanges(context: SandboxContext, caller: Caller, request: ApiRequest): Answer {
  if (request.method !== 'GET') throw notAllowed('GET');
  if (!context.capabilities().tenantFeed || request.segments.length > 1) throw notFound();
  return changesAnswer(context, request, {
    scope: 'tenant',
    changed: (since, limit) => context.store.journal.movedAccounts(since, limit),
    buried: () => [],
    entry: ({ id }) => (caller.isPartner || caller.account.accountId === id ? { id, body: null } : null),
  });
}
