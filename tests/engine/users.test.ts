import { NO_USER_FIELDS } from '../../shared/model/user.ts';
import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { expect, test } from 'vitest';
import { DEMO_ADMIN } from '../../shared/cloud/sandbox-control.ts';
import type { UserId } from '../../shared/model/ids.ts';
import { displayNameOf, lockedFields } from '../../shared/model/user.ts';
import { foldText } from '../../shared/lib/fold-text.ts';
import { aStoredUserOf, aUserOf } from '../harness/builders.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { accountIdOf } from '../sandbox/sandbox-client.ts';

const RETAIL = '100000004';

async function addedId(engine: TestEngine, name: string, more = {}): Promise<UserId> {
  const added = await engine.client.users.add({ accountId: engine.account(), fields: aUserOf(name, more) });
  if (!added.ok) throw new Error(JSON.stringify(added.refusal));
  return added.value.id;
}

/** `count` users that exist only in the cache: what a large account looks like to the list. */
function fill(engine: TestEngine, count: number): void {
  const { accounts, users, cache } = engine.engine.repositories;
  const home = accounts.key(engine.account())?.rowid ?? 0;
  const rows = Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(5, '0');
    const fields = aStoredUserOf(`Filler${number}`, {
      lastName: `Zeta${(index * 7919) % 10_007}`,
      extension: `7${number}`,
      email: `f${number}@fill.example`,
    });
    return { lid: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, fields, pending: 1 as const };
  });
  cache.write((tx) => users.putLocal(tx, home, rows));
}

test('USR-1: a page at any offset is that part of the sorted list', async () => {
  const engine = await (await startEngine()).ready();
  const accountId = engine.account(RETAIL);
  const known = engine.sandbox.oracle.users(accountIdOf(engine.sandbox, RETAIL)) as unknown as {
    name: string;
    firstName: string;
    lastName: string;
    email: string;
  }[];
  const sorted = known.map((user) => foldText(displayNameOf(user))).toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const got: string[] = [];
  for (let offset = 0; offset < 300; offset += 37) {
    const page = await engine.client.users.page({ accountId, offset, limit: 37 });
    expect(page.total).toBe(300);
    got.push(...page.rows.map(({ name }) => foldText(name)));
  }
  expect(got).toEqual(sorted);
});

test('USR-1: deep pages of a large account are exact, also right after rows came and went', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  fill(engine, 6000);
  const accountId = engine.account();
  const whole: string[] = [];
  const total = 6040;
  for (let offset = 0; offset < total; offset += 200) {
    whole.push(...(await engine.client.users.page({ accountId, offset, limit: 200 })).rows.map(({ id }) => id));
  }
  expect(new Set(whole).size).toBe(total);
  for (const offset of [0, 499, 500, 501, 2999, 5999, 6039]) {
    const page = await engine.client.users.page({ accountId, offset, limit: 50 });
    expect(page).toMatchObject({ total, isCapped: false });
    expect(page.rows.map(({ id }) => id)).toEqual(whole.slice(offset, offset + 50));
  }
  const first = await addedId(engine, 'Aaaa', { lastName: 'Aaaa' });
  const page = await engine.client.users.page({ accountId, offset: 500, limit: 2 });
  expect(page.rows.map(({ id }) => id)).toEqual(whole.slice(499, 501));
  expect((await engine.client.users.page({ accountId, limit: 1 })).rows).toMatchObject([{ id: first }]);
});

test.each([
  ['small', 0],
  ['large', 6000],
])(
  'USR-1: in a %s account people are found by name, e-mail and extension, with one letter and with many',
  async (_size, fillers) => {
    const engine = await (await startEngine()).ready();
    await engine.setOffline(true);
    await addedId(engine, 'Zoë', { lastName: "O'Quëntin-Łuk", email: 'zq.unusual@new.example', extension: '9988123' });
    await addedId(engine, 'Xi', { lastName: 'Qo', email: 'xi.qo@new.example', extension: '4*2#' });
    fill(engine, fillers);
    const search = async (text: string) => {
      const page = await engine.client.users.page({ accountId: engine.account(), search: text });
      return page.rows.map(({ email }) => email);
    };
    expect(await search('zoe')).toEqual(['zq.unusual@new.example']);
    expect(await search('quentin zoe')).toEqual(['zq.unusual@new.example']);
    expect(await search('UNUSUAL')).toEqual(['zq.unusual@new.example']);
    expect(await search('998812')).toEqual(['zq.unusual@new.example']);
    expect(await search('zo')).toContain('zq.unusual@new.example');
    expect(await search('x')).toContain('xi.qo@new.example');
    expect(await search('99')).toContain('zq.unusual@new.example');
    expect(await search('xi qo')).toEqual(['xi.qo@new.example']);
    expect(await search('4*')).toEqual(['xi.qo@new.example']);
    expect(await search('"; drop')).toEqual([]);
    expect(await search('%_%')).toEqual([]);
  },
);

test('USR-1: a common search stops at 1,000 matches and says so', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  fill(engine, 6000);
  const accountId = engine.account();
  for (const text of ['filler', 'f', 'fill.example']) {
    const page = await engine.client.users.page({ accountId, search: text, offset: 950, limit: 100 });
    expect([text, page.total, page.isCapped, page.rows.length]).toEqual([text, 1000, true, 50]);
  }
});

test('USR-1: whether a word is rare, common or in every row, the matches come in the order of the list, of this account alone', async () => {
  const engine = await (await startEngine()).ready();
  const { accounts, users, cache } = engine.engine.repositories;
  const rowsOf = (key: number) =>
    Array.from({ length: 12_000 }, (_, index) => {
      const name = `Zqyx${(index * 7919) % 12_007} ${index % 6 === 0 ? 'commonzq' : 'other'} ${index % 40 === 0 ? 'rarezq' : 'plain'}`;
      const lid = `00000000-0000-7000-800${key}-${String(index).padStart(12, '0')}`;
      return { lid, fields: aStoredUserOf('', { name, email: `q${index}@zqyx.example` }), pending: 1 as const };
    });
  const [home, neighbour] = [engine.account(), engine.account(RETAIL)];
  for (const [id, key] of [
    [neighbour, 1],
    [home, 2],
  ] as const)
    cache.write((tx) => users.putLocal(tx, accounts.key(id)?.rowid ?? 0, rowsOf(key)));
  const sorted = rowsOf(2).map(({ lid, fields }) => ({
    lid,
    email: fields.email,
    key: foldText(displayNameOf(fields)),
  }));
  sorted.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  for (const [search, words] of [
    ['rarezq', ['rarezq']],
    ['commonzq', ['commonzq']],
    ['zqyx', ['zqyx']],
    ['commonzq 1 zqyx', ['commonzq', '1', 'zqyx']],
  ] as const) {
    const wanted = sorted.filter(({ key, email }) => words.every((word) => `${key} ${email}`.includes(word)));
    for (const offset of [0, 250, 950]) {
      const page = await engine.client.users.page({ accountId: home, search, offset, limit: 100 });
      expect(page.rows.map(({ id }) => id)).toEqual(
        wanted.slice(offset, Math.min(1000, offset + 100)).map(({ lid }) => lid),
      );
      expect(page).toMatchObject({ total: Math.min(1000, wanted.length), isCapped: wanted.length > 1000 });
    }
  }
});

test('USR-2: an added user is in the list at once and in the cloud once', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const id = await addedId(engine, 'Nadia', { mobile: '+447700900123', extension: '4711' });
  expect(await engine.client.users.get({ id })).toMatchObject({
    name: 'Nadia Newcomer',
    serverId: null,
    pending: 'new',
  });
  await engine.setOffline(false);
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([
    { op: 'add', after: { name: 'Nadia Newcomer', mobile: '+447700900123', extension: '4711', role: 'USER' } },
  ]);
  expect(await engine.client.users.get({ id })).toMatchObject({ name: 'Nadia Newcomer', pending: null });
});

test('USR-2: an address in use is refused with a pointer to its owner, also one that only waits in the queue', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const accountId = engine.account();
  const queued = await addedId(engine, 'Early');
  const twice = await engine.client.users.add({ accountId, fields: aUserOf('Late', { email: ' EARLY@new.example ' }) });
  expect(twice).toMatchObject({
    refusal: { code: 'user.email-in-use', details: { userId: queued, name: 'Early Newcomer' } },
  });
  const known = await engine.client.users.add({
    accountId,
    fields: aUserOf('Late', { email: DEMO_ADMIN.email.toUpperCase() }),
  });
  expect(known).toMatchObject({
    refusal: { code: 'user.email-in-use', details: { userId: engine.userOf(DEMO_ADMIN.email), name: 'Ada Admin' } },
  });
  const renamed = await engine.client.users.edit({ id: queued, changes: { email: DEMO_ADMIN.email }, seen: {} });
  expect(renamed).toMatchObject({ refusal: { code: 'user.email-in-use' } });
});

test.each([
  ['firstName', { firstName: '' }, 'required'],
  ['lastName', { lastName: ' ' }, 'required'],
  ['email', { email: 'not an address' }, 'invalid-email'],
  ['mobile', { mobile: '0171 1234' }, 'invalid-phone'],
  ['extension', { extension: '12a' }, 'invalid-extension'],
] as const)('USR-2: a wrong %s is refused', async (field, wrong, problem) => {
  const engine = await (await startEngine()).ready();
  const outcome = await engine.client.users.add({ accountId: engine.account(), fields: aUserOf('Wrong', wrong) });
  expect(outcome).toMatchObject({ refusal: { code: 'user.invalid', details: { field, problem } } });
});

test('USR-4: fields of an external source are locked, the others are not', async () => {
  const engine = await (await startEngine()).ready();
  const { rows } = await engine.client.users.page({ accountId: engine.account(), limit: 100 });
  const id = rows.find(({ source }) => source === 'PBX')?.id;
  const user = id && (await engine.client.users.get({ id }));
  if (!user) throw new Error('the harbour account has users of its PBX');
  expect(lockedFields(user.source)).toContain('extension');
  const locked = await engine.client.users.edit({
    id: user.id,
    changes: { extension: '99' },
    seen: { extension: user.extension },
  });
  expect(locked).toMatchObject({
    refusal: { code: 'edit.field-locked', details: { field: 'extension', source: 'PBX' } },
  });
  const free = await engine.client.users.edit({
    id: user.id,
    changes: { mobile: '+447700900124' },
    seen: { mobile: user.mobile },
  });
  expect(free).toMatchObject({ ok: true });
});

test('USR-4: an edit of what is not what the person saw is stale; one that changes nothing is refused', async () => {
  const engine = await (await startEngine()).ready();
  const id = engine.userOf(DEMO_ADMIN.email);
  const edit = async (changes: object, seen: object) => {
    const outcome = await engine.client.users.edit({ id, changes, seen });
    return outcome.ok ? 'done' : outcome.refusal.code;
  };
  expect(await edit({ firstName: 'Eve' }, { firstName: 'Adam' })).toBe('edit.stale');
  expect(await edit({ firstName: ' Ada ' }, { firstName: 'Ada' })).toBe('edit.nothing-changed');
  expect(await edit({ firstName: 'Eve' }, { firstName: 'Ada' })).toBe('done');
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([
    { op: 'replace', before: { firstName: 'Ada' }, after: { firstName: 'Eve' } },
  ]);
});

test('USR-4: a user of an upload that was not sent yet can be edited and stays a new user', async () => {
  const engine = await (await startEngine()).ready();
  await engine.setOffline(true);
  const { repositories, context } = engine.engine;
  const accountLid = engine.account();
  const lid = context.identifiers.next() as UserId;
  const importId = context.identifiers.next();
  const values = {
    ...EMPTY_VALUES,
    firstName: 'Row',
    lastName: 'One',
    name: '',
    email: 'row.one@new.example',
    role: 'USER',
    mobile: '',
    extension: '',
  };
  repositories.journal.write((tx) => {
    repositories.uploads.open(tx, {
      importId,
      actor: context.session.actor(),
      accountLid,
      fileName: 'a.csv',
      createdAt: new Date(0).toISOString(),
    });
    repositories.uploads.enqueue(tx, importId, [{ row: 1, lid, emailKey: values.email, sourceRow: 2, values }]);
  });
  repositories.cache.write((tx) => {
    const home = repositories.accounts.key(accountLid)?.rowid ?? 0;
    repositories.users.putLocal(tx, home, [{ lid, fields: { ...NO_USER_FIELDS, ...values }, pending: 1 }]);
  });
  await engine.client.users.edit({ id: lid, changes: { extension: '4712' }, seen: { extension: '' } });
  expect(await engine.client.users.get({ id: lid })).toMatchObject({
    firstName: 'Row',
    extension: '4712',
    pending: 'new',
  });
  expect(await engine.client.outbox.list({ accountId: null })).toMatchObject({
    changes: [{ kind: 'patch', state: 'blocked', reason: 'depends-on-other' }],
    batches: [{ importId, waitingCount: 1 }],
  });
  await engine.setOffline(false);
  await engine.settled();
  expect(engine.sandbox.oracle.log()).toMatchObject([
    { op: 'add', after: { firstName: 'Row', extension: '' } },
    { op: 'replace', after: { firstName: 'Row', extension: '4712' } },
  ]);
  expect(await engine.client.users.get({ id: lid })).toMatchObject({ extension: '4712', pending: null });
});
