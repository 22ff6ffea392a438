import { z } from 'zod';
import { accountId, changeId, importId, instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

/** SYNC 3.2. Only a person or a 2xx takes a change out of the outbox. */
export const changeState = z.enum([
  'queued',
  'blocked',
  'inflight',
  'unknown',
  'waiting',
  'auth-wait',
  'merging',
  'conflict',
  'quarantine',
]);

const change = z.strictObject({
  id: changeId,
  /** Position in the queue; the only order. */
  seq: z.int().positive(),
  /** One user action; undone as a whole. */
  groupId: z.string(),
  kind: z.enum(['create', 'patch', 'delete']),
  type: z.enum(['account', 'user']),
  entityId: z.uuid(),
  entityName: z.string(),
  accountId: accountId.nullable(),
  accountName: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string() })),
  state: changeState,
  /** Why it stands, as a code with a sentence; '' when it is simply next. */
  reason: z.string(),
  /** The server's own words, when it gave any. */
  serverMessage: z.string(),
  correlationId: z.string(),
  attempts: z.int().nonnegative(),
  nextAttemptAt: instant.nullable(),
  createdAt: instant,
  canUndo: z.boolean(),
  canRetry: z.boolean(),
});

/** The rows of one Upload, shown as one line that opens. */
const importBatch = z.strictObject({
  importId,
  accountId: accountId.nullable(),
  accountName: z.string(),
  fileName: z.string(),
  waitingCount: z.int().nonnegative(),
  sentCount: z.int().nonnegative(),
  refusedCount: z.int().nonnegative(),
  createdAt: instant,
  canUndo: z.boolean(),
});

const importItem = z.strictObject({
  row: z.int().positive(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  state: z.enum(['queued', 'inflight', 'unknown', 'sent', 'refused']),
  reason: z.string(),
  serverMessage: z.string(),
  correlationId: z.string(),
});

export const outbox = {
  list: query({
    input: z.strictObject({
      accountId: accountId.nullable(),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({
      changes: z.array(change),
      batches: z.array(importBatch),
      total: z.int().nonnegative(),
      attentionCount: z.int().nonnegative(),
    }),
  }),
  /** The rows of one import, with the outcome and correlation id of each. */
  importItems: query({
    input: z.strictObject({
      importId,
      state: z.enum(['all', 'waiting', 'sent', 'refused']).default('all'),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({ items: z.array(importItem), total: z.int().nonnegative() }),
  }),
  /** Takes back a change that has not been sent. `withDependants` also takes back what cannot exist without it. */
  undo: command({
    input: z.strictObject({ id: changeId, withDependants: z.boolean() }),
    output: z.strictObject({ undoneCount: z.int().positive() }),
    permission: null,
    refusals: ['change.not-found', 'change.already-sent', 'change.has-dependants'],
  }),
  /** Puts the unsent rows of an import back into its preview. */
  undoImport: command({
    input: z.strictObject({ importId }),
    output: z.strictObject({ returnedCount: z.int().nonnegative() }),
    permission: null,
    refusals: ['import.not-found', 'change.already-sent'],
  }),
  /** Sends a change that needed attention once more. */
  retry: command({
    input: z.strictObject({ id: changeId }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['change.not-found', 'change.already-sent'],
  }),
};
