import { z } from 'zod';
import { accountId, fileGrant, importId, instant, jobId, userId } from '../model/ids.ts';
import { LICENSE_OBSTACLES, licenseChange, neededSeats, userGroup, WELCOME_OBSTACLES } from '../model/user-group.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

/** What became of a row (IMP-9): `sent` was accepted by the cloud, `visible` was seen in its own list since. */
const rowState = z.enum(['queued', 'inflight', 'unknown', 'sent', 'visible', 'refused', 'withdrawn']);
const rowKind = z.enum(['create', 'patch', 'delete']);

const upload = z.strictObject({
  id: importId,
  accountId,
  accountName: z.string(),
  fileName: z.string(),
  createdAt: instant,
  waitingCount: z.int().nonnegative(),
  /** Accepted by the cloud; those that were seen in its list since are counted again as visible. */
  sentCount: z.int().nonnegative(),
  visibleCount: z.int().nonnegative(),
  refusedCount: z.int().nonnegative(),
  /** Rows of the same file that were not ready and stand in the preview. */
  leftCount: z.int().nonnegative(),
  unchangedCount: z.int().nonnegative(),
  skippedCount: z.int().nonnegative(),
  isPaused: z.boolean(),
  /** Why it stands by itself; '': a person said so, or it does not stand. */
  pauseReason: z.enum(['', 'canary', 'equal-failures', 'not-permitted']),
  /** The first rows go alone until the cloud has judged them. */
  isCanary: z.boolean(),
  /** The upload that this one takes back. */
  undoOf: importId.nullable(),
  /** What its rows are for: those of a list, or what takes one back; or welcome e-mails (USR-7) or licenses (BIL-5) of many users. */
  purpose: z.enum(['', 'welcome', 'licenses']),
  /** Where the list came from: only a file can be copied with the outcome in it. */
  original: z.enum(['file', 'pasted', 'plan', 'undo', 'none']),
});

const uploadRow = z.strictObject({
  row: z.int().positive(),
  sourceRow: z.int().positive().nullable(),
  kind: rowKind,
  userId,
  name: z.string(),
  email: z.string(),
  role: z.string(),
  state: rowState,
  /** Why it stands or was refused, as a code with a sentence. */
  reason: z.string(),
  serverMessage: z.string(),
  correlationId: z.string(),
  changes: z.array(z.strictObject({ field: z.string(), from: z.string(), to: z.string() })),
});

/** What Upload has queued, and what became of it. */
export const uploads = {
  get: query({ input: z.strictObject({ id: importId }), output: upload.nullable() }),
  list: query({
    input: z.strictObject({ accountId: accountId.nullable() }),
    output: z.strictObject({ uploads: z.array(upload) }),
  }),
  rows: query({
    input: z.strictObject({
      id: importId,
      filter: z.enum(['all', 'waiting', 'sent', 'visible', 'refused']).default('all'),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({ rows: z.array(uploadRow), total: z.int().nonnegative() }),
  }),
  /**
   * IMP-9: `acceptance` lists every row with its outcome, for the customer; `failed` has the rows that need work, with STATUS and REASON,
   * and is read again by the import; `sheet` is a copy of the person's own file with STATUS and REASON beside each row that was
   * imported, in the format of that file.
   */
  saveReport: command({
    input: z.strictObject({
      id: importId,
      kind: z.enum(['acceptance', 'failed', 'sheet']),
      /** A PDF only of the acceptance sheet, and only where a browser can print it. */
      format: z.enum(['xlsx', 'pdf']).default('xlsx'),
      file: fileGrant,
    }),
    output: z.strictObject({
      rowCount: z.int().nonnegative(),
      /** Rows that were added in the preview and have no place in the person's own sheet. */
      addedCount: z.int().nonnegative(),
      format: z.enum(['xlsx', 'csv', 'pdf']),
    }),
    permission: null,
    refusals: [
      ...(['import.not-found', 'import.busy', 'file.not-writable', 'report.no-pdf', 'report.no-original'] as const),
      ...(['report.original-gone', 'report.original-changed', 'report.read-again', 'report.over-original'] as const),
      'report.sheet-unsafe',
    ],
  }),
  /** IMP-10: what taking back would do; of the rows that must stay the first thousand, with the reason of each. */
  undoPlan: query({
    input: z.strictObject({ id: importId }),
    output: z
      .strictObject({
        deleteCount: z.int().nonnegative(),
        restoreCount: z.int().nonnegative(),
        leftCount: z.int().nonnegative(),
        left: z.array(
          z.strictObject({
            row: z.int().positive(),
            sourceRow: z.int().positive().nullable(),
            kind: rowKind,
            name: z.string(),
            email: z.string(),
            obstacle: z
              .enum(['gone', 'changed-since', 'change-waiting', 'not-deletable', 'deleted-by-it', 'email-sent'])
              .nullable(),
          }),
        ),
      })
      .nullable(),
  }),
  /** IMP-10: deletes what it made and restores what it changed, where nobody has touched it since. An upload of its own. */
  undo: command({
    input: z.strictObject({ id: importId }),
    output: z.strictObject({
      id: importId,
      jobId,
      queuedCount: z.int().positive(),
      leftCount: z.int().nonnegative(),
    }),
    permission: 'users.delete',
    refusals: ['import.not-found', 'import.nothing-to-undo'],
  }),
  /** USR-7: how many would be sent a welcome e-mail, and why not the others. `again`: also those who were sent one before. */
  welcomePlan: query({
    input: z.strictObject({ group: userGroup, again: z.boolean().default(false) }),
    output: z
      .strictObject({
        readyCount: z.int().nonnegative(),
        left: z.record(z.enum(WELCOME_OBSTACLES), z.int().nonnegative()),
      })
      .nullable(),
  }),
  /** USR-7, IMP-11: asks the cloud for welcome e-mails. An upload of its own, so it can pause and be taken back until it leaves. */
  welcome: command({
    input: z.strictObject({ group: userGroup, again: z.boolean().default(false) }),
    output: z.strictObject({
      id: importId,
      jobId,
      queuedCount: z.int().positive(),
      leftCount: z.int().nonnegative(),
    }),
    permission: 'users.edit',
    refusals: ['import.not-found', 'account.not-found', 'account.deactivated', 'welcome.nobody'],
  }),
  /** BIL-4, BIL-5: whose licenses would change, why not those of the others, and whether the account has enough. */
  licensePlan: query({
    input: z.strictObject({ group: userGroup, change: licenseChange }),
    output: z
      .strictObject({
        readyCount: z.int().nonnegative(),
        left: z.record(z.enum(LICENSE_OBSTACLES), z.int().nonnegative()),
        seats: z.array(neededSeats),
      })
      .nullable(),
  }),
  /** BIL-4, BIL-5, IMP-11: assigns or unassigns licenses as an upload of its own. `details.missing`: how many there are too few. */
  license: command({
    input: z.strictObject({ group: userGroup, change: licenseChange }),
    output: z.strictObject({
      id: importId,
      jobId,
      queuedCount: z.int().positive(),
      leftCount: z.int().nonnegative(),
    }),
    permission: 'users.edit',
    refusals: ['import.not-found', 'account.not-found', 'account.deactivated', 'license.nobody', 'license.none-left'],
  }),
};
