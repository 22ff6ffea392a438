import { z } from 'zod';
import { fileGrant, importId } from '../model/ids.ts';
import { keepable } from '../model/import-recipe.ts';
import { SUGGESTION_KINDS } from '../model/import-suggestion.ts';
import { importField, rowFilter } from '../model/import-row.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

const rowSort = z.strictObject({
  /** `row`: as in the file. */
  by: z.enum(['row', 'status', ...importField.options]),
  direction: z.enum(['ascending', 'descending']),
});

/**
 * Which rows the grid shows, and in which order. A sort and a search are made once and stay while rows are edited, so that no row leaves
 * under the cursor; the filter by status follows every edit.
 */
export const rowView = {
  filter: rowFilter.default('all'),
  /** Text that stands in any cell of the row; '': no search. */
  search: z.string().max(200).default(''),
  sort: rowSort.default({ by: 'row', direction: 'ascending' }),
};

/** Places in the view, counted from 0, both included. */
const range = { first: z.int().nonnegative(), last: z.int().nonnegative() };

export const editRefusals = ['import.not-found', 'import.busy'] as const;
export const edited = z.strictObject({ rowCount: z.int().nonnegative(), errorCount: z.int().nonnegative() });

/** Repairs that the rows suggest (IMP-4). `detail` is what the sentence needs: a domain, a role, the wrong text. */
const suggestion = z.strictObject({
  kind: z.enum(SUGGESTION_KINDS),
  detail: z.string().max(400),
  /** What is wrong now, where one wrong text is corrected. */
  wrong: z.string().max(400),
  rowCount: z.int().positive(),
});

/** IMP-4: many cells at once, by their places in the view. Each is one undo step. */
export const importRanges = {
  /** The same text into every cell of the range: fill down, clear. */
  fillRange: command({
    input: z.strictObject({
      id: importId,
      ...rowView,
      ...range,
      fields: z.array(importField).min(1),
      value: z.string().max(32_767),
    }),
    output: z.strictObject({ changedCount: z.int().nonnegative() }),
    permission: 'users.add',
    refusals: editRefusals,
  }),
  /** A block copied from a spreadsheet, from one cell to the right and down. Rows beyond the last one are added. */
  pasteRange: command({
    input: z.strictObject({
      id: importId,
      ...rowView,
      first: z.int().nonnegative(),
      /** The columns from the cell to the right. */
      fields: z.array(importField).min(1),
      text: z.string().min(1).max(20_000_000),
    }),
    output: z.strictObject({ changedCount: z.int().nonnegative(), addedCount: z.int().nonnegative() }),
    permission: 'users.add',
    refusals: [...editRefusals, 'import.too-many-rows'],
  }),
  /** The range as a spreadsheet takes it from the clipboard. */
  copyRange: query({
    input: z.strictObject({ id: importId, ...rowView, ...range, fields: z.array(importField).min(1) }),
    output: z.strictObject({ text: z.string(), rowCount: z.int().nonnegative() }),
  }),
  deleteRange: command({
    input: z.strictObject({ id: importId, ...rowView, ...range }),
    output: edited,
    permission: 'users.add',
    refusals: editRefusals,
  }),
  /** IMP-6: the plan as a file that another technician can open. */
  savePlan: command({
    input: z.strictObject({ id: importId, file: fileGrant }),
    output: z.strictObject({ rowCount: z.int().nonnegative() }),
    permission: null,
    refusals: [...editRefusals, 'file.not-writable'],
  }),
  /** Opens a plan in the account it was made for, and holds it against that account as it is here. */
  openPlan: command({
    input: z.strictObject({ file: fileGrant }),
    output: z.strictObject({ id: importId }),
    permission: 'users.add',
    refusals: ['file.gone', 'import.not-a-plan', 'account.not-found', 'account.deactivated'],
  }),
  /** IMP-3: what the reading cleaned, and in how many rows. */
  cleanings: query({
    input: z.strictObject({ id: importId }),
    output: z.strictObject({
      cleanings: z.array(z.strictObject({ code: keepable, rowCount: z.int().positive() })),
    }),
  }),
  /** Takes one kind of cleaning back in all rows. One undo step. */
  keepOriginal: command({
    input: z.strictObject({ id: importId, code: keepable }),
    output: z.strictObject({ changedCount: z.int().nonnegative() }),
    permission: 'users.add',
    refusals: editRefusals,
  }),
  suggestions: query({
    input: z.strictObject({ id: importId }),
    output: z.strictObject({ suggestions: z.array(suggestion) }),
  }),
  /** Makes a suggested repair in all its rows. */
  applySuggestion: command({
    input: z.strictObject({ id: importId, suggestion: suggestion.pick({ kind: true, detail: true, wrong: true }) }),
    output: z.strictObject({ changedCount: z.int().nonnegative() }),
    permission: 'users.add',
    refusals: editRefusals,
  }),
};
