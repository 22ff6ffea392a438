import { z } from 'zod';
import { accountId, fileGrant, importId, instant, jobId } from '../model/ids.ts';
import { recipeId } from '../model/import-recipe.ts';
import { columnOrigin, existingChoice, importField, importRow, passedOver, severity } from '../model/import-row.ts';
import { neededSeats } from '../model/user-group.ts';
import { query } from '../rpc/operation.ts';
import { edited, editRefusals, importRanges, rowView } from './import-ranges.ts';
import { command } from './refusals.ts';

/** What was recognised in the file, all of it changeable (IMP-2). */
const reading = z.strictObject({
  format: z.enum(['xlsx', 'csv']),
  sheets: z.array(z.string()),
  sheet: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  /** The row that holds the headings, counted from 1; 0: the file has none, its first row is a person. */
  headerRow: z.int().nonnegative(),
});

const column = z.strictObject({
  /** Counted from 0. */
  index: z.int().nonnegative(),
  heading: z.string(),
  /** First values below the heading. */
  samples: z.array(z.string()),
  /** Null: this column is not imported. Announced, never dropped silently. */
  field: importField.nullable(),
  origin: columnOrigin,
  passedOver: passedOver.nullable(),
});

const recipeName = z.strictObject({ id: recipeId, name: z.string() });

const importHeader = z.strictObject({
  id: importId,
  accountId,
  accountName: z.string(),
  fileName: z.string(),
  /** `reading` → `preview`; `failed` has `failure`; `finished`: no row is left in the preview. */
  state: z.enum(['reading', 'preview', 'failed', 'finished']),
  /** One of the `import.*` refusal codes, '' otherwise. */
  failure: z.string(),
  failureDetail: z.string(),
  reading: reading.nullable(),
  columns: z.array(column),
  rowCount: z.int().nonnegative(),
  /** Rows whose worst issue is this. */
  errorCount: z.int().nonnegative(),
  warningCount: z.int().nonnegative(),
  infoCount: z.int().nonnegative(),
  /** What Upload makes of the rows (IMP-6); the others are refused: they stay until they are corrected. */
  createCount: z.int().nonnegative(),
  changeCount: z.int().nonnegative(),
  unchangedCount: z.int().nonnegative(),
  skipCount: z.int().nonnegative(),
  conflictCount: z.int().nonnegative(),
  existing: existingChoice,
  /** IMP-13: the recipe that was used last, and one that fits and was neither used nor declined; null: none. */
  recipe: recipeName.nullable(),
  fittingRecipe: recipeName.nullable(),
  /** Rows that were queued by Upload, and what became of them. */
  queuedCount: z.int().nonnegative(),
  sentCount: z.int().nonnegative(),
  refusedCount: z.int().nonnegative(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  updatedAt: instant,
});

export const readFailures = [
  'import.file-gone',
  'import.file-changed',
  'import.file-unreadable',
  'import.file-too-large',
  'import.not-a-spreadsheet',
  'import.password-protected',
  'import.damaged',
  'import.expands-too-far',
  'import.too-many-rows',
  'import.too-many-columns',
  'import.empty',
  'import.no-email-column',
  'import.reader-stopped',
  'import.timed-out',
] as const;

/** The most that can be pasted; a longer list is a file. */
export const PASTED_CHARACTERS = 20 * 1024 * 1024;

/** Why a sheet could not be read. The reader returns one of these, with a detail for the sentence. */
export type ReadFailure = (typeof readFailures)[number];

export const imports = {
  list: query({
    input: z.strictObject({ accountId: accountId.nullable() }),
    output: z.strictObject({ imports: z.array(importHeader) }),
  }),
  /** A person is about to choose a file: what reads it is started meanwhile. */
  prepare: command({ input: z.strictObject({}), output: z.strictObject({}), permission: null, refusals: [] }),
  get: query({ input: z.strictObject({ id: importId }), output: importHeader.nullable() }),
  /** IMP-11: the licenses that the rows which would be sent need, beside those that the account has and uses. */
  seats: query({
    input: z.strictObject({ id: importId }),
    output: z.strictObject({ seats: z.array(neededSeats) }),
  }),
  rows: query({
    input: z.strictObject({
      id: importId,
      ...rowView,
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({ rows: z.array(importRow), total: z.int().nonnegative() }),
  }),
  /** F8 and Shift+F8: where the next row with this severity or worse stands within the filter; null when there is none. */
  findRow: query({
    input: z.strictObject({
      id: importId,
      ...rowView,
      severity,
      after: z.int().positive().nullable(),
      direction: z.enum(['next', 'previous']),
    }),
    output: z.strictObject({ rowId: z.int().positive(), offset: z.int().nonnegative() }).nullable(),
  }),
  /** Reads the file into a preview. Returns when the preview is ready or the file is refused; nothing is sent. */
  open: command({
    input: z.strictObject({ accountId, file: fileGrant }),
    output: z.strictObject({ id: importId }),
    permission: 'users.add',
    refusals: ['account.not-found', 'account.deactivated', ...readFailures],
  }),
  /**
   * IMP-2: the same with what was pasted: cells of a spreadsheet, a list of addresses, delimited text. The text is kept with the
   * preview, so that it can be read in another way later, and goes with it.
   */
  openText: command({
    input: z.strictObject({ accountId, text: z.string().min(1).max(PASTED_CHARACTERS) }),
    output: z.strictObject({ id: importId }),
    permission: 'users.add',
    refusals: ['account.not-found', 'account.deactivated', ...readFailures],
  }),
  /** Reads the same file again with another sheet, encoding, delimiter, heading row or column mapping. Edits are undone. */
  reread: command({
    input: z.strictObject({
      id: importId,
      sheet: z.string().optional(),
      encoding: z.string().optional(),
      delimiter: z.string().max(1).optional(),
      headerRow: z.int().nonnegative().optional(),
      mapping: z.array(z.strictObject({ index: z.int().nonnegative(), field: importField })).optional(),
    }),
    output: z.strictObject({}),
    permission: 'users.add',
    refusals: ['import.not-found', 'import.busy', ...readFailures],
  }),
  editCell: command({
    input: z.strictObject({
      id: importId,
      rowId: z.int().positive(),
      field: importField,
      value: z.string().max(32_767),
    }),
    output: edited,
    permission: 'users.add',
    refusals: [...editRefusals, 'import.row-not-found'],
  }),
  addRow: command({
    input: z.strictObject({ id: importId }),
    output: z.strictObject({ rowId: z.int().positive() }),
    permission: 'users.add',
    refusals: editRefusals,
  }),
  deleteRows: command({
    input: z.strictObject({ id: importId, rowIds: z.array(z.int().positive()).min(1).max(100_000) }),
    output: edited,
    permission: 'users.add',
    refusals: [...editRefusals, 'import.row-not-found'],
  }),
  ...importRanges,
  /** Replaces text in one column, or in all, of the rows in the view. One undo step. */
  replace: command({
    input: z.strictObject({
      id: importId,
      ...rowView,
      field: importField.nullable(),
      find: z.string().min(1).max(1000),
      replacement: z.string().max(1000),
    }),
    output: z.strictObject({ changedCount: z.int().nonnegative() }),
    permission: 'users.add',
    refusals: editRefusals,
  }),
  undo: command({
    input: z.strictObject({ id: importId, direction: z.enum(['undo', 'redo']) }),
    output: edited,
    permission: 'users.add',
    refusals: [...editRefusals, 'import.nothing-to-undo'],
  }),
  /**
   * IMP-7: what happens to rows whose address is in the account. `rowIds` null: to all rows that say nothing themselves; with rows,
   * `existing` null lets them do as the import does.
   */
  setExisting: command({
    input: z.strictObject({
      id: importId,
      existing: existingChoice.nullable(),
      rowIds: z.array(z.int().positive()).min(1).max(100_000).nullable(),
    }),
    output: edited,
    permission: 'users.add',
    refusals: [...editRefusals, 'import.row-not-found'],
  }),
  /** IMP-6: holds every row against the account as it is now. `accept`: what moved since the plan was seen is the plan from now on. */
  recheck: command({
    input: z.strictObject({ id: importId, accept: z.boolean() }),
    /** `isFileNewer`: the file was saved again after it was read; the rows are as they were read. */
    output: edited.extend({ isFileNewer: z.boolean() }),
    permission: 'users.add',
    refusals: editRefusals,
  }),
  /** IMP-5: rows without errors are queued and leave the preview; rows with errors stay. Works without a network. */
  upload: command({
    input: z.strictObject({
      id: importId,
      /** IMP-8: so many rows go first, alone; with a failure among them the upload pauses. 0: all at once. */
      canary: z.int().nonnegative().max(1000).default(0),
      /** IMP-8: pauses after so many failures for the same reason. 0: never. */
      stopAfter: z.int().nonnegative().max(100_000).default(20),
    }),
    output: z.strictObject({
      /** Null: nothing had to be sent. */
      jobId: jobId.nullable(),
      queuedCount: z.int().nonnegative(),
      unchangedCount: z.int().nonnegative(),
      skippedCount: z.int().nonnegative(),
      leftCount: z.int().nonnegative(),
    }),
    permission: 'users.add',
    refusals: [...editRefusals, 'import.nothing-to-upload', 'account.deactivated'],
  }),
  /** IMP-5 "Cancel": drops the preview. Rows that were queued before stay queued. */
  cancel: command({
    input: z.strictObject({ id: importId }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['import.not-found'],
  }),
  /** IMP-1: the spreadsheet template, empty or filled with the account's users. */
  saveTemplate: command({
    /** `withOptional`: with the columns beyond the portal's five (IMP-12). */
    input: z.strictObject({
      accountId,
      file: fileGrant,
      withUsers: z.boolean(),
      withOptional: z.boolean().default(false),
    }),
    output: z.strictObject({ userCount: z.int().nonnegative() }),
    permission: 'users.view',
    refusals: ['account.not-found', 'file.not-writable'],
  }),
};
