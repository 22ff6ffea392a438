import { expect, test } from 'vitest';
import { createCloudClient, type Fetch, type Tokens } from './cloud-client.ts';
import { reasonOf } from './answer.ts';

const CLOCK = { now: () => 0, uptime: () => 0, after: () => () => undefined };
const TOKENS: Tokens = {
  access: () => Promise.resolve({ kind: 'token', token: 'first' }),
  renew: () => Promise.resolve({ kind: 'token', token: 'second' }),
};
const REQUEST = { method: 'GET', service: 'admin', path: 'accounts' } as const;

function client(fetch: Fetch, tokens = TOKENS) {
  return createCloudClient({ url: 'https://cloud.example', fetch, clock: CLOCK, random: () => 0, tokens, app: 'test' });
}

function answering(status: number, body: string | null, headers: Record<string, string> = {}): Fetch {
  return () =>
    Promise.resolve(new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } }));
}

test.each([
  [200, '{"a":1}', {}, { kind: 'ok', status: 200, body: { a: 1 } }],
  [204, null, {}, { kind: 'ok', status: 204, body: null }],
  [200, 'upstream error', {}, { kind: 'lost', reason: 'not-json' }],
  [200, '<html>', { 'content-type': 'text/html; charset=utf-8' }, { kind: 'lost', reason: 'captive-portal' }],
  [302, '', { location: 'http://portal.example/' }, { kind: 'lost', reason: 'captive-portal' }],
  [511, '', {}, { kind: 'lost', reason: 'captive-portal' }],
  [407, '', {}, { kind: 'lost', reason: 'proxy' }],
  [403, '<html>', { 'content-type': 'text/html' }, { kind: 'lost', reason: 'not-json' }],
  [502, '<html>', { 'content-type': 'text/html' }, { kind: 'broken', status: 502 }],
  [503, '<html>', { 'content-type': 'text/html', 'retry-after': '3' }, { kind: 'throttled', retryAfterMs: 3000 }],
  [
    400,
    '{"message":"No."}',
    { 'x-mitel-correlation-id': 'c-1' },
    { kind: 'refused', status: 400, message: 'No.', correlationId: 'c-1' },
  ],
  [404, '', {}, { kind: 'refused', status: 404, message: '' }],
  [409, '{}', {}, { kind: 'refused', status: 409 }],
  [409, '{}', { 'retry-after': '1' }, { kind: 'throttled', status: 409, retryAfterMs: 1000 }],
  [429, '', {}, { kind: 'throttled', retryAfterMs: null }],
  [429, 'not json', { 'retry-after': '3' }, { kind: 'throttled', retryAfterMs: 3000 }],
  [503, '{}', { 'retry-after': '3' }, { kind: 'throttled', retryAfterMs: 3000 }],
  [503, '{}', {}, { kind: 'broken', status: 503 }],
  [500, 'not json', {}, { kind: 'broken', status: 500, message: '' }],
])('SYNC 3.8: the answer %i %j %j is %j', async (status, body, headers, expected) => {
  expect(await client(answering(status, body, headers)).send(REQUEST)).toMatchObject(expected);
});

test.each([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'broken-off'],
  ['UND_ERR_SOCKET', 'broken-off'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
])('SYNC 3.8: the error %s means %s', (code, reason) => {
  const error = (cause: object): Error => new TypeError('fetch failed', { cause });
  expect(reasonOf(error({ code }))).toBe(reason);
  expect(reasonOf(error({ errors: [{ code }] }))).toBe(reason);
});

test('SES-3: a refused token is renewed once and the request repeated with the new one', async () => {
  const used: string[] = [];
  const fetch: Fetch = (_url, init) => {
    used.push(new Headers(init?.headers).get('authorization') ?? '');
    return Promise.resolve(new Response('{}', { status: used.length === 1 ? 401 : 200 }));
  };
  expect(await client(fetch).send(REQUEST)).toMatchObject({ kind: 'ok' });
  expect(used).toEqual(['Bearer first', 'Bearer second']);
});

test('SES-3: without a token nothing is sent; a renewal that nobody answers is a lost connection', async () => {
  const never: Fetch = () => expect.unreachable();
  const none: Tokens = { ...TOKENS, access: () => Promise.resolve({ kind: 'none' }) };
  expect(await client(never, none).send(REQUEST)).toEqual({ kind: 'unauthorised', correlationId: '' });
  const lost: Tokens = { ...TOKENS, access: () => Promise.resolve({ kind: 'lost', reason: 'dns', message: 'x' }) };
  expect(await client(never, lost).send(REQUEST)).toEqual({ kind: 'lost', reason: 'dns', message: 'x' });
});

test('SES-1: a link in an answer never takes the token to another host', async () => {
  const asked: string[] = [];
  const fetch: Fetch = (url) => {
    asked.push(url as string);
    return Promise.resolve(new Response('{}'));
  };
  for (const path of ['https://evil.example/next?page=2', '/admin/x?y=1', 'accounts?z=1'])
    await client(fetch).send({ ...REQUEST, path });
  expect(asked).toEqual([
    'https://cloud.example/next?page=2',
    'https://cloud.example/admin/x?y=1',
    'https://cloud.example/admin/2017-09-01/accounts?z=1',
  ]);
});
