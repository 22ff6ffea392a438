import { z } from 'zod';
import { connectionState, unreachableReason } from '../model/connection.ts';
import { fieldValue } from '../model/change.ts';

/** What `fieldlink sync status`, `outbox …`, `conflicts …` and `history` print with `--json` (CLI-1). */
const head = <N extends string>(command: N) => ({ command: z.literal(command), version: z.literal(1) });

export const syncStatusDocument = z.strictObject({
  ...head('sync status'),
  connection: connectionState,
  reason: unreachableReason,
  status: z.string(),
  person: z.string(),
  accountsSyncedAt: z.string().nullable(),
  waitingCount: z.int(),
  attentionCount: z.int(),
  conflictCount: z.int(),
  isReadyForOffline: z.boolean(),
  checks: z.array(
    z.strictObject({ what: z.string(), state: z.string(), accountName: z.string(), syncedAt: z.string().nullable() }),
  ),
});

const shownChange = z.strictObject({
  id: z.string(),
  kind: z.string(),
  type: z.string(),
  name: z.string(),
  accountName: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string() })),
  state: z.string(),
  reason: z.string(),
  nextAction: z.string(),
  nextAttemptAt: z.string().nullable(),
  serverMessage: z.string(),
  correlationId: z.string(),
  createdAt: z.string(),
});

export const outboxShowDocument = z.strictObject({
  ...head('outbox show'),
  change: shownChange,
  attempts: z.array(
    z.strictObject({
      at: z.string(),
      status: z.int().nullable(),
      durationMs: z.int(),
      correlationId: z.string(),
      error: z.string(),
    }),
  ),
  dependants: z.array(shownChange),
});

/** `outbox undo`, `retry`, `export`, `import`: how many changes it was about. */
export const outboxActionDocument = z.strictObject({
  command: z.enum(['outbox undo', 'outbox retry', 'outbox export', 'outbox import']),
  version: z.literal(1),
  count: z.int(),
  /** Of an import: changes that were here already. */
  knownCount: z.int(),
});

export const conflictsDocument = z.strictObject({
  ...head('conflicts list'),
  conflicts: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      type: z.string(),
      name: z.string(),
      accountName: z.string(),
      theirsBy: z.string(),
      theirsAt: z.string().nullable(),
      groups: z.array(
        z.strictObject({
          group: z.string(),
          isDisputed: z.boolean(),
          fields: z.array(
            z.strictObject({
              field: z.string(),
              base: fieldValue.nullable(),
              mine: fieldValue.nullable(),
              theirs: fieldValue.nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const conflictsResolveDocument = z.strictObject({
  ...head('conflicts resolve'),
  resolvedCount: z.int(),
  remainingCount: z.int(),
});

export const historyDocument = z.strictObject({
  ...head('history'),
  firstBroken: z.int().nullable(),
  entries: z.array(
    z.strictObject({
      id: z.int(),
      at: z.string(),
      person: z.string(),
      outcome: z.string(),
      kind: z.string(),
      type: z.string().nullable(),
      name: z.string(),
      accountName: z.string(),
      fields: z.array(z.strictObject({ field: z.string(), from: fieldValue.nullable(), to: fieldValue.nullable() })),
      count: z.int(),
      reason: z.string(),
      serverMessage: z.string(),
      correlationId: z.string(),
    }),
  ),
});
