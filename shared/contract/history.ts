import { z } from 'zod';
import { fieldValue, recordType } from '../model/change.ts';
import { accountId, changeId, instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

const fieldChange = z.strictObject({
  field: z.string(),
  from: fieldValue.nullable(),
  to: fieldValue.nullable(),
});

/** What became of a change, as a person would say it. */
export const historyOutcome = z.enum([
  'queued',
  'changed-in-queue',
  'sent',
  'found-there',
  'already-so',
  'conflict',
  'decided-mine',
  'decided-theirs',
  'refused',
  'undone',
  'discarded',
  'exported',
  'imported',
  'rescued',
]);
export type HistoryOutcome = z.output<typeof historyOutcome>;

const entry = z.strictObject({
  id: z.int().positive(),
  at: instant,
  /** Who did it; '' when the name is not known on this computer. */
  actorName: z.string(),
  outcome: historyOutcome,
  changeId: changeId.nullable(),
  kind: z.enum(['create', 'patch', 'delete', 'import', 'other']),
  type: recordType.nullable(),
  entityId: z.uuid().nullable(),
  entityName: z.string(),
  accountId: accountId.nullable(),
  accountName: z.string(),
  fields: z.array(fieldChange),
  /** Rows, for an import. */
  count: z.int().nonnegative(),
  reason: z.string(),
  serverMessage: z.string(),
  correlationId: z.string(),
  /** `restore` can queue the opposite of what was sent, or again what was given up. */
  canRestore: z.boolean(),
});
export type HistoryEntry = z.output<typeof entry>;

const version = z.strictObject({
  id: z.int().positive(),
  /** When the cloud says it changed; when this console noticed if it does not say. */
  at: instant,
  noticedAt: instant,
  /** `here`: sent from this laptop. */
  source: z.enum(['here', 'there']),
  by: z.string(),
  what: z.enum(['created', 'changed', 'deleted', 'hidden']),
  type: recordType,
  entityId: z.uuid(),
  entityName: z.string(),
  fields: z.array(fieldChange),
});
export type RecordVersion = z.output<typeof version>;

/** OFF-4. What was done on this laptop, and how the records moved between two looks at the cloud. */
export const history = {
  list: query({
    input: z.strictObject({
      accountId: accountId.nullable(),
      entityId: z.uuid().nullable().default(null),
      outcome: z.union([historyOutcome, z.literal('all')]).default('all'),
      /** Entries older than this one; null: from the newest. */
      before: z.int().positive().nullable().default(null),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({
      entries: z.array(entry),
      hasMore: z.boolean(),
      /** The first entry that was tampered with or lost; null: the chain is whole. */
      firstBroken: z.int().positive().nullable(),
    }),
  }),
  /** The time machine: every difference noticed between two syncs, newest first. */
  versions: query({
    input: z.strictObject({
      accountId,
      entityId: z.uuid().nullable().default(null),
      before: z.int().positive().nullable().default(null),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({ versions: z.array(version), hasMore: z.boolean() }),
  }),
  /** A record as it was at an instant, walked back from today; null fields: not known that far back. */
  recordAt: query({
    input: z.strictObject({ type: recordType, entityId: z.uuid(), at: instant }),
    output: z
      .strictObject({
        exists: z.boolean(),
        /** False: the first difference known is younger than `at`. */
        isComplete: z.boolean(),
        fields: z.array(z.strictObject({ field: z.string(), was: fieldValue, now: fieldValue.nullable() })),
      })
      .nullable(),
  }),
  /** Queues the opposite of what was sent, or again what was undone or given up in a conflict. */
  restore: command({
    input: z.strictObject({ id: z.int().positive() }),
    output: z.strictObject({ changeId }),
    permission: null,
    refusals: [
      'history.not-possible',
      'account.not-found',
      'user.not-found',
      'edit.nothing-changed',
      'user.email-in-use',
    ],
  }),
};
