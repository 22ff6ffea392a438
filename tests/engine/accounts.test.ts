import { expect, test } from 'vitest';
import type { AccountId } from '../../shared/model/ids.ts';
import { anAccountOf } from '../harness/builders.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { aSandbox, harbourId } from '../sandbox/sandbox-client.ts';

async function names(engine: TestEngine, search: string, state: 'ACTIVE' | 'DEACTIVATED' = 'ACTIVE') {
  const page = await engine.client.accounts.list({ state, search });
  expect(page.total).toBe(page.rows.length);
  return page.rows.map(({ name }) => name);
}

test('ACC-1: accounts are found by parts of the name without accents, by account number and by account id', async () => {
  const sandbox = await aSandbox({ tenants: 'demo' });
  const engine = await startEngine({ sandbox });
  await engine.signInPartner();
  const { client } = engine;
  await engine.setOffline(false);
  await expect.poll(async () => (await client.accounts.list({ state: 'ACTIVE' })).activeCount).toBeGreaterThan(10);
  await engine.setOffline(true);
  expect(await names(engine, 'muhle')).toEqual(['Hotel Zur Alten Mühle']);
  expect(await names(engine, 'MÜHLE hotel')).toEqual(['Hotel Zur Alten Mühle']);
  expect(await names(engine, '100000002')).toEqual(['Saltmarsh Harbour Authority']);
  expect(await names(engine, harbourId(sandbox).toUpperCase())).toEqual(['Saltmarsh Harbour Authority']);
  expect(await names(engine, 'no such customer')).toEqual([]);
  expect(await names(engine, '', 'DEACTIVATED')).toContain('Whitlow & Daughters Joinery');
});

test('ACC-1: pages of the list are the sorted list, whatever their size', async () => {
  const engine = await (await startEngine()).ready();
  const whole = await engine.client.accounts.list({ state: 'ACTIVE' });
  const parts = await Promise.all(
    [0, 1, 2, 3].map((offset) => engine.client.accounts.list({ state: 'ACTIVE', offset, limit: 1 })),
  );
  expect(parts.flatMap(({ rows }) => rows)).toEqual(whole.rows);
  expect(parts.map(({ total }) => total)).toEqual([4, 4, 4, 4]);
});

test('ACC-2: an added account is there at once, offline, and in the cloud once after the network is back', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const added = await engine.client.accounts.add({ fields: anAccountOf('  Lighthouse Keepers ') });
  if (!added.ok) throw new Error(added.refusal.message);
  expect(await engine.client.accounts.get({ id: added.value.id })).toMatchObject({
    name: 'Lighthouse Keepers',
    serverId: null,
    pending: 'new',
  });
  expect(await names(engine, 'lighthouse')).toEqual(['Lighthouse Keepers']);
  await engine.setOffline(false);
  await engine.settled();
  const created = engine.sandbox.oracle.accounts().filter(({ name }) => name === 'Lighthouse Keepers');
  expect(created).toHaveLength(1);
  expect(await engine.client.accounts.get({ id: added.value.id })).toMatchObject({
    serverId: created[0]?.['accountId'],
    accountNumber: created[0]?.['accountNumber'],
    pending: null,
  });
});

test.each([
  ['no support contact', { supportContacts: [] }, { field: 'supportContacts', problem: 'required' }],
  ['an invalid support contact', { supportContacts: ['a@b'] }, { field: 'supportContacts', problem: 'invalid-email' }],
  ['no city', { city: ' ' }, { field: 'city', problem: 'required' }],
])('ACC-2: an account with %s is refused', async (_case, wrong, details) => {
  const engine = await (await startEngine()).ready();
  expect(await engine.client.accounts.add({ fields: anAccountOf('Wrong', wrong) })).toMatchObject({
    ok: false,
    refusal: { code: 'account.invalid', details },
  });
  expect(engine.sandbox.oracle.log()).toEqual([]);
});

test('ACC-3: an edit of the address reaches the cloud and keeps the rest', async () => {
  const engine = await (await startEngine()).ready();
  const id = engine.account();
  const changes = { street: '2 Pilot Quay', stateOrProvince: 'Saltshire' };
  expect(
    await engine.client.accounts.edit({ id, changes, seen: { street: '1 Pilot Quay', stateOrProvince: '' } }),
  ).toMatchObject({ ok: true });
  await engine.settled();
  expect(
    engine.sandbox.oracle.accounts().find(({ accountId }) => accountId === harbourId(engine.sandbox)),
  ).toMatchObject({
    name: 'Saltmarsh Harbour Authority',
    location: {
      address: { street: '2 Pilot Quay', stateOrProvince: 'Saltshire', city: 'Saltmarsh', zipCode: 'SM2 1PQ' },
    },
  });
  expect(await engine.client.accounts.get({ id })).toMatchObject({ ...changes, pending: null });
});

test('ACC-3: an edit is refused when it is stale, changes nothing, breaks a rule, or the account is not there or not active', async () => {
  const engine = await (await startEngine()).ready();
  const id = engine.account();
  const edit = async (changes: object, seen: object, of: AccountId = id) => {
    const outcome = await engine.client.accounts.edit({ id: of, changes, seen });
    return outcome.ok ? 'done' : outcome.refusal.code;
  };
  expect(await edit({ city: 'Elsewhere' }, { city: 'Not what is there' })).toBe('edit.stale');
  expect(await edit({ city: 'Saltmarsh' }, { city: 'Saltmarsh' })).toBe('edit.nothing-changed');
  expect(await edit({ city: '' }, { city: 'Saltmarsh' })).toBe('account.invalid');
  expect(await edit({ city: 'X' }, {}, '00000000-0000-7000-8000-000000000000' as AccountId)).toBe('account.not-found');
});

test('ACC-3: a change of an account counts as waiting on its line of the list', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const id = engine.account();
  await engine.client.accounts.edit({ id, changes: { city: 'Elsewhere' }, seen: { city: 'Saltmarsh' } });
  const { rows } = await engine.client.accounts.list({ state: 'ACTIVE', search: 'harbour' });
  expect(rows).toMatchObject([{ waitingCount: 1, attentionCount: 0, pending: 'changed' }]);
  expect(await engine.client.outbox.list({ accountId: id })).toMatchObject({
    total: 1,
    changes: [{ type: 'account' }],
  });
});
