import { expect, test } from 'vitest';
import { DEMO_PARTNER, sandboxSettings } from '../../shared/cloud/sandbox-control.ts';
import { aSandbox, aUser, call, harbourId, items, passwordTokens, tokenOf, type Call } from './sandbox-client.ts';

const control = (more: Call = {}): Call => ({ service: 'sandbox-control', ...more });

test('CLI-2: settings are read and changed in part', async () => {
  const sandbox = await aSandbox();
  const body = { capabilities: { batchSize: 5 }, accessTokenSeconds: 60 };
  const changed = await call(sandbox, 'settings', control({ method: 'PUT', body }));
  const settings = sandboxSettings.parse(changed.body);
  expect(settings).toMatchObject({
    accessTokenSeconds: 60,
    seed: 1,
    capabilities: { batchSize: 5, pageSize: 1000, etag: true },
  });
  expect((await call(sandbox, 'settings', control())).body).toEqual(changed.body);
});

test.each([{ seed: 'x' }, { unknown: 1 }, { faults: [{ kind: 'earthquake' }] }, []])(
  'CLI-2: refuses settings %j and keeps the old ones',
  async (body) => {
    const sandbox = await aSandbox();
    const before = sandbox.settings();
    const reply = await call(sandbox, 'settings', control({ method: 'PUT', body }));
    expect([reply.status, typeof reply.body['message']]).toEqual([400, 'string']);
    expect(sandbox.settings()).toEqual(before);
  },
);

test('CLI-2: the clock is advanced, and every answer is dated by it', async () => {
  const sandbox = await aSandbox({ clock: () => Date.UTC(2027, 0, 1) });
  await call(sandbox, 'advance-clock', control({ method: 'POST', body: { ms: 3_600_000 } }));
  const status = await call(sandbox, 'status', control());
  expect(status.body['now']).toBe('2027-01-01T01:00:00.000Z');
  expect(status.headers.get('date')).toBe('Fri, 01 Jan 2027 01:00:00 GMT');
});

test('CLI-2: the log tells every commit with the state before and after', async () => {
  const sandbox = await aSandbox();
  const account = harbourId(sandbox);
  const token = await tokenOf(sandbox);
  const headers = { 'idempotency-key': 'key-1' };
  const body = aUser('Logged', { externalRef: 'lid-1' });
  const added = await call(sandbox, `accounts/${account}/users`, { method: 'POST', token, headers, body });
  const log = await call(sandbox, 'log', control());
  expect(items(log)).toEqual([
    expect.objectContaining({
      seq: added.body['rev'],
      correlationId: added.headers.get('x-mitel-correlation-id'),
      type: 'user',
      id: added.body['userId'],
      accountId: account,
      op: 'add',
      before: null,
      after: expect.objectContaining({ email: 'logged@new.example', role: 'USER' }),
      idempotencyKey: 'key-1',
      externalRef: 'lid-1',
      actor: DEMO_PARTNER.email,
    }),
  ]);
  expect(items(await call(sandbox, `log?after=${String(added.body['rev'])}`, control()))).toEqual([]);
});

test('CLI-2: reset restores tenants and settings, ends sign-ins, and revisions go on rising', async () => {
  const sandbox = await aSandbox();
  const account = harbourId(sandbox);
  const withoutRev = () => sandbox.oracle.users(account).map(({ rev: _rev, etag: _etag, ...rest }) => rest);
  const original = withoutRev();
  const token = await tokenOf(sandbox);
  const revs = sandbox.oracle.users(account).map((user) => Number(user['rev']));
  sandbox.oracle.apply(account, [{ op: 'add', body: aUser('Gone') }]);
  sandbox.configure({ clockOffsetMs: 5 });
  await call(sandbox, 'reset', control({ method: 'POST' }));
  expect(withoutRev()).toEqual(original);
  expect(sandbox.settings().clockOffsetMs).toBe(0);
  expect(sandbox.oracle.log()).toEqual([]);
  expect((await call(sandbox, 'accounts', { token })).status).toBe(401);
  expect((await passwordTokens(sandbox, DEMO_PARTNER)).status).toBe(200);
  expect(Math.min(...sandbox.oracle.users(account).map((user) => Number(user['rev'])))).toBeGreaterThan(
    Math.max(...revs),
  );
});

test('CLI-2: web pages cannot steer the sandbox', async () => {
  const sandbox = await aSandbox();
  const headers = { origin: 'https://evil.example' };
  expect((await call(sandbox, 'reset', control({ method: 'POST', headers }))).status).toBe(403);
});
