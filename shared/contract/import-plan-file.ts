import { z } from 'zod';
import { importIssue, importValues, existingChoice, rowAction } from '../model/import-row.ts';
import { importId, instant } from '../model/ids.ts';
import { OPTIONAL_FIELDS } from '../model/user.ts';

/**
 * The plan of an import as a file (IMP-6). Another laptop opens it with its own copy of the account, and sees what moved since. Rows keep
 * their numbers and the import its id, so that whichever laptop applies it, the cloud sees one request for each row.
 */
export const importPlanFile = z.strictObject({
  format: z.literal('fieldlink-import-plan'),
  version: z.literal(1),
  id: importId,
  madeAt: instant,
  /** The server's id of the account. */
  accountId: z.string(),
  accountName: z.string(),
  fileName: z.string().max(255),
  /** Of the spreadsheet that was read; '' without one. */
  sha256: z.string().max(64),
  existing: existingChoice,
  rows: z
    .array(
      z.strictObject({
        row: z.int().positive(),
        sourceRow: z.int().positive().nullable(),
        /** A plan of an earlier release has only the first seven columns. */
        values: importValues.partial(OPTIONAL_FIELDS),
        /** What the reading did to the cells. */
        notes: z.array(importIssue),
        existing: existingChoice.nullable(),
        action: rowAction,
        /** Of a change: what was there when it was planned. */
        planned: z.record(z.string(), z.string()),
      }),
    )
    .min(1)
    .max(100_000),
});
export type ImportPlanFile = z.output<typeof importPlanFile>;
