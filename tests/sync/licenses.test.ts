import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { ASSIGNED } from '../../shared/model/license.ts';
import { aUserOf } from '../harness/builders.ts';
import { MODES } from '../harness/capability-modes.ts';
import { changesOf, editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { engineIn } from '../harness/modes.ts';
import { queueUpload } from '../harness/queue-upload.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { aFault, harbourId } from '../sandbox/sandbox-client.ts';

const NO_MORE =
  '1 more license(s) are needed to apply to the selected users. Please purchase more or unassign existing licenses and try again';

function tiers(engine: TestEngine, prefix = ''): readonly unknown[] {
  return engine.sandbox.oracle
    .users(harbourId(engine.sandbox))
    .filter(({ email }) => String(email).startsWith(prefix))
    .map(({ mitelOne }) => mitelOne);
}

async function elite(engine: TestEngine) {
  const { seats } = await engine.client.users.seats({ accountId: engine.account() });
  return must(
    seats.find(({ license }) => license === 'MITEL_ONE_ELITE'),
    'the account has some',
  );
}

/** Somebody else gives all ten away. */
async function useUpElite(engine: TestEngine): Promise<void> {
  for (const { sid } of (await freeUsers(engine, 12)).slice(0, 10))
    elsewhere(engine, { op: 'replace', id: sid, body: { mitelOne: 'ELITE' } });
}

describe.each(MODES)('%s', (_name, mode) => {
  test('IMP-11: licenses go to exactly the users of an upload, also those who are not in the cloud yet', async () => {
    const engine = await engineIn(mode);
    const before = tiers(engine).length;
    await engine.setOffline(true);
    const { importId } = queueUpload(engine, 5, 'fresh');
    const group = { kind: 'upload', id: importId } as const;
    const change = { mitelOne: 'ELITE', miteamMeetings: ASSIGNED } as const;
    expect(await engine.client.uploads.licensePlan({ group, change })).toMatchObject({
      readyCount: 5,
      seats: expect.arrayContaining([{ license: 'MITEL_ONE_ELITE', total: 10, assigned: 0, needed: 5 }]) as unknown,
    });
    const asked = await engine.client.uploads.license({ group, change });
    expect(asked).toMatchObject({ ok: true, value: { queuedCount: 5, leftCount: 0 } });
    // What waits counts already: nobody gives the same one away twice.
    expect(await elite(engine)).toMatchObject({ assigned: 5 });
    await engine.setOffline(false);
    await engine.settled();
    expect(tiers(engine, 'fresh')).toEqual(Array.from({ length: 5 }, () => 'ELITE'));
    expect(tiers(engine).filter((tier) => tier === 'ELITE')).toHaveLength(5);
    expect(tiers(engine)).toHaveLength(before + 5);
    expect(await changesOf(engine)).toEqual([]);
    expect(await engine.client.uploads.license({ group, change })).toMatchObject({
      refusal: { code: 'license.nobody' },
    });
    // Taken back they are free again.
    const id = must(asked.ok ? asked.value.id : null, 'asked');
    expect(await engine.client.uploads.undo({ id })).toMatchObject({ ok: true, value: { queuedCount: 5 } });
    await engine.settled();
    expect(tiers(engine, 'fresh')).toEqual(Array.from({ length: 5 }, () => ''));
    expect(await elite(engine)).toMatchObject({ assigned: 0 });
  });

  test.each(['drop-after-commit', 'server-error-after-commit'] as const)(
    'BIL-5: when the answer is lost by %s one license is used and nobody is asked',
    async (kind) => {
      const engine = await engineIn(mode);
      const [user] = await freeUsers(engine, 1);
      const { id, sid } = must(user, 'the demo has one');
      engine.sandbox.configure({ faults: [aFault({ kind, method: 'PATCH', path: '/users', times: 1 })] });
      await editUser(engine, id, { mitelOne: 'ELITE' });
      await engine.settled();
      expect(serverUser(engine, sid)).toMatchObject({ mitelOne: 'ELITE' });
      expect(tiers(engine).filter((tier) => tier === 'ELITE')).toHaveLength(1);
      expect(await changesOf(engine)).toEqual([]);
    },
  );

  test('BIL-5: two people who change the tier and the meetings license of one user do not get in each other’s way', async () => {
    const engine = await engineIn(mode);
    const { id, sid } = must((await freeUsers(engine, 3))[1], 'the demo has some');
    const [tier, meetings] = serverUser(engine, sid)?.['miteamMeetings'] === '' ? ['ELITE', ASSIGNED] : ['ELITE', ''];
    await engine.setOffline(true);
    await editUser(engine, id, { mitelOne: tier });
    elsewhere(engine, { op: 'replace', id: sid, body: { miteamMeetings: meetings } });
    await engine.setOffline(false);
    await engine.settled();
    expect(serverUser(engine, sid)).toMatchObject({ mitelOne: tier, miteamMeetings: meetings });
    expect(await changesOf(engine)).toEqual([]);
  });
});

test('BIL-5: more than the account has are refused with their number, and nothing is queued', async () => {
  const engine = await engineIn({});
  const group = { kind: 'account', accountId: engine.account() } as const;
  const change = { mitelOne: 'ELITE' } as const;
  expect(await engine.client.uploads.license({ group, change })).toMatchObject({
    refusal: { code: 'license.none-left', details: { missing: '30' } },
  });
  expect(await changesOf(engine)).toEqual([]);
  // Unassigning frees them, and who has none is left out.
  const plan = must(await engine.client.uploads.licensePlan({ group, change: { mitelOne: '' } }), 'it is there');
  const had = tiers(engine).filter((tier) => tier !== '').length;
  expect(plan).toMatchObject({ readyCount: had, left: { unchanged: 40 - had } });
  expect(plan.seats.reduce((sum, { needed }) => sum + needed, 0)).toBe(-had);
  expect(await engine.client.uploads.license({ group, change: { mitelOne: '' } })).toMatchObject({ ok: true });
  await engine.settled();
  expect(tiers(engine).every((tier) => tier === '')).toBe(true);
});

test('BIL-5: the last one that somebody else took meanwhile is asked about with the sentence of the cloud', async () => {
  const engine = await engineIn({});
  const { id, sid } = must((await freeUsers(engine, 12)).at(-1), 'the demo has some');
  await engine.setOffline(true);
  await editUser(engine, id, { mitelOne: 'ELITE' });
  await useUpElite(engine);
  await engine.setOffline(false);
  await engine.settled();
  expect(serverUser(engine, sid)?.['mitelOne']).not.toBe('ELITE');
  expect(await changesOf(engine)).toMatchObject([{ state: 'quarantine', serverMessage: NO_MORE }]);
});

test('BIL-5: what is used up, taken by another user or not the account’s to give is refused at the field', async () => {
  const engine = await engineIn({});
  const users = await freeUsers(engine, 12);
  const { id } = must(users.at(-1), 'the demo has some');
  await useUpElite(engine);
  await engine.client.sync.now({ accountId: engine.account() });
  await engine.settled();
  const view = must(await engine.client.users.get({ id }), 'on the screen');
  const account = must(await engine.client.accounts.get({ id: engine.account() }), 'it was fetched');
  const taken = must(
    engine.sandbox.oracle.users(harbourId(engine.sandbox)).find(({ smsNumber }) => smsNumber !== ''),
    'one has',
  );
  const problem = async (changes: Parameters<typeof engine.client.users.edit>[0]['changes']): Promise<unknown> => {
    const seen = Object.fromEntries(Object.keys(changes).map((field) => [field, view[field as 'tags']]));
    const edited = await engine.client.users.edit({ id, changes, seen });
    return edited.ok ? null : edited.refusal.details;
  };
  expect(await problem({ mitelOne: 'ELITE' })).toEqual({ field: 'mitelOne', problem: 'none-left' });
  expect(await problem({ mitelOne: 'GOLD' })).toEqual({ field: 'mitelOne', problem: 'not-offered' });
  expect(await problem({ language: 'xx' })).toEqual({ field: 'language', problem: 'not-offered' });
  expect(await problem({ smsNumber: '+441134960999' })).toEqual({ field: 'smsNumber', problem: 'not-offered' });
  expect(await problem({ smsNumber: String(taken['smsNumber']) })).toEqual({ field: 'smsNumber', problem: 'in-use' });
  const free = account.assignables.smsNumbers.at(-1) ?? '';
  expect(await problem({ smsNumber: free, language: 'fr', tags: 'quay, night' })).toBeNull();
  await engine.settled();
  expect(await engine.client.users.get({ id })).toMatchObject({
    ...{ smsNumber: free, language: 'fr', tags: 'quay, night', pending: null },
  });
});

test('USR-12: a new user gets what the template of the account gives, except what was said otherwise', async () => {
  const engine = await engineIn({});
  const accountId = engine.account();
  const made = async (name: string, more: Parameters<typeof aUserOf>[1]) => {
    const added = await engine.client.users.add({ accountId, fields: aUserOf(name, more) });
    if (!added.ok) throw new Error(added.refusal.message);
    await engine.settled();
    return engine.client.users.get({ id: added.value.id });
  };
  expect(await made('Templated', { userTemplate: 'Mobile Worker' })).toMatchObject({
    ...{ mitelOne: 'PREMIER', miteamMeetings: ASSIGNED, pending: null },
  });
  expect(await made('Chosen', { userTemplate: 'Desk Phone', mitelOne: 'ELITE' })).toMatchObject({ mitelOne: 'ELITE' });
});

test('USR-8: of selected users exactly these are changed, and who is gone meanwhile is left out', async () => {
  const engine = await engineIn({});
  const accountId = engine.account();
  const [first, second, third] = await freeUsers(engine, 3);
  const ids = [first, second, third].map((user) => must(user, 'the demo has three').id);
  elsewhere(engine, { op: 'remove', id: must(third, 'as above').sid });
  await engine.client.sync.now({ accountId });
  await engine.settled();
  const group = { kind: 'users', accountId, ids } as const;
  const change = { mitelOne: 'ELITE' } as const;
  expect(await engine.client.uploads.licensePlan({ group, change })).toMatchObject({
    readyCount: 2,
    left: { gone: 1 },
  });
  expect(await engine.client.uploads.license({ group, change })).toMatchObject({ value: { queuedCount: 2 } });
  await engine.settled();
  expect(tiers(engine).filter((tier) => tier === 'ELITE')).toHaveLength(2);
  expect(await engine.client.uploads.welcomePlan({ group, again: true })).toMatchObject({ readyCount: 2 });
  // Selected in one account, asked for in another: nobody is meant.
  const [other] = (await engine.client.accounts.list({ state: 'ACTIVE', search: 'Cobalt' })).rows;
  const foreign = { ...group, accountId: must(other, 'the demo has it').id };
  expect(await engine.client.uploads.license({ group: foreign, change })).toMatchObject({
    refusal: { code: 'license.nobody' },
  });
});
