import { expect, test } from 'vitest';
import { wireCapabilities, wireChanges } from '../../shared/cloud/wire.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import {
  aFault,
  aSandbox,
  aUser,
  accountIdOf,
  call,
  harbourId,
  items,
  outcomes,
  tokenOf,
  type Reply,
} from './sandbox-client.ts';

test('CLI-2: capabilities are told without a token and change at run time', async () => {
  const sandbox = await aSandbox();
  const ask = async (): Promise<unknown> =>
    wireCapabilities.parse((await call(sandbox, 'capabilities', { service: 'sandbox-capabilities' })).body);
  expect(await ask()).toEqual({
    etag: true,
    idempotencyKey: true,
    idempotencyTtlSeconds: 86_400,
    delta: true,
    tenantFeed: true,
    externalRef: true,
    batchSize: 100,
    pageSize: 1000,
    createAccounts: true,
  });
  sandbox.configure({ capabilities: { delta: false } });
  expect(await ask()).toMatchObject({ delta: false, etag: true, batchSize: 100 });
});

test('CLI-2: etag on: a stale If-Match is refused, alone and inside a batch', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const [user] = sandbox.oracle.users(account);
  const path = `accounts/${account}/users/${String(user?.['userId'])}`;
  const read = await call(sandbox, path, { token });
  const etag = read.headers.get('etag') ?? '';
  expect(etag).toBe(read.body['etag']);
  const edit = async (tag: string, extension: string): Promise<Reply> =>
    call(sandbox, path, { method: 'PATCH', token, headers: { 'if-match': tag }, body: { extension } });
  const first = await edit(etag, '1');
  expect(first.status).toBe(200);
  const stale = await edit(etag, '2');
  expect([stale.status, Object.keys(stale.body)]).toEqual([412, ['message']]);
  expect((await call(sandbox, path, { token })).body['extension']).toBe('1');

  const operations = [etag, first.headers.get('etag') ?? ''].map((tag) => ({
    op: 'replace',
    id: user?.['userId'],
    headers: { 'If-Match': tag },
    body: { extension: '3' },
  }));
  const batch = await call(sandbox, `accounts/${account}/users`, { method: 'PATCH', token, body: { operations } });
  expect(outcomes(batch).map((one) => one.statusCode)).toEqual([412, 200]);
  const newest = outcomes(batch)[1]?.headers['etag'] ?? '';
  expect((await call(sandbox, path, { token, headers: { 'if-none-match': newest } })).status).toBe(304);
});

test('CLI-2: etag off: no tag anywhere and If-Match is not looked at', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { etag: false } } });
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const path = `accounts/${account}/users/${String(sandbox.oracle.users(account)[0]?.['userId'])}`;
  const headers = { 'if-match': '"0"' };
  const reply = await call(sandbox, path, { method: 'PATCH', token, headers, body: { extension: '5' } });
  expect([reply.status, reply.headers.get('etag'), 'etag' in reply.body]).toEqual([200, null, false]);
});

async function create(sandbox: Sandbox, key: string, body: unknown): Promise<Reply> {
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users`;
  return call(sandbox, path, { method: 'POST', token, headers: { 'idempotency-key': key }, body });
}

test('CLI-2: idempotencyKey on: the same request is answered again, with another body it is refused', async () => {
  const sandbox = await aSandbox();
  const first = await create(sandbox, 'key-1', aUser('Once'));
  const again = await create(sandbox, 'key-1', aUser('Once'));
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect([first, again].map((reply) => reply.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
  expect((await create(sandbox, 'key-1', aUser('Other'))).status).toBe(422);
  expect(sandbox.oracle.log().map((entry) => entry.idempotencyKey)).toEqual(['key-1']);
});

test('CLI-2: idempotencyKey on: keys work per operation of a batch', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const send = async (names: readonly string[]): Promise<Reply> => {
    const operations = names.map((name) => ({
      op: 'add',
      headers: { 'Idempotency-Key': `key-${name}` },
      body: aUser(name),
    }));
    return call(sandbox, `accounts/${harbourId(sandbox)}/users`, { method: 'PATCH', token, body: { operations } });
  };
  const first = outcomes(await send(['Ann', 'Ben']));
  const second = outcomes(await send(['Ben', 'Cleo']));
  expect(second.map((one) => [one.statusCode, one.headers['idempotent-replayed']])).toEqual([
    [201, 'true'],
    [201, undefined],
  ]);
  expect(second[0]?.body).toEqual(first[1]?.body);
  expect(sandbox.oracle.log()).toHaveLength(3);
});

test('CLI-2: idempotencyKey on: a refused request changed nothing and is judged again', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}`;
  await call(sandbox, path, { method: 'PATCH', token, body: { active: false } });
  expect((await create(sandbox, 'key-2', aUser('Later'))).status).toBe(409);
  await call(sandbox, path, { method: 'PATCH', token, body: { active: true } });
  expect((await create(sandbox, 'key-2', aUser('Later'))).status).toBe(201);
});

test('CLI-2: idempotencyKey on: a second copy is refused while the first is under way', async () => {
  const faults = [aFault({ kind: 'delay', delayMs: 300, method: 'POST', path: '/users', times: 1 })];
  const sandbox = await aSandbox();
  sandbox.configure({ faults });
  const replies = await Promise.all([
    create(sandbox, 'key-3', aUser('Twice')),
    create(sandbox, 'key-3', aUser('Twice')),
  ]);
  expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  expect(replies.find((reply) => reply.status === 409)?.headers.get('retry-after')).toBe('1');
  expect(sandbox.oracle.log()).toHaveLength(1);
  expect((await create(sandbox, 'key-3', aUser('Twice'))).headers.get('idempotent-replayed')).toBe('true');
});

test('CLI-2: idempotencyKey on: a key is forgotten after its time', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { idempotencyTtlSeconds: 60 } } });
  expect((await create(sandbox, 'key-4', aUser('Old'))).status).toBe(201);
  sandbox.configure({ clockOffsetMs: 61_000 });
  const late = await create(sandbox, 'key-4', aUser('Old'));
  expect([late.status, late.body['message']]).toEqual([409, 'One or more of the attribute values are already in use']);
});

test('CLI-2: idempotencyKey off: every copy is a request of its own', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { idempotencyKey: false } } });
  await create(sandbox, 'key-5', aUser('Copy'));
  expect((await create(sandbox, 'key-5', aUser('Copy'))).status).toBe(409);
  expect((await create(sandbox, 'key-5', aUser('Copy2', { email: 'other@new.example' }))).status).toBe(201);
});

test('CLI-2: externalRef on: found by filter, a second create names the user that exists or existed', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users`;
  const post = async (name: string): Promise<Reply> =>
    call(sandbox, path, { method: 'POST', token, body: aUser(name, { externalRef: 'lid-1' }) });
  const added = await post('Ref');
  const found = await call(sandbox, `${path}?$filter=externalRef eq 'lid-1'`, { token });
  expect(items(found).map((user) => user['userId'])).toEqual([added.body['userId']]);
  const second = await post('Ref2');
  expect([second.status, second.body['userId']]).toEqual([409, added.body['userId']]);
  await call(sandbox, `${path}/${String(added.body['userId'])}`, { method: 'DELETE', token });
  const third = await post('Ref3');
  expect([third.status, third.body['deleted'], third.body['userId']]).toEqual([409, true, added.body['userId']]);
});

test('CLI-2: externalRef off: the field is ignored, absent and no filter', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { externalRef: false } } });
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users`;
  for (const name of ['Ann', 'Ben']) {
    const reply = await call(sandbox, path, { method: 'POST', token, body: aUser(name, { externalRef: 'lid-1' }) });
    expect([reply.status, 'externalRef' in reply.body]).toEqual([201, false]);
  }
  expect((await call(sandbox, `${path}?$filter=externalRef eq 'lid-1'`, { token })).status).toBe(400);
});

async function changes(sandbox: Sandbox, path: string, since: string, token: string) {
  const query = since === '' ? '' : `?since=${encodeURIComponent(since)}`;
  const reply = await call(sandbox, `${path}/changes${query}`, { token });
  expect(reply.status).toBe(200);
  return wireChanges.parse(reply.body);
}

test('CLI-2: delta on: a feed tells what was added, changed and deleted since its token, in pages', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { pageSize: 2 } } });
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const path = `accounts/${account}/users`;
  const [ada, una] = sandbox.oracle.users(account).map((user) => String(user['userId']));
  const start = await changes(sandbox, path, '', token);
  expect([start.items, start.hasMore]).toEqual([[], false]);
  sandbox.oracle.apply(account, [
    { op: 'add', body: aUser('New') },
    { op: 'remove', id: una ?? '' },
    { op: 'replace', id: ada ?? '', body: { extension: '77' } },
  ]);
  sandbox.oracle.apply(accountIdOf(sandbox, '100000003'), [{ op: 'add', body: aUser('Elsewhere') }]);

  const first = await changes(sandbox, path, start.token, token);
  expect(first.hasMore).toBe(true);
  expect(first.items.map((entry) => [entry.deleted, entry.id === una])).toEqual([
    [false, false],
    [true, true],
  ]);
  const second = await changes(sandbox, path, first.token, token);
  expect([second.items.map((entry) => entry.id), second.hasMore]).toEqual([[ada], false]);
  expect(second.items[0]?.body).toMatchObject({ extension: '77' });
  // The same token may be asked again: nothing is consumed.
  expect((await changes(sandbox, path, first.token, token)).items).toEqual(second.items);
  expect((await changes(sandbox, path, second.token, token)).items).toEqual([]);
});

test('CLI-2: delta on: accounts have a feed with tombstones too', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const start = await changes(sandbox, 'accounts', '', token);
  const [kept, gone] = [harbourId(sandbox), accountIdOf(sandbox, '100000003')];
  await call(sandbox, `accounts/${kept}`, { method: 'PATCH', token, body: { name: 'Renamed' } });
  await call(sandbox, `accounts/${gone}`, { method: 'DELETE', token });
  const { items: entries } = await changes(sandbox, 'accounts', start.token, token);
  expect(entries.map((entry) => [entry.id, entry.deleted])).toEqual([
    [kept, false],
    [gone, true],
  ]);
});

test('CLI-2: delta on: 410 for tokens that are old, foreign, invented or from before a reset', async () => {
  const sandbox = await aSandbox();
  const account = harbourId(sandbox);
  const path = `accounts/${account}/users`;
  const { token: since } = await changes(sandbox, path, '', await tokenOf(sandbox));
  const status = async (at: string, given: string): Promise<number> =>
    (await call(sandbox, `${at}/changes?since=${given}`, { token: await tokenOf(sandbox) })).status;
  expect(await status('accounts', since)).toBe(410);
  expect(await status(path, 'invented')).toBe(410);
  expect(await status(path, since)).toBe(200);
  sandbox.configure({ clockOffsetMs: 8 * 86_400_000 });
  expect(await status(path, since)).toBe(410);
  sandbox.reset();
  expect(await status(path, since)).toBe(410);
});

test('CLI-2: the feed of the tenant names the accounts in which anything moved, and is not there when it is off', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const start = await call(sandbox, 'changes', { token });
  const look = () => call(sandbox, `changes?since=${encodeURIComponent(String(start.body['token']))}`, { token });
  expect((await look()).body).toMatchObject({ items: [], hasMore: false });
  const [user] = sandbox.oracle.users(account);
  sandbox.oracle.apply(account, [{ op: 'replace', id: String(user?.['userId']), body: { extension: '4799' } }]);
  expect((await look()).body).toMatchObject({ items: [{ id: account, deleted: false }], hasMore: false });
  sandbox.configure({ capabilities: { tenantFeed: false } });
  expect((await look()).status).toBe(404);
});

test('CLI-2: delta off: there is no feed', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { delta: false } } });
  const token = await tokenOf(sandbox);
  expect((await call(sandbox, 'accounts/changes', { token })).status).toBe(404);
  expect((await call(sandbox, `accounts/${harbourId(sandbox)}/users/changes`, { token })).status).toBe(404);
});

test('CLI-2: createAccounts off: creating an account is refused with the reason', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { createAccounts: false } } });
  const token = await tokenOf(sandbox);
  const reply = await call(sandbox, 'accounts', { method: 'POST', token, body: { name: 'New' } });
  expect([reply.status, String(reply.body['message'])]).toEqual([403, expect.stringContaining('portal')]);
});
