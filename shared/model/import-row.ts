import { z } from 'zod';
import { userId } from './ids.ts';

/** The five columns of the portal's sheet (IMP-1), in its order. */
export const PORTAL_FIELDS = ['firstName', 'lastName', 'name', 'email', 'role'] as const;
/** And those that a file may have beyond them (IMP-12). */
export const IMPORT_FIELDS = [
  ...PORTAL_FIELDS,
  'mobile',
  'extension',
  'mitelOne',
  'miteamMeetings',
  'smsNumber',
  'language',
  'userTemplate',
  'tags',
] as const;
export const importField = z.enum(IMPORT_FIELDS);
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** The portal's own column headings, and ours for the others. */
export const IMPORT_HEADINGS: Readonly<Record<ImportField, string>> = {
  firstName: 'FIRST NAME',
  lastName: 'LAST NAME',
  name: 'NAME',
  email: 'EMAIL',
  role: 'ROLE',
  mobile: 'MOBILE',
  extension: 'EXTENSION',
  mitelOne: 'MITEL ONE',
  miteamMeetings: 'MITEAM MEETINGS',
  smsNumber: 'SMS NUMBER',
  language: 'LANGUAGE',
  userTemplate: 'USER TEMPLATE',
  tags: 'TAGS',
};

/** Typed into a cell it empties the field; a blank cell leaves the field of a known user as it is (IMP-7). */
export const CLEAR_TOKEN = '<clear>';

/** What happens to rows whose address is in the account already (IMP-7): the portal's error, nothing, or a change. */
export const EXISTING_CHOICES = ['refuse', 'skip', 'update'] as const;
export const existingChoice = z.enum(EXISTING_CHOICES);
export type ExistingChoice = z.output<typeof existingChoice>;

/** What Upload makes of a row (IMP-6). `conflict` and `refused` rows stay in the preview. */
export const ROW_ACTIONS = ['create', 'change', 'unchanged', 'skip', 'conflict', 'refused'] as const;
export const rowAction = z.enum(ROW_ACTIONS);
export type RowAction = z.output<typeof rowAction>;

/** Which rows the grid shows. */
export const ROW_FILTERS = [
  'all',
  'errors',
  'warnings',
  /** Cleaned by the reading, and nothing worse. */
  'cleaned',
  /** By a person. */
  'changed',
  'ready',
  'create',
  'change',
  'unchanged',
  'skip',
  'conflict',
] as const;
export const rowFilter = z.enum(ROW_FILTERS);

/** Who says what a column is taken for: the words of its heading and its cells, an earlier import, the person, a recipe (IMP-13). */
export const COLUMN_ORIGINS = ['recognised', 'learned', 'hand', 'recipe'] as const;
export const columnOrigin = z.enum(COLUMN_ORIGINS);
export type ColumnOrigin = z.output<typeof columnOrigin>;

/** What a column was taken for before, or by the recipe, and is not now: another column has the field, or its cells are unlike it. */
export const passedOver = z.strictObject({ field: importField, reason: z.enum(['taken', 'unlike']) });
export type PassedOver = z.output<typeof passedOver>;

/** What can be said about one cell or row (IMP-3). Errors keep the row out of the upload, the others do not. */
export const IMPORT_ISSUES = {
  'name-missing': 'error',
  'email-missing': 'error',
  'email-invalid': 'error',
  'email-in-account': 'error',
  'email-in-file': 'error',
  'role-unknown': 'error',
  'value-too-long': 'error',
  'cell-error': 'error',
  'role-raised': 'warning',
  'email-queued': 'error',
  'mobile-invalid': 'error',
  'extension-invalid': 'error',
  /** Nothing that the account or the cloud has to choose from; the detail names what there is. */
  'choice-unknown': 'error',
  'sms-number-taken': 'error',
  /** Another source of the user would overwrite the field. */
  'field-locked': 'error',
  'email-clear': 'error',
  /** The user has a change of the same field in the Outbox. */
  'change-waiting': 'error',
  /** The user is no longer as the plan says. */
  'moved-since': 'error',
  'email-elsewhere': 'warning',
  'domain-unlike': 'warning',
  'spaces-trimmed': 'info',
  'invisible-removed': 'info',
  'mailto-removed': 'info',
  'number-as-text': 'info',
  'mojibake-repaired': 'info',
  'width-changed': 'info',
  'quotes-removed': 'info',
  'quotes-changed': 'warning',
  'address-extracted': 'info',
  'number-tidied': 'info',
  'exponent-expanded': 'info',
  'digits-lost': 'error',
  'date-read': 'error',
  'plus-lost': 'warning',
  'zeros-lost': 'warning',
} as const satisfies Record<string, 'error' | 'warning' | 'info'>;
export type ImportIssueCode = keyof typeof IMPORT_ISSUES;
export const IMPORT_ISSUE_CODES = Object.keys(IMPORT_ISSUES) as readonly ImportIssueCode[];
export const severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.output<typeof severity>;

export const importIssue = z.strictObject({
  code: z.enum(IMPORT_ISSUE_CODES as [ImportIssueCode, ...ImportIssueCode[]]),
  field: importField.nullable(),
  /** What the sentence needs: the other row's number, the user who has the address, the text before it was cleaned. */
  detail: z.string().max(400),
  /** What may have been meant, where it is not sure enough to be done by itself. */
  suggestion: z.string().max(400).optional(),
});
export type ImportIssue = z.output<typeof importIssue>;

const cell = z.string().max(32_767);
export const importValues = z.strictObject(
  Object.fromEntries(IMPORT_FIELDS.map((field) => [field, cell])) as Record<ImportField, typeof cell>,
);
export type ImportValues = z.output<typeof importValues>;

/** One row of the preview grid. `rowId` is stable: edits, errors and results are keyed by it, never by position. */
export const importRow = z.strictObject({
  rowId: z.int().positive(),
  /** The row's number in the file, counted from 1 as a spreadsheet shows it; null for rows added by hand. */
  sourceRow: z.int().positive().nullable(),
  values: importValues,
  issues: z.array(importIssue),
  /** The worst issue; null when the row is ready. */
  status: severity.nullable(),
  action: rowAction,
  /** What this row says itself about an address that is in the account; null: as the whole import does. */
  existing: existingChoice.nullable(),
  /** The user who has the address. */
  user: z.strictObject({ id: userId, name: z.string() }).nullable(),
  /** Of a change: what is there, and what it becomes. */
  changes: z.array(z.strictObject({ field: importField, from: z.string(), to: z.string() })),
});
export type ImportRow = z.output<typeof importRow>;
