import { afterEach, beforeEach, expect, test } from 'vitest';
import { showWorkOf } from '../../electron/engine/sync/show-work.ts';
import { must } from '../../shared/lib/must.ts';
import { NO_USER_FIELDS, type UserFields } from '../../shared/model/user.ts';
import { ACCOUNT, startDesk, type DeskHarness } from './desk-harness.ts';

/** More than is looked at between two turns. */
const USERS = 1200;
const OTHER = '01900000-0000-7000-8000-000000000002';
let harness: DeskHarness;

beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

const lidOf = (index: number): string => `user-${String(index).padStart(5, '0')}`;
const emailOf = (index: number): string => `person${String(index).padStart(5, '0')}@customer.example`;

function fieldsOf(index: number): UserFields {
  return {
    ...NO_USER_FIELDS,
    ...{ firstName: `First${index}`, lastName: 'Person', email: emailOf(index), role: 'USER' },
  };
}

function fillAccount(account: string, count: number): void {
  const { cache, accounts, users } = harness.repositories;
  cache.write((tx) => {
    const page = Array.from({ length: count }, (_, index) => ({
      record: {
        ...{ sid: `${account} ${index}`, etag: null, rev: 1, externalRef: null, createdAt: null, modifiedAt: null },
        ...{ modifiedBy: '', fields: fieldsOf(index), accountSid: 'a', source: 'ACCOUNTS', isRegistered: true },
      },
      lid: account === ACCOUNT ? lidOf(index) : `${account} ${index}`,
      overlay: null,
    }));
    users.applyServer(tx, must(accounts.key(account), account).rowid, page, 1);
  });
}

async function queueExtensions(): Promise<void> {
  const lines = Array.from({ length: USERS }, (_, index) => `First${index},Person,${emailOf(index)},${2000 + index}`);
  const id = await harness.open(['FIRST NAME,LAST NAME,EMAIL,EXTENSION', ...lines].join('\r\n'));
  await harness.desk.setExisting(id, 'update', null);
  const uploaded = await harness.desk.upload(id);
  expect(uploaded.ok && uploaded.value.queuedCount).toBe(USERS);
}

function shown(index: number): { extension: string; pending: string | null } {
  const { extension, pending } = must(harness.repositories.users.get(lidOf(index)), lidOf(index));
  return { extension, pending };
}

function spoil(index: number): void {
  const { cache, users } = harness.repositories;
  cache.write((tx) => users.setView(tx, lidOf(index), fieldsOf(index), 0));
}

test('OFF-2 L2: a long queue is shown exactly after a crash, and the first page does not wait for the end of it', async () => {
  fillAccount(ACCOUNT, USERS + 1);
  harness.repositories.outbox.setViewer('pat');
  await queueExtensions();
  for (const index of [0, 700, USERS - 1]) spoil(index);
  // Something that was taken back right before the crash.
  const { cache, users, outbox } = harness.repositories;
  cache.write((tx) => users.setView(tx, lidOf(USERS), { ...fieldsOf(USERS), extension: '9' }, 2));
  outbox.setViewer('');
  const showing = showWorkOf(harness.repositories, 'pat');
  expect(shown(USERS - 1)).toEqual({ extension: '', pending: null });
  await showing;
  for (let index = 0; index < USERS; index += 1)
    expect(shown(index)).toEqual({ extension: String(2000 + index), pending: 'changed' });
  expect(shown(USERS)).toEqual({ extension: '', pending: null });
});

test('SYNC 3.8: nothing of a long queue is shown to the next person, not for a moment', async () => {
  fillAccount(ACCOUNT, USERS);
  harness.repositories.outbox.setViewer('pat');
  await queueExtensions();
  const showing = showWorkOf(harness.repositories, 'sam');
  for (let index = 0; index < USERS; index += 1) expect(shown(index)).toEqual({ extension: '', pending: null });
  await showing;
  expect(shown(USERS - 1)).toEqual({ extension: '', pending: null });
});

test.each([
  ['a short list', [0, 2600, 4999, 5001]],
  ['a list longer than what is read at once', Array.from({ length: 2500 }, (_, index) => 2600 + index)],
])('IMP-3: an address of a large account of the partner is found by %s', async (_name, wanted) => {
  const { cache, accounts } = harness.repositories;
  cache.write((tx) =>
    accounts.putLocal(
      tx,
      OTHER,
      {
        ...{ name: 'Other Ltd', country: 'GB', street: '', city: '', stateOrProvince: '', zipCode: '' },
        ...{ languageCode: 'en', businessType: '', supportContacts: [] },
      },
      1,
    ),
  );
  fillAccount(OTHER, 5000);
  const lines = wanted.map((index) => `First${index},Person,${emailOf(index)}`);
  const id = await harness.open(['FIRST NAME,LAST NAME,EMAIL', ...lines].join('\r\n'));
  const { total } = await harness.desk.rows({ id, filter: 'warnings', offset: 0, limit: 1 });
  expect(total).toBe(wanted.filter((index) => index < 5000).length);
});
