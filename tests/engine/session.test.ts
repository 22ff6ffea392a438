import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEMO_ADMIN, DEMO_PARTNER, DEMO_SHARED_ADMIN, DEMO_USER } from '../../shared/cloud/sandbox-control.ts';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import { projectItems } from '../../electron/engine/sync/projection.ts';
import { createMemoryVault } from '../../electron/engine/runtime/token-vault.ts';
import { DEMO_RESTRICTED } from '../../electron/sandbox/demo/identities.ts';
import { aUserOf, anAccountOf } from '../harness/builders.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import { startEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, aSandbox } from '../sandbox/sandbox-client.ts';

const DAY_MS = 86_400_000;

test('SES-1: the partner signs in by the browser and everything is fetched', async () => {
  const engine = await (await startEngine()).ready();
  expect(await engine.client.session.state({})).toMatchObject({
    status: 'signed-in',
    identity: { name: 'Pat Technician', role: 'PARTNER', accountName: 'Brackenford Voice & Networks' },
    tokenStorage: 'session-only',
    waitingCount: 0,
  });
  const { rows } = await engine.client.accounts.list({ state: 'ACTIVE' });
  expect(rows.map(({ name, userCount }) => [name, userCount])).toEqual([
    ['Brackenford Voice & Networks', 6],
    ['Cobalt Street Credit Union', 5],
    ['Marrow Lane Retail Group', 300],
    ['Saltmarsh Harbour Authority', 40],
  ]);
  expect(engine.log).toEqual([]);
});

test('SES-1: a person who declines on the page is not signed in and is told so', async () => {
  const engine = await startEngine();
  expect(await engine.signInPartner('deny')).toMatchObject({ ok: false, refusal: { code: 'session.cancelled' } });
  expect(await engine.client.session.state({})).toMatchObject({ status: 'signed-out', identity: null });
});

test('SES-1: a sign-in that nobody finishes can be given up, and a second click does not open a second page', async () => {
  const engine = await startEngine();
  const patience = new AbortController();
  const first = engine.signInPartner('nobody', patience.signal);
  await until(
    'signing in',
    () => engine.client.session.state({}),
    ({ status }) => status === 'signing-in',
  );
  const second = await engine.client.session.signInPartner({});
  expect(second).toMatchObject({ ok: false, refusal: { code: 'session.already-running' } });
  patience.abort();
  expect(await first).toMatchObject({ ok: false, refusal: { code: 'session.cancelled' } });
  expect(await engine.signInPartner()).toMatchObject({ ok: true });
});

test('SES-1: a plain user is refused by this console and nothing is kept of the sign-in', async () => {
  const vault = createMemoryVault();
  const engine = await startEngine({ vault });
  expect(await engine.signInPartner(DEMO_USER)).toMatchObject({
    ok: false,
    refusal: { code: 'session.user-not-permitted', details: { name: 'Una User' } },
  });
  expect(await engine.client.session.state({})).toMatchObject({ status: 'signed-out' });
  expect(await vault.load()).toBeNull();
});

test('SES-2: an administrator signs in with e-mail and password and sees the own account only', async () => {
  const engine = await startEngine();
  expect(await engine.signInAdmin()).toEqual({ ok: true, value: { name: 'Ada Admin' } });
  await engine.settled();
  const { rows } = await engine.client.accounts.list({ state: 'ACTIVE' });
  expect(rows.map(({ name }) => name)).toEqual(['Saltmarsh Harbour Authority']);
});

test('SES-2: an address of several accounts needs the account number, a wrong password is called wrong', async () => {
  const engine = await startEngine();
  const { email, password } = DEMO_SHARED_ADMIN;
  expect(await engine.client.session.signInAdmin({ email, password })).toMatchObject({
    refusal: { code: 'session.account-number-needed' },
  });
  expect(await engine.signInAdmin({ password: 'wrong' })).toMatchObject({
    refusal: { code: 'session.wrong-credentials' },
  });
  expect(await engine.client.session.signInAdmin({ email, password, accountNumber: '100000004' })).toMatchObject({
    ok: true,
    value: { name: 'Sam Shared' },
  });
});

test('SES-2: a cloud that does not answer is unreachable, not a wrong password', async () => {
  const sandbox = await aSandbox();
  const engine = await startEngine({ sandbox });
  sandbox.configure({ faults: [aFault({ kind: 'server-error' })] });
  expect(await engine.signInAdmin()).toMatchObject({ refusal: { code: 'session.unreachable' } });
  await sandbox.close();
  expect(await engine.signInAdmin()).toMatchObject({ refusal: { code: 'session.unreachable' } });
});

test('SES-3: an expired token is renewed once for all who ask, without a question', async () => {
  const engine = await (await startEngine()).ready();
  const before = engine.sandbox.oracle.requests().length;
  engine.sandbox.configure({ clockOffsetMs: 2 * 3600 * 1000 });
  await Promise.all([
    engine.client.sync.now({ accountId: null }),
    engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Renewed') }),
  ]);
  await engine.settled();
  const after = engine.sandbox.oracle.requests().slice(before);
  expect(after.filter(({ method, target }) => method === 'POST' && target.endsWith('/token'))).toHaveLength(1);
  expect(await engine.client.session.state({})).toMatchObject({ status: 'signed-in' });
});

test('SES-3: when the renewal is refused, local work goes on and a new sign-in sends it', async () => {
  const engine = await (await startEngine()).ready();
  engine.sandbox.configure({ clockOffsetMs: 31 * DAY_MS });
  await engine.client.sync.now({ accountId: null });
  await until(
    'expired',
    () => engine.client.session.state({}),
    ({ status }) => status === 'expired',
  );
  const added = await engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Waiting') });
  expect(added).toMatchObject({ ok: true });
  expect(await engine.client.outbox.list({ accountId: null })).toMatchObject({
    total: 1,
    changes: [{ state: 'auth-wait', attempts: 0 }],
  });
  expect(await engine.client.session.state({})).toMatchObject({
    waitingCount: 1,
    identity: { email: DEMO_PARTNER.email },
  });
  expect(engine.sandbox.oracle.log()).toEqual([]);
  await engine.ready();
  expect(engine.sandbox.oracle.log()).toMatchObject([{ op: 'add', after: { email: 'waiting@new.example' } }]);
});

test('SES-3: without an answer to the renewal the sign-in stays good and the connection is what fails', async () => {
  const engine = await (await startEngine()).ready();
  engine.sandbox.configure({
    clockOffsetMs: 2 * 3600 * 1000,
    faults: [aFault({ kind: 'drop-before-commit', path: '/token' })],
  });
  await engine.client.sync.now({ accountId: null });
  await until(
    'unreachable',
    () => engine.client.sync.status({ accountId: null }),
    ({ connection }) => connection === 'unreachable',
  );
  expect(await engine.client.session.state({})).toMatchObject({ status: 'signed-in' });
  engine.sandbox.configure({ faults: [] });
  await engine.client.sync.now({ accountId: null });
  await until(
    'online',
    () => engine.client.sync.status({ accountId: null }),
    ({ connection }) => connection === 'online',
  );
});

test('SES-1: with a keychain a restart is signed in; without one it knows the person and asks again', async () => {
  const engine = await (await startEngine()).ready();
  const again = await engine.restart();
  await again.settled();
  expect(await again.client.session.state({})).toMatchObject({
    status: 'signed-in',
    identity: { name: 'Pat Technician' },
  });
  const forgetful = await again.restart({ vault: createMemoryVault() });
  expect(await forgetful.client.session.state({})).toMatchObject({
    status: 'expired',
    identity: { name: 'Pat Technician' },
  });
});

test('SES-1: no token and no SIP password is in a file or in the log', async () => {
  const secrets: string[] = [];
  const spying: Fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = await response
      .clone()
      .text()
      .catch(() => '');
    for (const [, secret] of text.matchAll(/"(?:access_token|refresh_token)":"([^"]+)"/gu)) secrets.push(secret ?? '');
    return response;
  };
  const engine = await (await startEngine({ fetch: spying })).ready();
  await engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Secretive') });
  await engine.client.accounts.add({ fields: anAccountOf('Secretive') });
  await engine.settled();
  engine.sandbox.configure({ clockOffsetMs: 2 * 3600 * 1000 });
  await engine.client.sync.now({ accountId: null });
  await engine.settled();
  expect(new Set(secrets).size).toBeGreaterThanOrEqual(4);
  const files = readdirSync(engine.directory).map((name) => readFileSync(join(engine.directory, name)));
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const secret of [...secrets, 'canary-sip-', 'sipPassword', DEMO_PARTNER.password]) {
    expect([secret, files.filter((file) => file.includes(secret)).length]).toEqual([secret, 0]);
    expect(JSON.stringify(engine.log)).not.toContain(secret);
  }
});

test('DEL-2: the engine refuses what the role does not allow, before anything is queued', async () => {
  const engine = await startEngine();
  expect(await engine.signInPartner(DEMO_RESTRICTED)).toMatchObject({ ok: true });
  await engine.settled();
  const { client } = engine;
  const denied = { ok: false, refusal: { code: 'permission.denied' } };
  expect(await client.users.add({ accountId: engine.account(), fields: aUserOf('Denied') })).toMatchObject(denied);
  expect(await client.accounts.add({ fields: anAccountOf('Denied') })).toMatchObject(denied);
  const allowed = { id: engine.userOf(DEMO_ADMIN.email), changes: { mobile: '+15550100' }, seen: { mobile: '' } };
  const { mobile = '' } = (await client.users.get({ id: allowed.id })) ?? {};
  expect(await client.users.edit({ ...allowed, seen: { mobile } })).toMatchObject({ ok: true });
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([{ op: 'replace', after: { mobile: '+15550100' } }]);
});

test('OFF-2 L19: sign-out asks about waiting changes; kept ones go out after the next sign-in, under the same person only', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  await engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Kept') });
  expect(await engine.client.session.signOut({ waiting: 'ask' })).toMatchObject({
    refusal: { code: 'session.changes-waiting', details: { count: 1 } },
  });
  expect(await engine.client.session.signOut({ waiting: 'keep' })).toMatchObject({ ok: true });
  await engine.setOffline(false);
  await engine.signInAdmin();
  await engine.settled();
  expect(await engine.client.outbox.list({ accountId: null })).toMatchObject({ total: 0 });
  expect(engine.sandbox.oracle.log()).toEqual([]);
  await engine.client.session.signOut({ waiting: 'ask' });
  await engine.ready();
  expect(engine.sandbox.oracle.log()).toMatchObject([{ op: 'add', actor: DEMO_PARTNER.email }]);
});

test('OFF-2 L19: what one person left waiting on a user does not hold up the next person', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const id = engine.userOf(DEMO_ADMIN.email);
  const edit = (firstName: string, seen: string) =>
    engine.client.users.edit({ id, changes: { firstName }, seen: { firstName: seen } });
  await edit('Left', 'Ada');
  await engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Unseen') });
  queueUpload(engine, 2, 'unseen');
  await engine.client.session.signOut({ waiting: 'keep' });
  await engine.setOffline(false);
  await engine.signInAdmin();
  await engine.settled();
  const { mobile = '', firstName, pending } = (await engine.client.users.get({ id })) ?? {};
  expect({ firstName, pending }).toEqual({ firstName: 'Ada', pending: null });
  expect(await engine.client.users.edit({ id, changes: { mobile: '+15550155' }, seen: { mobile } })).toMatchObject({
    ok: true,
  });
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([
    { actor: DEMO_ADMIN.email, after: { firstName: 'Ada', mobile: '+15550155' } },
  ]);
  expect(await engine.client.users.page({ accountId: engine.account(), search: 'unseen' })).toMatchObject({ total: 0 });
  await engine.client.session.signOut({ waiting: 'ask' });
  await engine.setOffline(true);
  await engine.setOffline(false);
  await engine.ready();
  const log = engine.sandbox.oracle.log().slice(1);
  expect(log.map(({ actor }) => actor)).toEqual(Array.from({ length: 4 }, () => DEMO_PARTNER.email));
  expect(await engine.client.users.page({ accountId: engine.account(), search: 'unseen' })).toMatchObject({ total: 3 });
});

test('OFF-2 L19: nor does the next person see the rows of an upload when the power went before they were hidden', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const { importId } = queueUpload(engine, 3, 'unseen');
  await engine.client.session.signOut({ waiting: 'keep' });
  // The copy as it was right before.
  projectItems(engine.engine.repositories, { importId, accountLid: engine.account() }, 0);
  engine.crash();
  const again = await engine.restart();
  await again.setOffline(false);
  await again.signInAdmin();
  await again.settled();
  const shown = { accountId: again.account(), search: 'unseen' };
  expect(await again.client.users.page(shown)).toMatchObject({ total: 0 });
  await again.client.session.signOut({ waiting: 'ask' });
  await again.ready();
  expect(await again.client.users.page(shown)).toMatchObject({ total: 3 });
});

test('OFF-2: discarding at sign-out takes the changes off the queue and off the screen', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const { client } = engine;
  const id = engine.userOf(DEMO_ADMIN.email);
  const added = await client.users.add({ accountId: engine.account(), fields: aUserOf('Discarded') });
  await client.users.edit({ id, changes: { firstName: 'Changed' }, seen: { firstName: 'Ada' } });
  await client.session.signOut({ waiting: 'discard' });
  expect(await client.users.get({ id })).toMatchObject({ firstName: 'Ada', pending: null });
  expect(added.ok && (await client.users.get({ id: added.value.id }))).toBeNull();
  await engine.setOffline(false);
  await engine.ready();
  expect(engine.sandbox.oracle.log()).toEqual([]);
});
