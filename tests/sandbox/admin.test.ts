import { expect, test } from 'vitest';
import { wireAccount, wireBatchAnswer, wireCollection, wireUser } from '../../shared/cloud/wire.ts';
import { DEMO_ADMIN } from '../../shared/cloud/sandbox-control.ts';
import { DEMO_RECEPTION, DEMO_RESTRICTED } from '../../electron/sandbox/demo/identities.ts';
import { aSandbox, aUser, accountIdOf, call, harbourId, items, nextLink, outcomes, tokenOf } from './sandbox-client.ts';

test('CLI-2: pages follow each other by the next link and by $skip, each user once', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const large = accountIdOf(sandbox, '100000004');
  const path = `accounts/${large}/users`;
  const seen: unknown[] = [];
  let next: string | undefined = `${path}?$top=70`;
  while (next !== undefined) {
    const page = await call(sandbox, next, { token });
    expect(wireCollection.parse(page.body).count).toBe(300);
    seen.push(...items(page).map((user) => wireUser.parse(user).userId));
    next = nextLink(page);
  }
  expect(seen).toEqual(sandbox.oracle.users(large).map((user) => user['userId']));
  const skipped = await call(sandbox, `${path}?$top=10&$skip=295`, { token });
  expect(items(skipped).map((user) => user['userId'])).toEqual(seen.slice(295));
  expect(nextLink(skipped)).toBeUndefined();
});

test('CLI-2: a page that was begun stays whole while users are removed and added', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const before = sandbox.oracle.users(account).map((user) => String(user['userId']));
  const first = await call(sandbox, `accounts/${account}/users?$top=20`, { token });
  sandbox.oracle.apply(account, [
    { op: 'remove', id: before[5] ?? '' },
    { op: 'add', body: aUser('Late') },
  ]);
  const second = await call(sandbox, nextLink(first) ?? '', { token });
  expect(items(second).map((user) => user['userId'])).toEqual(before.slice(20));
  expect(nextLink(second)).toBeDefined();
});

test('CLI-2: an empty collection has no _embedded, and $top never exceeds the page size', async () => {
  const sandbox = await aSandbox({ tenants: 'empty', settings: { capabilities: { pageSize: 1 } } });
  const token = await tokenOf(sandbox);
  const users = await call(sandbox, `accounts/${harbourId(sandbox)}/users`, { token });
  expect(users.body).toMatchObject({ count: 0 });
  expect(users.body).not.toHaveProperty('_embedded');
  expect(items(await call(sandbox, 'accounts?$top=500', { token }))).toHaveLength(1);
});

test.each([
  ["email eq 'ada.admin@harbour.example'", 1],
  ["email eq 'ADA.admin@harbour.example'", 0],
  ["substringof(firstName,'Una') and role eq 'USER'", 1],
  ["firstName eq 'Una' or (firstName eq 'Ada' and userVerified eq true)", 2],
  ["name eq 'O''Nobody'", 0],
  ["createdOn gt '2000-01-01T00:00:00.000Z'", 40],
])('CLI-2: $filter=%s', async (filter, expected) => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users?$filter=${encodeURIComponent(filter)}`;
  const reply = await call(sandbox, path, { token });
  expect([reply.status, reply.body['count']]).toEqual([200, expected]);
});

test.each(['email eq', "password eq 'x'", 'name gt 3', '1=1; DROP TABLE users', "substringof('a',name)"])(
  'CLI-2: refuses $filter=%s with a sentence',
  async (filter) => {
    const sandbox = await aSandbox();
    const token = await tokenOf(sandbox);
    const path = `accounts/${harbourId(sandbox)}/users?$filter=${encodeURIComponent(filter)}`;
    const reply = await call(sandbox, path, { token });
    expect([reply.status, typeof reply.body['message']]).toEqual([400, 'string']);
  },
);

test('CLI-2: a batch succeeds in part, in order, each operation with its own correlation id', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const [ada, una] = sandbox.oracle.users(account);
  const operations = [
    { op: 'add', body: aUser('First') },
    { op: 'add', body: aUser('Twin', { email: DEMO_ADMIN.email.toUpperCase() }) },
    { op: 'add', body: aUser('Bad', { email: 'no address' }) },
    { op: 'replace', id: ada?.['userId'], body: { extension: '4711' } },
    { op: 'remove', id: una?.['userId'] },
    { op: 'replace', id: 'nobody', body: { extension: '1' } },
  ];
  const reply = await call(sandbox, `accounts/${account}/users`, { method: 'PATCH', token, body: { operations } });
  expect(reply.status).toBe(200);
  const answers = wireBatchAnswer.parse(reply.body).operations;
  expect(answers.map((answer) => answer.statusCode)).toEqual([201, 409, 400, 200, 204, 404]);
  expect(answers[1]?.body).toEqual({ message: 'One or more of the attribute values are already in use' });
  const ids = answers.map((answer) => answer.headers['x-mitel-correlation-id']);
  expect(new Set(ids).size).toBe(6);
  const log = sandbox.oracle.log();
  expect(log.map((entry) => [entry.op, entry.correlationId])).toEqual([
    ['add', ids[0]],
    ['replace', ids[3]],
    ['remove', ids[4]],
  ]);
  expect(log[1]?.before).toMatchObject({ extension: ada?.['extension'] });
  expect(log[1]?.after).toMatchObject({ extension: '4711', modifiedBy: 'Pat Technician' });
});

test('CLI-2: a batch that is too long, malformed or switched off changes nothing', async () => {
  const sandbox = await aSandbox({ settings: { capabilities: { batchSize: 1 } } });
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users`;
  const send = async (body: unknown): Promise<number> =>
    (await call(sandbox, path, { method: 'PATCH', token, body })).status;
  const two = {
    operations: [
      { op: 'add', body: aUser('One') },
      { op: 'add', body: aUser('Two') },
    ],
  };
  expect(await send(two)).toBe(413);
  expect(await send({ operations: [{ op: 'explode' }] })).toBe(400);
  expect(await send('{"operations":[')).toBe(400);
  sandbox.configure({ capabilities: { batchSize: 0 } });
  expect(await send(two)).toBe(404);
  expect(sandbox.oracle.log()).toEqual([]);
});

test.each([
  [{ firstName: '', lastName: '', name: '' }, 400],
  [{ email: '' }, 400],
  [{ email: 'x@y' }, 400],
  [{ role: 'WIZARD' }, 400],
  [{ role: 'PARTNER' }, 400],
  [{ mobile: '0123' }, 400],
  [{ firstName: 7 }, 400],
  [{ firstName: 'x'.repeat(101) }, 400],
  [{ role: 'Reception Desk' }, 201],
  [{ firstName: '', lastName: '', name: 'Only A Name' }, 201],
])('CLI-2: a new user with %j is answered %i', async (more, status) => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users`;
  expect((await call(sandbox, path, { method: 'POST', token, body: aUser('New', more) })).status).toBe(status);
  expect(sandbox.oracle.log()).toHaveLength(status === 201 ? 1 : 0);
});

test('CLI-2: fields that are not given stay, null clears, and who and when are kept', async () => {
  const sandbox = await aSandbox({ clock: () => Date.UTC(2027, 0, 2) });
  const token = await tokenOf(sandbox, DEMO_ADMIN);
  const account = harbourId(sandbox);
  const una = sandbox.oracle.users(account)[1] ?? {};
  const path = `accounts/${account}/users/${String(una['userId'])}`;
  const edited = await call(sandbox, path, { method: 'PUT', token, body: { extension: '9', mobile: null } });
  const { _links, etag, rev, ...rest } = edited.body;
  const { _links: _, etag: __, rev: formerRev, ...before } = una;
  expect(rest).toEqual({
    ...before,
    extension: '9',
    extensionVerified: true,
    mobile: '',
    modifiedOn: '2027-01-02T00:00:00.000Z',
    modifiedBy: 'Ada Admin',
  });
  expect(Number(rev)).toBeGreaterThan(Number(formerRev));
  expect([etag, typeof _links]).toEqual([`"${String(rev)}"`, 'object']);
});

test('CLI-2: user bodies carry a SIP password, so that a client can prove it drops it; the log does not', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const account = harbourId(sandbox);
  const page = await call(sandbox, `accounts/${account}/users`, { token });
  expect(items(page).every((user) => String(user['sipPassword']).startsWith('canary-sip-'))).toBe(true);
  sandbox.oracle.apply(account, [{ op: 'add', body: aUser('Quiet') }]);
  expect(JSON.stringify(sandbox.oracle.log())).not.toContain('canary');
});

test('CLI-2: an administrator sees the own account only', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox, DEMO_ADMIN);
  const accounts = items(await call(sandbox, 'accounts', { token })).map((account) => wireAccount.parse(account));
  expect(accounts.map((account) => account.accountNumber)).toEqual([DEMO_ADMIN.accountNumber]);
  const other = await call(sandbox, `accounts/${accountIdOf(sandbox, '100000003')}/users`, { token });
  expect(other.status).toBe(403);
  expect((await call(sandbox, 'accounts', { method: 'POST', token, body: { name: 'Mine' } })).status).toBe(403);
});

test('CLI-2: a custom role is refused what was taken from it, by name', async () => {
  const sandbox = await aSandbox();
  const account = harbourId(sandbox);
  const technician = await tokenOf(sandbox, DEMO_RESTRICTED);
  const body = {
    operations: [
      { op: 'add', body: aUser('No') },
      { op: 'replace', id: 'nobody', body: {} },
    ],
  };
  const reply = await call(sandbox, `accounts/${account}/users`, { method: 'PATCH', token: technician, body });
  expect(outcomes(reply).map((one) => one.statusCode)).toEqual([403, 404]);
  expect(outcomes(reply)[0]?.body?.['message']).toContain('users.add');

  const reception = await tokenOf(sandbox, DEMO_RECEPTION);
  const edit = await call(sandbox, `accounts/${account}`, {
    method: 'PATCH',
    token: reception,
    body: { name: 'Mine' },
  });
  expect([edit.status, String(edit.body['message'])]).toEqual([403, expect.stringContaining('accounts.edit')]);
  expect((await call(sandbox, `accounts/${account}/users`, { token: reception })).status).toBe(200);
});

test('CLI-2: accounts are created, changed, deactivated, reactivated and deleted', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const address = { country: 'GB', street: '1 New Street', city: 'Newtown', stateOrProvince: '', zipCode: 'N1' };
  const contacts = [{ email: 'desk@new.example' }];
  const body = { name: 'New Customer', location: { address }, contacts, languageCode: 'en', externalRef: 'ref-a' };
  const added = await call(sandbox, 'accounts', { method: 'POST', token, body });
  expect([added.status, added.body['accountNumber']]).toEqual([201, '100000005']);
  const path = `accounts/${String(added.body['accountId'])}`;

  const edit = { location: { address: { city: 'Oldtown' } } };
  const edited = await call(sandbox, path, { method: 'PATCH', token, body: edit });
  expect(edited.body['location']).toEqual({ address: { ...address, city: 'Oldtown' } });
  const put = await call(sandbox, `${path}/contacts`, {
    method: 'PUT',
    token,
    body: { contacts: [{ email: 'nope' }] },
  });
  expect([put.status, put.body['message']]).toEqual([400, 'Contains an invalid email']);
  const twoContacts = { contacts: [{ email: 'a@new.example' }, { email: 'b@new.example' }] };
  expect((await call(sandbox, `${path}/contacts`, { method: 'PUT', token, body: twoContacts })).body['count']).toBe(2);

  await call(sandbox, path, { method: 'PATCH', token, body: { active: false } });
  const refused = await call(sandbox, `${path}/users`, { method: 'POST', token, body: aUser('Late') });
  expect([refused.status, String(refused.body['message'])]).toEqual([409, expect.stringContaining('deactivated')]);
  const back = await call(sandbox, path, { method: 'PATCH', token, body: { active: true } });
  expect(back.body).toMatchObject({ active: true, state: 'ACTIVE' });
  expect((await call(sandbox, path, { method: 'DELETE', token })).status).toBe(204);
  expect((await call(sandbox, path, { token })).status).toBe(404);
});

test('CLI-2: partner users, MiCloud Connect users and the Partner Account stay', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const partner = accountIdOf(sandbox, '100000001');
  const connect = accountIdOf(sandbox, '100000004');
  const technician = sandbox.oracle.users(partner)[0]?.['userId'];
  const synced = sandbox.oracle.users(connect).find((user) => user['source'] === 'MICLOUD_CONNECT')?.['userId'];
  const remove = async (path: string): Promise<number> =>
    (await call(sandbox, path, { method: 'DELETE', token })).status;
  expect(await remove(`accounts/${partner}/users/${String(technician)}`)).toBe(409);
  expect(await remove(`accounts/${connect}/users/${String(synced)}`)).toBe(409);
  expect(await remove(`accounts/${partner}`)).toBe(409);
});

test('CLI-2: unknown paths, methods and missing tokens are told apart, always with a correlation id', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const replies = [
    await call(sandbox, 'nowhere', { token }),
    await call(sandbox, 'accounts', { method: 'DELETE', token }),
    await call(sandbox, 'accounts'),
    await call(sandbox, `${sandbox.url}/elsewhere`),
  ];
  expect(replies.map((reply) => reply.status)).toEqual([404, 405, 401, 404]);
  expect(replies.every((reply) => /^[0-9a-f-]{36}$/u.test(reply.headers.get('x-mitel-correlation-id') ?? ''))).toBe(
    true,
  );
  expect(replies.every((reply) => typeof reply.body['message'] === 'string')).toBe(true);
});

test('CLI-2: answers are compressed on request', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const path = `accounts/${harbourId(sandbox)}/users`;
  const asked = await call(sandbox, path, { token, headers: { 'accept-encoding': 'gzip' } });
  expect(asked.headers.get('content-encoding')).toBe('gzip');
  expect(items(asked)).toHaveLength(40);
  const plain = await call(sandbox, path, { token, headers: { 'accept-encoding': 'identity' } });
  expect([plain.headers.get('content-encoding'), plain.text]).toEqual([null, asked.text]);
});
