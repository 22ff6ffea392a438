import { expect, test } from 'vitest';
import { DEMO_ADMIN, DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { contract } from '../../shared/contract/contract.ts';
import { ANSWERED_WHILE_LOCKED } from '../../shared/contract/lock.ts';
import { aUserOf } from '../harness/builders.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';

const PIN = '4711';
const MINUTE = 60_000;

async function withPin(setup: Parameters<typeof startEngine>[0] = {}): Promise<TestEngine> {
  const engine = await startEngine(setup);
  expect(await engine.client.session.setPin({ pin: PIN, currentPin: null })).toMatchObject({ ok: true });
  return engine;
}

const isLocked = async ({ client }: TestEngine): Promise<boolean> => (await client.session.lockState({})).isLocked;

test('SES-5: while locked every operation but the unlocking ones is refused, queries too', async () => {
  const engine = await (await withPin()).ready();
  expect(await engine.client.session.lock({})).toMatchObject({ ok: true });
  const names = Object.entries(contract).flatMap(([area, local]) =>
    Object.keys(local).map((name) => `${area}.${name}`),
  );
  const answered: string[] = [];
  for (const operation of names.filter((name) => !ANSWERED_WHILE_LOCKED.has(name))) {
    const reply = await engine.engine.dispatch({ operation, input: {} });
    if (reply.status !== 'fault' || reply.kind !== 'locked') answered.push(operation);
  }
  expect(names.length).toBeGreaterThan(50);
  expect(answered).toEqual([]);
  expect(await engine.client.session.unlock({ pin: PIN })).toEqual({ ok: true, value: {} });
  expect((await engine.client.accounts.list({ state: 'ACTIVE' })).rows).not.toEqual([]);
  expect(engine.log).toEqual([]);
});

test('SES-5: a question that was asked before the lock is not answered after it', async () => {
  const engine = await (await withPin()).ready();
  const asked = engine.engine.dispatch({ operation: 'accounts.list', input: { state: 'ACTIVE' } });
  await engine.client.session.lock({});
  expect(await asked).toMatchObject({ kind: 'locked' });
});

test('SES-5: the queue is sent behind the lock', async () => {
  const engine = await (await withPin()).ready();
  await engine.setOffline(true);
  await engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Behind') });
  await engine.client.session.lock({});
  engine.engine.context.connection.setOffline(false);
  engine.engine.context.scheduler.wake('person');
  await until(
    'sent',
    () => engine.client.session.lockState({}),
    ({ unsentCount }) => unsentCount === 0,
  );
  expect(await isLocked(engine)).toBe(true);
});

test('SES-5: a console with a PIN starts locked, and the PIN is nowhere on the disk', async () => {
  const engine = await (await withPin()).restart();
  expect(await isLocked(engine)).toBe(true);
  expect(engine.engine.repositories.meta.get('lock.pin')).not.toContain(PIN);
  expect(await engine.client.session.unlock({ pin: PIN })).toMatchObject({ ok: true });
  expect(await isLocked(engine)).toBe(false);
});

test('SES-5: five tries are free, then the waits double; they hold over a restart and for many tries at once', async () => {
  const clock = createManualClock();
  const engine = await withPin({ clock });
  await engine.client.session.lock({});
  const tryWrong = ({ client }: TestEngine) => client.session.unlock({ pin: '0000' });
  for (let count = 1; count <= 4; count += 1)
    expect(await tryWrong(engine)).toMatchObject({ refusal: { code: 'lock.wrong-pin', details: { retryAt: '' } } });
  const many = await Promise.all(Array.from({ length: 6 }, () => tryWrong(engine)));
  expect(many.filter((one) => !one.ok && one.refusal.code === 'lock.wrong-pin')).toHaveLength(1);
  expect(await engine.client.session.unlock({ pin: PIN })).toMatchObject({ refusal: { code: 'lock.wait' } });

  const again = await engine.restart({ clock });
  const { now, retryAt, failedCount } = await again.client.session.lockState({});
  expect([Date.parse(retryAt ?? '') - Date.parse(now), failedCount]).toEqual([30_000, 5]);
  expect(await again.client.session.unlock({ pin: PIN })).toMatchObject({ refusal: { code: 'lock.wait' } });
  clock.advance(30_000);
  expect(await tryWrong(again)).toMatchObject({ refusal: { code: 'lock.wrong-pin' } });
  const second = await again.client.session.lockState({});
  expect(Date.parse(second.retryAt ?? '') - clock.now()).toBe(60_000);
  clock.advance(60_000);
  expect(await again.client.session.unlock({ pin: PIN })).toMatchObject({ ok: true });
  expect(await again.client.session.lockState({})).toMatchObject({ failedCount: 0, retryAt: null });
});

test('SES-5: a PIN is 4 to 12 digits or a passphrase; changing or removing it needs the old one', async () => {
  const { client } = await startEngine();
  for (const pin of ['', '123', '1234567890123', 'short', 'a'.repeat(129)])
    expect(await client.session.setPin({ pin, currentPin: null })).toMatchObject({
      refusal: { code: 'lock.pin-invalid' },
    });
  expect(await client.session.lock({})).toMatchObject({ refusal: { code: 'lock.no-pin' } });
  expect(await client.session.setPin({ pin: 'a quiet harbour', currentPin: null })).toMatchObject({ ok: true });
  expect(await client.session.setPin({ pin: PIN, currentPin: 'a loud harbour' })).toMatchObject({
    refusal: { code: 'lock.wrong-pin' },
  });
  expect(await client.session.setPin({ pin: null, currentPin: 'a quiet harbour' })).toMatchObject({ ok: true });
  expect(await client.session.lockState({})).toMatchObject({ hasPin: false, isLocked: false });
});

test('SES-5: locks itself after the chosen time without anybody, and activity starts the time again', async () => {
  const clock = createManualClock();
  const engine = await withPin({ clock });
  await engine.client.session.setAutoLock({ minutes: 5 });
  clock.advance(4 * MINUTE);
  await engine.client.session.noteActivity({});
  clock.advance(4 * MINUTE);
  engine.engine.context.lock.noteIdle(10);
  clock.advance(4 * MINUTE);
  expect(await isLocked(engine)).toBe(false);
  clock.advance(MINUTE);
  expect(await isLocked(engine)).toBe(true);

  await engine.client.session.unlock({ pin: PIN });
  await engine.client.session.setAutoLock({ minutes: 0 });
  clock.advance(24 * 60 * MINUTE);
  engine.engine.context.lock.systemLocked();
  expect(await isLocked(engine)).toBe(false);
  await engine.client.session.setAutoLock({ minutes: 60 });
  engine.engine.context.lock.systemLocked();
  expect(await isLocked(engine)).toBe(true);
});

test('SES-5: a forgotten PIN: the same person signs in and it is gone; another person stays outside', async () => {
  const engine = await (await withPin()).ready();
  await engine.client.session.lock({});
  expect(await engine.client.session.unlockBySignIn({ way: 'password', ...DEMO_ADMIN })).toMatchObject({
    refusal: { code: 'lock.other-person' },
  });
  expect(await isLocked(engine)).toBe(true);
  const { email } = DEMO_PARTNER;
  expect(await engine.client.session.unlockBySignIn({ way: 'password', email, password: 'wrong' })).toMatchObject({
    refusal: { code: 'session.wrong-credentials' },
  });
  expect(await engine.client.session.unlockBySignIn({ way: 'browser' })).toMatchObject({ ok: true });
  expect(await engine.client.session.lockState({})).toMatchObject({ hasPin: false, isLocked: false });
  expect(await engine.client.session.state({})).toMatchObject({
    status: 'signed-in',
    identity: { name: 'Pat Technician' },
  });
});

test('SES-5: the lock holds when a damaged file is exchanged behind it', async () => {
  const engine = await (await withPin()).ready();
  await engine.client.session.lock({});
  engine.engine.context.storage.notice(Object.assign(new Error('damaged'), { code: 'SQLITE_CORRUPT' }));
  await until(
    'exchanged',
    () => engine.engine.context.storage.state().rescues.length,
    (count) => count > 0,
  );
  expect(await isLocked(engine)).toBe(true);
  expect(await engine.engine.dispatch({ operation: 'accounts.list', input: { state: 'ACTIVE' } })).toMatchObject({
    kind: 'locked',
  });
  expect(await engine.client.session.unlock({ pin: PIN })).toMatchObject({ ok: true });
});
