import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { createIdentifiers } from '../../electron/engine/runtime/identifiers.ts';
import { createChangeLedger } from '../../electron/engine/sync/change-ledger.ts';
import { conflictView } from '../../electron/engine/sync/conflict-view.ts';
import { createRecorder } from '../../electron/engine/sync/enqueue.ts';
import { resolveConflict } from '../../electron/engine/sync/resolve-conflict.ts';
import { ACCOUNT_FIELDS } from '../../shared/model/account.ts';
import { must } from '../../shared/lib/must.ts';
import { startDesk } from '../imports/desk-harness.ts';
import type { DeskHarness } from '../imports/desk-harness.ts';

const IMPORT = 'import-into-it';

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

/** A new account with a new user and an upload of one row, of which the cloud says that it is gone. */
function goneAccount() {
  const { repositories } = harness;
  const { journal, outbox, uploads } = repositories;
  const identifiers = createIdentifiers(systemClock, (count) => randomBytes(count));
  const actor = outbox.viewer();
  const recorder = createRecorder({
    ...{ repositories, clock: systemClock, identifiers },
    ...{ actor: () => actor, wake: () => undefined },
  });
  const fields = Object.fromEntries(ACCOUNT_FIELDS.map((name) => [name, name === 'supportContacts' ? [] : 'x']));
  const lid = recorder.create('account', null, fields);
  const person = { firstName: 'Ann', lastName: 'New', name: 'Ann New', role: 'USER', mobile: '', extension: '' };
  recorder.create('user', lid, { ...person, email: 'ann@customer.example' });
  const values = { ...person, email: 'ben@customer.example' } as const;
  journal.write((tx) => {
    const createdAt = new Date(systemClock.now()).toISOString();
    uploads.open(tx, { importId: IMPORT, actor, accountLid: lid, fileName: 'people.csv', createdAt });
    uploads.enqueue(tx, IMPORT, [
      { row: 1, lid: identifiers.next(), emailKey: values.email, sourceRow: 2, values: { ...EMPTY_VALUES, ...values } },
    ]);
  });
  const why = { reason: 'gone-on-server', message: '', correlationId: '' } as const;
  createChangeLedger(repositories, systemClock, identifiers).stop(change(lid), 'conflict', why);
  return {
    lid,
    resolve: (choice: 'mine' | 'theirs'): boolean => {
      const { groups } = conflictView(repositories, change(lid));
      const named = groups.length === 0 ? [{ group: 'record' }] : groups;
      const choices = named.map(({ group }) => ({ group, choice, values: {} }));
      return resolveConflict({ repositories, clock: systemClock, identifiers, recorder }, change(lid), choices);
    },
    waiting: () => ({
      changes: outbox.every(actor).map(({ kind, type, state }) => `${kind} ${type} ${state}`),
      rows: uploads.get(IMPORT)?.waitingCount,
    }),
  };
}

function change(lid: string) {
  return must(harness.repositories.outbox.lane(lid)[0], 'its create waits');
}

test('OFF-3 L7: an account that is given up takes along what waits for it, the rows of uploads too', () => {
  const { resolve, waiting } = goneAccount();
  expect(resolve('theirs')).toBe(false);
  expect(waiting()).toEqual({ changes: [], rows: 0 });
});

test('OFF-3 L7: an account that is kept is asked for again, and what waits for it goes on waiting for it', () => {
  const { lid, resolve, waiting } = goneAccount();
  expect(resolve('mine')).toBe(true);
  expect(change(lid)).toMatchObject({ kind: 'create', state: 'queued', lid });
  expect(waiting()).toEqual({ changes: ['create account queued', 'create user queued'], rows: 1 });
});
