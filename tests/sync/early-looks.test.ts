import { NO_USER_FIELDS } from '../../shared/model/user.ts';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { derivedLid } from '../../electron/engine/database/id-repository.ts';
import type { ServerUser } from '../../electron/engine/domain/records.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { createIdentifiers } from '../../electron/engine/runtime/identifiers.ts';
import { createChangeLedger } from '../../electron/engine/sync/change-ledger.ts';
import { createRowKeeper } from '../../electron/engine/sync/keep-rows.ts';
import { must } from '../../shared/lib/must.ts';
import { ACCOUNT, startDesk } from '../imports/desk-harness.ts';
import type { DeskHarness } from '../imports/desk-harness.ts';

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

function answered(sid: string, email: string, rev: number): ServerUser {
  const fields = { ...NO_USER_FIELDS, firstName: 'Nora', lastName: 'New', email, role: 'USER' };
  return {
    ...{ sid, etag: null, rev, externalRef: null, accountSid: 'account-1', source: 'ACCOUNTS', isRegistered: false },
    ...{ createdAt: null, modifiedAt: null, modifiedBy: '', fields },
  };
}

/** What a look at the cloud brings. */
function looked(record: ServerUser): void {
  const { cache, users, accounts } = harness.repositories;
  const { rowid } = must(accounts.key(ACCOUNT), 'the account');
  const lid = users.lidBySid(record.sid) ?? derivedLid('user', record.sid);
  cache.write((tx) => users.applyServer(tx, rowid, [{ record, lid, overlay: null }], 1));
}

async function uploaded(content: string, existing: 'refuse' | 'update' = 'refuse') {
  const { desk, repositories } = harness;
  const id = await harness.open(content);
  await desk.setExisting(id, existing, null);
  expect((await desk.upload(id)).ok).toBe(true);
  const visible = (): number => repositories.uploadRows.page(id, 'visible', { offset: 0, limit: 10 }).total;
  return { batch: must(repositories.uploads.get(id), 'the upload'), visible };
}

test.each([
  ['before', 1],
  ['after', 0],
] as const)('IMP-9: a new user whom a look shows %s the answer to the upload', async (when, expected) => {
  const { repositories } = harness;
  const { batch, visible } = await uploaded('NAME,EMAIL\nNora New,nora@customer.example\n');
  const items = repositories.uploads.ready(batch.importId, systemClock.now(), 10);
  const record = answered('user-9', 'nora@customer.example', 5);
  if (when === 'before') looked(record);
  const keeper = createRowKeeper({ repositories, clock: systemClock }, () => undefined);
  const { rowid } = must(repositories.accounts.key(ACCOUNT), 'the account');
  const update = { row: must(items[0], 'a row').row, state: 'sent', reason: '', serverMessage: '' } as const;
  await keeper.keep(batch, rowid, {
    items,
    outcomes: [{ update: { ...update, correlationId: '', nextAt: 0 }, record }],
  });
  expect(visible()).toBe(expected);
});

test.each([
  ['the change', 6, 1],
  ['what was there before', 5, 0],
] as const)('IMP-9: a changed user of whom a look has shown %s when the answer comes', async (_what, rev, expected) => {
  const { repositories } = harness;
  looked(answered('user-9', 'nora@customer.example', 5));
  const { batch, visible } = await uploaded('NAME,EMAIL,EXTENSION\nNora New,nora@customer.example,4711\n', 'update');
  const [change] = repositories.outbox.readyOfImport(batch.importId, systemClock.now(), 10);
  looked(answered('user-9', 'nora@customer.example', rev));
  const identifiers = createIdentifiers(systemClock, (count) => randomBytes(count));
  const ledger = createChangeLedger(repositories, systemClock, identifiers);
  const proof = { event: 'sent', correlationId: 'c' } as const;
  ledger.acknowledge(must(change, 'the change'), answered('user-9', 'nora@customer.example', 6), proof);
  expect(visible()).toBe(expected);
});
