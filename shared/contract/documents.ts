import { z } from 'zod';
import { connectionState, unreachableReason } from '../model/connection.ts';
import { importIssue } from '../model/import-row.ts';
import { usedRecipe } from './recipe-documents.ts';

/**
 * What `fieldlink … --json` prints: one document per command, on standard output (CLI-1).
 * Raise a command's `version` when its shape changes.
 */
const head = <N extends string>(command: N) => ({ command: z.literal(command), version: z.literal(1) });

/** Any command that could not be done. `code` is a refusal code, or `usage`, `fault`, `unreachable`. */
export const problemDocument = z.strictObject({
  command: z.string(),
  version: z.literal(1),
  problem: z.strictObject({
    code: z.string(),
    sentence: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
});

const reach = { connection: connectionState, reason: unreachableReason };

export const syncDocument = z.strictObject({
  ...head('sync'),
  ...reach,
  isComplete: z.boolean(),
  accountCount: z.int(),
  userCount: z.int(),
  waitingCount: z.int(),
  attentionCount: z.int(),
});

export const accountsDocument = z.strictObject({
  ...head('accounts list'),
  syncedAt: z.string().nullable(),
  accounts: z.array(
    z.strictObject({
      id: z.string(),
      accountId: z.string().nullable(),
      accountNumber: z.string(),
      name: z.string(),
      state: z.string(),
      /** Null: not fetched yet. */
      userCount: z.int().nullable(),
      waitingCount: z.int(),
      attentionCount: z.int(),
    }),
  ),
});

export const usersDocument = z.strictObject({
  ...head('users list'),
  accountId: z.string().nullable(),
  accountName: z.string(),
  syncedAt: z.string().nullable(),
  users: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      extension: z.string(),
      role: z.string(),
      pending: z.string().nullable(),
    }),
  ),
});

const problemRow = z.strictObject({
  row: z.int(),
  /** The row's number in the file. */
  sourceRow: z.int().nullable(),
  email: z.string(),
  issues: z.array(importIssue),
});

export const previewDocument = z.strictObject({
  ...head('import preview'),
  file: z.string(),
  accountName: z.string(),
  format: z.string(),
  sheet: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  headerRow: z.int(),
  recipe: usedRecipe,
  columns: z.array(z.strictObject({ heading: z.string(), field: z.string().nullable() })),
  rowCount: z.int(),
  errorCount: z.int(),
  warningCount: z.int(),
  rows: z.array(problemRow),
});

export const applyDocument = z.strictObject({
  ...head('import apply'),
  ...reach,
  file: z.string(),
  importId: z.string(),
  queuedCount: z.int(),
  sentCount: z.int(),
  waitingCount: z.int(),
  refusedCount: z.int(),
  /** Rows that stay in the preview until they are corrected. */
  left: z.array(problemRow),
  items: z.array(
    z.strictObject({
      row: z.int(),
      email: z.string(),
      state: z.string(),
      reason: z.string(),
      serverMessage: z.string(),
      correlationId: z.string(),
    }),
  ),
});

export const outboxDocument = z.strictObject({
  ...head('outbox list'),
  changes: z.array(
    z.strictObject({
      id: z.string(),
      seq: z.int(),
      kind: z.string(),
      type: z.string(),
      name: z.string(),
      accountName: z.string(),
      fields: z.array(z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string() })),
      state: z.string(),
      reason: z.string(),
      serverMessage: z.string(),
      correlationId: z.string(),
      createdAt: z.string(),
    }),
  ),
  imports: z.array(
    z.strictObject({
      importId: z.string(),
      fileName: z.string(),
      accountName: z.string(),
      waitingCount: z.int(),
      sentCount: z.int(),
      refusedCount: z.int(),
    }),
  ),
});

/** OFF-5. `rescued`: it was damaged, or was asked to be set aside, and has been replaced. */
export const cacheDocument = z.strictObject({
  command: z.enum(['cache verify', 'cache rebuild']),
  version: z.literal(1),
  folder: z.string(),
  cache: z.enum(['sound', 'rescued']),
  journal: z.enum(['sound', 'rescued']),
  cacheBytes: z.int(),
  journalBytes: z.int(),
  waitingCount: z.int(),
  attentionCount: z.int(),
  /** Newest first. */
  rescues: z.array(
    z.strictObject({
      at: z.string(),
      store: z.string(),
      cause: z.string(),
      changeCount: z.int(),
      uncertainCount: z.int(),
      lostCount: z.int(),
      folder: z.string(),
    }),
  ),
});

export const sandboxDocument = z.strictObject({
  command: z.enum(['sandbox start', 'sandbox reset', 'sandbox faults']),
  version: z.literal(1),
  url: z.string(),
  faults: z.array(z.record(z.string(), z.unknown())),
});
