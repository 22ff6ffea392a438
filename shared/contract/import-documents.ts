import { z } from 'zod';
import { LICENSE_OBSTACLES, neededSeats, WELCOME_OBSTACLES } from '../model/user-group.ts';
import { importIssue } from '../model/import-row.ts';
import { usedRecipe } from './recipe-documents.ts';

const head = <N extends string>(command: N) => ({ command: z.literal(command), version: z.literal(1) });

const counts = z.strictObject({
  create: z.int(),
  change: z.int(),
  unchanged: z.int(),
  skip: z.int(),
  conflict: z.int(),
  refused: z.int(),
});

/** What Upload would do, row by row where it does something else than make a new user (IMP-6). */
export const planDocument = z.strictObject({
  ...head('import plan'),
  file: z.string(),
  accountName: z.string(),
  existing: z.string(),
  recipe: usedRecipe,
  counts,
  /** Licenses that the rows need, beside what the account has and uses. */
  seats: z.array(neededSeats),
  /** Where the plan was saved; null: nowhere. */
  savedAs: z.string().nullable(),
  rows: z.array(
    z.strictObject({
      row: z.int(),
      sourceRow: z.int().nullable(),
      email: z.string(),
      action: z.string(),
      changes: z.array(z.strictObject({ field: z.string(), from: z.string(), to: z.string() })),
      issues: z.array(importIssue),
    }),
  ),
});

const uploadState = z.strictObject({
  importId: z.string(),
  accountName: z.string(),
  fileName: z.string(),
  createdAt: z.string(),
  waitingCount: z.int(),
  sentCount: z.int(),
  visibleCount: z.int(),
  refusedCount: z.int(),
  leftCount: z.int(),
  unchangedCount: z.int(),
  skippedCount: z.int(),
  isPaused: z.boolean(),
  pauseReason: z.string(),
  undoOf: z.string().nullable(),
  /** Its rows ask for welcome e-mails. */
  isWelcome: z.boolean(),
  purpose: z.string(),
});

export const uploadsDocument = z.strictObject({
  command: z.enum(['import status', 'import resume']),
  version: z.literal(1),
  uploads: z.array(uploadState),
});

export const importUndoDocument = z.strictObject({
  ...head('import undo'),
  /** The upload that takes it back; null: only looked at. */
  importId: z.string().nullable(),
  deleteCount: z.int(),
  restoreCount: z.int(),
  leftCount: z.int(),
  /** The first thousand of them. */
  left: z.array(z.strictObject({ row: z.int(), email: z.string(), obstacle: z.string() })),
});

export const importWelcomeDocument = z.strictObject({
  ...head('import welcome'),
  /** The upload that asks for them; null: only looked at, or nobody is left. */
  importId: z.string().nullable(),
  readyCount: z.int(),
  /** Who is left out, by reason. */
  left: z.record(z.enum(WELCOME_OBSTACLES), z.int()),
});

export const importLicenseDocument = z.strictObject({
  ...head('import license'),
  /** The upload that changes them; null: only looked at, or nobody is left. */
  importId: z.string().nullable(),
  readyCount: z.int(),
  /** Of whom nothing becomes, by reason. */
  left: z.record(z.enum(LICENSE_OBSTACLES), z.int()),
  seats: z.array(neededSeats),
});

export const importFileDocument = z.strictObject({
  command: z.enum(['import report', 'import template']),
  version: z.literal(1),
  file: z.string(),
  rowCount: z.int(),
});
