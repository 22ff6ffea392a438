import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/contract/contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createDispatcher } from '../../shared/rpc/dispatcher.ts';
import { query, type Command } from '../../shared/rpc/operation.ts';
import { done, refuse } from '../../shared/rpc/outcome.ts';
import { createMemoryTransport } from '../harness/memory-transport.ts';
import { startEngine } from '../harness/start-engine.ts';

const add: Command = {
  kind: 'command',
  input: z.strictObject({ name: z.string() }),
  output: z.strictObject({ id: z.string() }),
  permission: 'things.add',
  refusals: ['thing.taken', 'permission.denied'],
};
const small = {
  things: {
    get: query({ input: z.strictObject({ id: z.string() }), output: z.strictObject({ id: z.string() }) }),
    add,
  },
};

function dispatcher(handlers: { get?: unknown; add?: unknown }, mayAdd = true) {
  const reported: string[] = [];
  const dispatch = createDispatcher({
    contract: small,
    handlers: { things: { get: () => ({ id: 'x' }), add: () => done({ id: 'x' }), ...handlers } } as never,
    context: { may: () => mayAdd },
    report: (operation, error) => {
      reported.push(`${operation}: ${String(error)}`);
      return 'fault-1';
    },
  });
  return { dispatch, reported };
}

test.each([
  'things.nothing',
  'nothing.get',
  'things',
  '',
  'things.get.more',
  '__proto__.get',
  'things.constructor',
  'toString.call',
])('CONTRACT: the unknown operation %j is a fault', async (operation) => {
  const { dispatch } = dispatcher({});
  expect(await dispatch({ operation, input: { id: 'x' } })).toMatchObject({
    status: 'fault',
    kind: 'unknown-operation',
  });
});

test('CONTRACT: a message that is no request is an unknown operation and does not bring the engine down', async () => {
  const { dispatch } = dispatcher({});
  for (const operation of [undefined, null, 7, {}]) {
    expect(await dispatch({ operation: operation as never, input: {} })).toMatchObject({ kind: 'unknown-operation' });
  }
});

test('CONTRACT: input of another shape never reaches the handler', async () => {
  let calls = 0;
  const { dispatch } = dispatcher({ get: () => (calls += 1) });
  for (const input of [undefined, {}, { id: 1 }, { id: 'x', extra: true }]) {
    expect(await dispatch({ operation: 'things.get', input })).toMatchObject({ status: 'fault', kind: 'bad-input' });
  }
  expect(calls).toBe(0);
});

test('CONTRACT: output of another shape is a fault with an id, and the log has the reason', async () => {
  const { dispatch, reported } = dispatcher({ get: () => ({ id: 'x', secret: 'y' }) });
  expect(await dispatch({ operation: 'things.get', input: { id: 'x' } })).toEqual({
    status: 'fault',
    kind: 'bad-output',
    message: 'see the engine log',
    faultId: 'fault-1',
  });
  expect(reported).toEqual([expect.stringContaining('secret')]);
});

test('DEL-2: without the permission the handler is not run', async () => {
  const { dispatch } = dispatcher({ add: () => expect.unreachable() }, false);
  expect(await dispatch({ operation: 'things.add', input: { name: 'x' } })).toEqual({
    status: 'refused',
    refusal: { code: 'permission.denied', message: 'needs things.add', details: { permission: 'things.add' } },
  });
});

test('CONTRACT: an exception is a fault with an id; its words stay in the log', async () => {
  const { dispatch, reported } = dispatcher({ get: () => Promise.reject(new Error('the disk is on fire')) });
  const reply = await dispatch({ operation: 'things.get', input: { id: 'x' } });
  expect(reply).toEqual({ status: 'fault', kind: 'internal', message: 'see the engine log', faultId: 'fault-1' });
  expect(reported).toEqual(['things.get: Error: the disk is on fire']);
});

test('CONTRACT: work that was given up ends as cancelled and is not reported', async () => {
  const { dispatch, reported } = dispatcher({
    get: (_input: unknown, _context: unknown, signal: AbortSignal) => signal.throwIfAborted(),
  });
  const controller = new AbortController();
  controller.abort();
  expect(await dispatch({ operation: 'things.get', input: { id: 'x' } }, controller.signal)).toMatchObject({
    kind: 'cancelled',
  });
  expect(reported).toEqual([]);
});

test('CONTRACT: the client gives queries as values, commands as outcomes, faults as exceptions', async () => {
  const { dispatch } = dispatcher({ add: () => refuse('thing.taken', 'there is one', { name: 'x' }) });
  const client = createClient(small, createMemoryTransport(dispatch));
  expect(await client.things.get({ id: 'x' })).toEqual({ id: 'x' });
  expect(await client.things.add({ name: 'x' })).toEqual({
    ok: false,
    refusal: { code: 'thing.taken', message: 'there is one', details: { name: 'x' } },
  });
  await expect(client.things.get({ id: 1 } as never)).rejects.toMatchObject({
    name: 'Fault',
    kind: 'bad-input',
    operation: 'things.get',
  });
});

test('CONTRACT: every operation of the engine answers, and wrong input is named as such', async () => {
  const engine = await startEngine();
  const names = Object.entries(contract).flatMap(([area, operations]) =>
    Object.keys(operations).map((name) => `${area}.${name}`),
  );
  const replies = await Promise.all(
    names.map(async (operation) => ({
      operation,
      ...(await engine.engine.dispatch({ operation, input: { zz_unknown: 1 } })),
    })),
  );
  expect(replies).toMatchObject(names.map((operation) => ({ operation, status: 'fault', kind: 'bad-input' })));
});

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const NOTHING_THERE: Readonly<Record<string, object>> = {
  'session.lockState': {},
  'session.state': {},
  'storage.state': {},
  'sync.status': { accountId: UNKNOWN },
  'accounts.list': { state: 'ACTIVE' },
  'accounts.get': { id: UNKNOWN },
  'users.page': { accountId: UNKNOWN },
  'users.get': { id: UNKNOWN },
  'users.seats': { accountId: UNKNOWN },
  'imports.seats': { id: UNKNOWN },
  'uploads.licensePlan': { group: { kind: 'upload', id: UNKNOWN }, change: {} },
  'imports.list': { accountId: null },
  'imports.get': { id: UNKNOWN },
  'imports.rows': { id: UNKNOWN },
  'imports.findRow': { id: UNKNOWN, filter: 'all', severity: 'error', after: null, direction: 'next' },
  'imports.copyRange': { id: UNKNOWN, first: 0, last: 1, fields: ['email'] },
  'imports.cleanings': { id: UNKNOWN },
  'imports.suggestions': { id: UNKNOWN },
  'recipes.list': {},
  'recipes.draft': { importId: UNKNOWN },
  'recipes.wouldReread': { importId: UNKNOWN, recipeId: UNKNOWN },
  'recipes.learned': {},
  'uploads.get': { id: UNKNOWN },
  'uploads.list': { accountId: null },
  'uploads.rows': { id: UNKNOWN },
  'uploads.undoPlan': { id: UNKNOWN },
  'uploads.welcomePlan': { group: { kind: 'upload', id: UNKNOWN } },
  'outbox.list': { accountId: null },
  'outbox.get': { id: UNKNOWN },
  'conflicts.list': { accountId: null },
  'conflicts.get': { id: UNKNOWN },
  'history.list': { accountId: null },
  'history.versions': { accountId: UNKNOWN },
  'history.recordAt': { type: 'user', entityId: UNKNOWN, at: '2026-01-01T00:00:00.000Z' },
  'offline.state': {},
  'jobs.list': {},
};

test('CONTRACT: every query has an answer when there is nothing', async () => {
  const engine = await startEngine();
  const queries = Object.entries(contract).flatMap(([area, operations]) =>
    Object.entries(operations).flatMap(([name, { kind }]) => (kind === 'query' ? [`${area}.${name}`] : [])),
  );
  expect(Object.keys(NOTHING_THERE).toSorted()).toEqual(queries.toSorted());
  const replies = await Promise.all(
    Object.entries(NOTHING_THERE).map(async ([operation, input]) => ({
      operation,
      ...(await engine.engine.dispatch({ operation, input })),
    })),
  );
  expect(replies).toMatchObject(Object.keys(NOTHING_THERE).map((operation) => ({ operation, status: 'done' })));
});
