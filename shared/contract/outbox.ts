import { z } from 'zod';
import { nextAction, recordType } from '../model/change.ts';
import { accountId, changeId, fileGrant, importId, instant } from '../model/ids.ts';
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
  type: recordType,
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
  nextAction,
  /** The change this one waits for: the create of a record it needs, or an earlier change of the same record. */
  waitsFor: z.strictObject({ id: changeId, name: z.string(), needsAttention: z.boolean() }).nullable(),
  canUndo: z.boolean(),
  canRetry: z.boolean(),
  /** Its place among independent changes can be changed. */
  canMove: z.boolean(),
});

const attempt = z.strictObject({
  at: instant,
  /** HTTP status; null: no answer. */
  status: z.int().nullable(),
  durationMs: z.int().nonnegative(),
  correlationId: z.string(),
  error: z.string(),
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
  /** What was not sent goes back into the preview; otherwise it is taken back for good. */
  hasPreview: z.boolean(),
  canUndo: z.boolean(),
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
  /** One change with its last attempts and what cannot exist without it. */
  get: query({
    input: z.strictObject({ id: changeId }),
    output: z.strictObject({ change, attempts: z.array(attempt), dependants: z.array(change) }).nullable(),
  }),
  /** Takes single fields out of a queued change; the rest stays. A change without fields is taken back whole. */
  dropFields: command({
    input: z.strictObject({ id: changeId, fields: z.array(z.string()).min(1).max(100) }),
    output: z.strictObject({ isUndone: z.boolean() }),
    permission: null,
    refusals: ['change.not-found', 'change.already-sent', 'change.has-dependants'],
  }),
  /** Changes the order among independent changes; what belongs together keeps its order (SYNC 3.4). */
  move: command({
    input: z.strictObject({ id: changeId, to: z.enum(['first', 'up', 'down', 'last']) }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['change.not-found', 'change.already-sent', 'change.depends'],
  }),
  /** Writes what was never sent into a file for another laptop, and takes it off this queue if so asked. */
  exportTo: command({
    input: z.strictObject({ file: fileGrant, remove: z.boolean() }),
    output: z.strictObject({ count: z.int().nonnegative() }),
    permission: null,
    refusals: ['outbox.empty', 'file.not-writable'],
  }),
  /** Queues the changes of such a file. What is queued or was sent from here already is left out. */
  importFrom: command({
    input: z.strictObject({ file: fileGrant }),
    output: z.strictObject({ importedCount: z.int().nonnegative(), knownCount: z.int().nonnegative() }),
    permission: null,
    refusals: [
      'file.gone',
      'outbox.not-an-export',
      'outbox.other-person',
      'outbox.other-cloud',
      'outbox.accounts-missing',
    ],
  }),
  /** Sends a change that needed attention once more. */
  retry: command({
    input: z.strictObject({ id: changeId }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['change.not-found', 'change.already-sent'],
  }),
};
