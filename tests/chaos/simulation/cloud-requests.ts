import { servicePath } from '../../../shared/cloud/paths.ts';
import { COLLECTIONS, type RecordType } from './collections.ts';
import { etagOf, PEOPLE, Refused, type CloudAnswer, type CloudRecord, type VirtualCloud } from './virtual-cloud.ts';

export type WireRequest = {
  readonly id: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

export type WireOperation = {
  readonly op: 'add' | 'replace' | 'remove';
  readonly type: RecordType;
  readonly parent: string;
  readonly sid: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string | null;
  readonly ifMatch: string | null;
  readonly fingerprint: string;
};

const ADMIN = servicePath('admin');
const TOKEN = servicePath('authentication', 'token');
const CAPABILITIES = servicePath('sandbox-capabilities', 'capabilities');
const HOST = 'http://127.0.0.1:9';
export const CLOUD_URL = HOST;
/** A refresh whose answer was lost may be repeated for this long. */
const REFRESH_GRACE_MS = 60_000;

type Place = { readonly type: RecordType; readonly parent: string; readonly rest: readonly string[] };

export function isAboutAbilities({ target }: WireRequest): boolean {
  return target === CAPABILITIES;
}

/** Where below the admin service a path leads; null: nowhere. */
export function placeOf(target: string): Place | null {
  const path = target.split('?')[0] ?? '';
  if (!path.startsWith(`${ADMIN}/accounts`)) return null;
  const [, account, users, ...rest] = path.slice(ADMIN.length + 1).split('/');
  if (users === 'users')
    return { type: 'user', parent: decodeURIComponent(account ?? ''), rest: rest.map(decodeURIComponent) };
  return { type: 'account', parent: '', rest: account === undefined ? [] : [decodeURIComponent(account)] };
}

/** The writes of a request: one, or those of a batch. */
export function operationsOf(request: WireRequest): readonly WireOperation[] {
  const place = placeOf(request.target);
  if (!place || request.method === 'GET') return [];
  const { type, parent, rest } = place;
  const body = JSON.parse(request.body ?? '{}') as Record<string, unknown>;
  if (request.method === 'PATCH' && rest.length === 0 && Array.isArray(body['operations'])) {
    return (body['operations'] as Record<string, unknown>[]).map((operation) => {
      const headers = (operation['headers'] ?? {}) as Record<string, string>;
      const { op, id = '', body: inner = {} } = operation as { op: WireOperation['op']; id?: string; body?: object };
      return {
        ...{ op, type, parent, sid: id, body: inner as WireOperation['body'] },
        ...{ key: headers['idempotency-key'] ?? null, ifMatch: headers['if-match'] ?? null },
        fingerprint: JSON.stringify(['batch', parent, op, id, inner]),
      };
    });
  }
  const op = request.method === 'POST' ? 'add' : request.method === 'DELETE' ? 'remove' : 'replace';
  return [
    {
      ...{ op, type, parent, sid: rest[0] ?? '', body },
      ...{ key: request.headers['idempotency-key'] ?? null, ifMatch: request.headers['if-match'] ?? null },
      fingerprint: JSON.stringify([request.method, request.target, request.body]),
    },
  ];
}

/** What the cloud answers to one request, and does because of it. */
export function answerRequest(cloud: VirtualCloud, request: WireRequest): CloudAnswer {
  try {
    return route(cloud, request);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

function route(cloud: VirtualCloud, request: WireRequest): CloudAnswer {
  const [path = '', query = ''] = request.target.split('?');
  if (path === CAPABILITIES) return { status: 200, body: cloud.settings.capabilities };
  if (path === TOKEN && request.method === 'POST') return grant(cloud, new URLSearchParams(request.body ?? ''));
  const sub = personOf(cloud, request);
  if (sub === null) return { status: 401, body: { message: 'The access token is not accepted.' } };
  if (path === TOKEN) {
    const person = PEOPLE.find((one) => one.sub === sub);
    return { status: 200, body: { sub, name: sub, email: person?.email, role: 'PARTNER', accountId: 'partner' } };
  }
  if (path === `${ADMIN}/changes`) return movedAccounts(cloud, new URLSearchParams(query));
  const place = placeOf(request.target);
  if (!place) return { status: 404, body: { message: 'There is nothing here.' } };
  if (place.type === 'user' && !cloud.state.records.has(place.parent))
    return { status: 404, body: { message: 'There is no such account.' } };
  const parameters = new URLSearchParams(query);
  if (request.method !== 'GET') return write(cloud, request, sub);
  if (place.rest[0] === 'changes') return changes(cloud, place, parameters);
  if (place.rest[0] !== undefined) {
    const record = cloud.existing(place.type, place.parent, place.rest[0]);
    return { status: 200, body: bodyOf(cloud, record) };
  }
  return listing(cloud, place, parameters);
}

function personOf({ state, now }: VirtualCloud, request: WireRequest): string | null {
  const held = state.tokens.get(request.headers['authorization']?.slice(7) ?? '');
  return held && held.expiresAt > now() ? held.sub : null;
}

function grant(cloud: VirtualCloud, form: URLSearchParams): CloudAnswer {
  const { state, settings, now } = cloud;
  let sub: string;
  if (form.get('grant_type') === 'password') {
    const person = PEOPLE.find(
      ({ email, password }) => email === form.get('username') && password === form.get('password'),
    );
    if (!person) return { status: 400, body: { error: 'invalid_grant', error_description: 'no such person' } };
    ({ sub } = person);
  } else {
    const held = state.refresh.get(form.get('refresh_token') ?? '');
    if (!held || (held.rotatedAt !== null && now() - held.rotatedAt > REFRESH_GRACE_MS))
      return { status: 400, body: { error: 'invalid_grant', error_description: 'sign in again' } };
    held.rotatedAt ??= now();
    ({ sub } = held);
  }
  state.serial += 1;
  const [access, refresh] = [`access-${state.serial}`, `refresh-${state.serial}`];
  state.tokens.set(access, { sub, expiresAt: now() + settings.accessTokenSeconds * 1000 });
  state.holders.set(access, sub);
  state.refresh.set(refresh, { sub, rotatedAt: null });
  const body = { token_type: 'Bearer', expires_in: settings.accessTokenSeconds, access_token: access };
  return { status: 200, body: { ...body, refresh_token: refresh } };
}

export function bodyOf({ settings }: VirtualCloud, record: CloudRecord): Readonly<Record<string, unknown>> {
  const { type, sid, parent, fields, rev, modifiedOn, modifiedBy, externalRef } = record;
  const { idName, toWire } = COLLECTIONS[type];
  return {
    ...toWire(fields),
    [idName]: sid,
    ...(type === 'user' ? { accountId: parent, source: 'ACCOUNTS', sipPassword: `canary-${sid}` } : {}),
    ...{ createdOn: '2026-01-01T00:00:00.000Z', modifiedOn, modifiedBy },
    ...(settings.hasRevisions ? { rev } : {}),
    ...(settings.capabilities.etag ? { etag: etagOf(record) } : {}),
    ...(settings.capabilities.externalRef && externalRef !== null ? { externalRef } : {}),
  };
}

function listing(cloud: VirtualCloud, { type, parent }: Place, query: URLSearchParams): CloudAnswer {
  const { state, settings } = cloud;
  let records = cloud.live(type, parent);
  const filter = /^(\w+) eq '(.*)'$/u.exec(query.get('$filter') ?? '');
  if (filter) {
    const [, name = '', quoted = ''] = filter;
    const value = quoted.replaceAll("''", "'").toLowerCase();
    const of = (record: CloudRecord): string | null =>
      name === 'externalRef' ? record.externalRef : String(record.fields[name] ?? '');
    records = records.filter((record) => of(record)?.toLowerCase() === value);
  } else if (type === 'user' && settings.blindListing === 'next') {
    settings.blindListing = 'given';
    records = [];
  }
  const total = records.length;
  const [generation, after] = (query.get('$skiptoken') ?? `${state.generation}.0`).split('.').map(Number);
  if (generation !== state.generation) throw new Refused(400, 'The $skiptoken is not one of this server.');
  const top = Math.min(Number(query.get('$top') ?? 100), settings.capabilities.pageSize);
  const rest = records.filter(({ position }) => position > (after ?? 0));
  const page = rest.slice(0, top);
  const last = page.at(-1);
  const path = type === 'user' ? `accounts/${parent}/users` : 'accounts';
  const next =
    last && rest.length > page.length
      ? { next: `${HOST}${ADMIN}/${path}?$top=${top}&$skiptoken=${state.generation}.${last.position}` }
      : {};
  const embedded = page.length === 0 ? {} : { _embedded: { items: page.map((record) => bodyOf(cloud, record)) } };
  return { status: 200, body: { count: total, _links: next, ...embedded } };
}

function changes(cloud: VirtualCloud, { type, parent }: Place, query: URLSearchParams): CloudAnswer {
  const { state, settings } = cloud;
  if (!settings.capabilities.delta) throw new Refused(404, 'There is nothing here.');
  const scope = `${type}:${parent}`;
  const token = (rev: number): string => `${state.generation}|${scope}|${rev}`;
  const since = query.get('since') ?? '';
  if (since === '') return { status: 200, body: { items: [], token: token(state.seq), hasMore: false } };
  const [generation, of, from] = since.split('|');
  if (Number(generation) !== state.generation || of !== scope)
    throw new Refused(settings.goneStatus, settings.goneStatus === 400 ? 'syncStateNotFound' : 'The token is gone.');
  const entries = [
    ...cloud
      .live(type, parent)
      .map((record) => ({ rev: record.rev, entry: { id: record.sid, body: bodyOf(cloud, record) } })),
    ...state.tombstones
      .filter((stone) => stone.type === type && stone.parent === parent)
      .map(({ rev, sid }) => ({ rev, entry: { id: sid, deleted: true } })),
  ]
    .filter(({ rev }) => rev > Number(from))
    .toSorted((a, b) => a.rev - b.rev);
  const page = entries.slice(0, settings.capabilities.pageSize);
  const hasMore = entries.length > page.length;
  const reached = hasMore ? (page.at(-1)?.rev ?? 0) : state.seq;
  return { status: 200, body: { items: page.map(({ entry }) => entry), token: token(reached), hasMore } };
}

/** The accounts in which anything moved. */
function movedAccounts(cloud: VirtualCloud, query: URLSearchParams): CloudAnswer {
  const { state, settings } = cloud;
  if (!settings.capabilities.tenantFeed) throw new Refused(404, 'There is nothing here.');
  const since = query.get('since') ?? '';
  const token = `${state.generation}|tenant|${state.seq}`;
  if (since === '') return { status: 200, body: { items: [], token, hasMore: false } };
  const [generation, of, from] = since.split('|');
  if (Number(generation) !== state.generation || of !== 'tenant')
    throw new Refused(settings.goneStatus, 'syncStateNotFound');
  const moved = [...state.records.values(), ...state.tombstones].filter(({ rev }) => rev > Number(from));
  const ids = new Set(moved.map(({ type, sid, parent }) => (type === 'account' ? sid : parent)));
  return { status: 200, body: { items: [...ids].map((id) => ({ id, body: null })), token, hasMore: false } };
}

function write(cloud: VirtualCloud, request: WireRequest, sub: string): CloudAnswer {
  const operations = operationsOf(request);
  const isBatch = request.method === 'PATCH' && (request.body ?? '').startsWith('{"operations"');
  const [only] = operations;
  if (!isBatch) return only ? one(cloud, request, only, sub) : { status: 400, body: { message: 'no body' } };
  const { batchSize } = cloud.settings.capabilities;
  if (batchSize === 0) throw new Refused(404, 'There is nothing here.');
  if (operations.length > batchSize) throw new Refused(413, 'A batch may not hold so many operations.');
  const answers = operations.map((operation) => {
    const { status, headers = {}, body } = refusable(() => one(cloud, request, operation, sub));
    return { statusCode: status, headers, ...(body === undefined ? {} : { body }) };
  });
  return { status: 200, body: { operations: answers } };
}

function refusable(run: () => CloudAnswer): CloudAnswer {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

/** At most once per Idempotency-Key; only what was done is kept. */
function one(cloud: VirtualCloud, request: WireRequest, operation: WireOperation, sub: string): CloudAnswer {
  const { state, settings, now } = cloud;
  const key = settings.capabilities.idempotencyKey && operation.key !== null ? `${sub} ${operation.key}` : null;
  const kept = key === null ? undefined : state.keys.get(key);
  if (kept && kept.expiresAt > now()) {
    if (kept.fingerprint !== operation.fingerprint)
      throw new Refused(422, 'This Idempotency-Key was used for another request.');
    return kept.answer;
  }
  const answer = execute(cloud, request, operation, sub);
  if (key !== null) {
    const expiresAt = now() + settings.capabilities.idempotencyTtlSeconds * 1000;
    state.keys.set(key, { fingerprint: operation.fingerprint, answer, expiresAt });
  }
  return answer;
}

function execute(cloud: VirtualCloud, request: WireRequest, operation: WireOperation, sub: string): CloudAnswer {
  const { op, type, parent, sid, body, ifMatch } = operation;
  const by = { sub, request: request.id, ifMatch };
  if (op === 'add') return { status: 201, body: bodyOf(cloud, cloud.add(type, parent, body, by)) };
  const record = cloud.existing(type, parent, sid);
  if (op === 'replace') return { status: 200, body: bodyOf(cloud, cloud.replace(record, body, by)) };
  cloud.remove(record, by);
  return { status: 204 };
}
