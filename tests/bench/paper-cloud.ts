import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVICE_VERSIONS } from '../../shared/cloud/paths.ts';

/**
 * A cloud that keeps nothing and answers at once, `paper-cloud.ts ACCOUNTS USERS_EACH RTT_MS`: what is measured against it is the console
 * and the way, not a server. Each answer waits for the round trip. `/asked` tells how often it was asked, and when a list first was.
 */
const [accountCount = 1, usersEach = 1000, rttMs = 0] = process.argv.slice(2).map(Number);
const PAGE = 1000;
const GIVEN = ['Ada', 'Bruno', 'Carla', 'Dario', 'Edith', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas'];
const FAMILY = ['Acker', 'Birch', 'Colwell', 'Dray', 'Eastman', 'Fenwick', 'Garrow', 'Holt', 'Ivey', 'Jessop', 'Kerr'];
const CAPABILITIES = {
  ...{ etag: true, idempotencyKey: true, idempotencyTtlSeconds: 86_400, delta: true, tenantFeed: true },
  ...{ externalRef: true, batchSize: 100, pageSize: PAGE, createAccounts: true },
};
const NOTHING_NEW = { items: [], token: 'now', hasMore: false };
const TIMES = { createdOn: '2026-01-05T08:00:00.000Z', modifiedOn: '2026-02-05T08:00:00.000Z', modifiedBy: 'portal' };
const asked = { requests: 0, firstListAt: 0 };
/** Made once: what a page takes to write is not a cloud's time. */
const pages = new Map<string, string>();

function uuid(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const accountSid = (index: number): string => uuid(`account ${index}`);
const homes = new Map(Array.from({ length: accountCount }, (_, index) => [accountSid(index), index]));

function aUser(account: number, index: number): object {
  const firstName = GIVEN[(index * 7) % GIVEN.length] ?? '';
  const lastName = `${FAMILY[(index * 13) % FAMILY.length] ?? ''}${index}`;
  return {
    ...{ userId: uuid(`${account} ${index}`), accountId: accountSid(account), firstName, lastName, ...TIMES },
    ...{ name: `${firstName} ${lastName}`, email: `${firstName}.${lastName}@c${account}.example`.toLowerCase() },
    ...{ role: 'USER', extension: String(10_000 + index), mobile: '+44 7700 900123', source: 'ACCOUNTS' },
    ...{ userVerified: true, rev: index + 1, etag: `"${index + 1}"` },
  };
}

function users(account: number, after: number): string {
  const key = `${account} ${after}`;
  const known = pages.get(key);
  if (known !== undefined) return known;
  const items = Array.from({ length: Math.min(PAGE, usersEach - after) }, (_, offset) =>
    aUser(account, after + offset),
  );
  const next =
    after + PAGE < usersEach ? { next: `${root}/accounts/${accountSid(account)}/users?after=${after + PAGE}` } : {};
  const page = JSON.stringify({ count: usersEach, _links: next, _embedded: { items } });
  if (accountCount === 1) pages.set(key, page);
  return page;
}

function accounts(): object {
  const items = Array.from({ length: accountCount }, (_, index) => ({
    ...{ accountId: accountSid(index), accountNumber: String(900_000_000 + index), name: `Customer ${index}` },
    ...{ active: true, rev: 1, ...TIMES },
  }));
  return { count: accountCount, _links: {}, _embedded: { items } };
}

type Operation = { readonly body: Readonly<Record<string, unknown>> };

function batch(account: string, text: string): object {
  const { operations } = JSON.parse(text) as { operations: readonly Operation[] };
  return {
    operations: operations.map(({ body }) => ({
      statusCode: 201,
      headers: { etag: '"1"' },
      body: { ...TIMES, ...body, userId: uuid(String(body['email'])), accountId: account, rev: 1, etag: '"1"' },
    })),
  };
}

const root = `/admin/${SERVICE_VERSIONS.admin}`;

async function answer(request: IncomingMessage): Promise<object | string> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/asked') return asked;
  asked.requests += 1;
  if (pathname.endsWith('/capabilities')) return CAPABILITIES;
  if (pathname.startsWith('/authentication/')) {
    if (request.method === 'POST')
      return { token_type: 'Bearer', expires_in: 86_400, access_token: 'access', refresh_token: 'refresh' };
    return {
      sub: 'technician',
      accountId: accountSid(0),
      name: 'Technician',
      email: 't@partner.example',
      role: 'PARTNER',
    };
  }
  if (pathname.endsWith('/changes')) return NOTHING_NEW;
  if (pathname === `${root}/accounts`) return accounts();
  const sid = pathname.split('/').at(-2) ?? '';
  if (request.method === 'PATCH') return batch(sid, await bodyOf(request));
  if (asked.firstListAt === 0) asked.firstListAt = performance.timeOrigin + performance.now();
  return users(homes.get(sid) ?? 0, Number(searchParams.get('after') ?? 0));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [body] = await Promise.all([
    answer(request),
    rttMs > 0 && request.url !== '/asked' ? pause(rttMs) : Promise.resolve(),
  ]);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

if (accountCount === 1) for (let after = 0; after < usersEach; after += PAGE) users(0, after);
const server = createServer((request, response) => void serve(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
