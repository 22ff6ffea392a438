import type { TextEncoding } from '../../shared/model/text-encoding.ts';
import { count, counted } from './numbers.ts';
import { isRefusalCode, refusals } from './refusals.ts';

/** The draft is kept, so there is something better to do than what the refusal advises. */
export const needsColumnSentence =
  'No column with e-mail addresses was found. Open the import on the page Import Users and choose the column.';

export const importText = {
  title: 'Import Users',
  step1: 'Download the spreadsheet template (*.xlsx)',
  step2: 'Fill in the spreadsheet according to the template',
  step3: 'Upload the spreadsheet below',
  step1Note: 'One row per user: FIRST NAME, LAST NAME, NAME, EMAIL, ROLE.',
  step2Note: 'At least one name and a valid e-mail address in every row. An empty ROLE means User.',
  step3Note: 'You will be able to review or edit your upload in the next step. Nothing is sent before you say so.',
  emptyTemplate: 'Empty template',
  optionalColumns: 'With the optional columns: mobile, extension, licenses, SMS number, language, template, tags',
  filledTemplate: 'With the current users',
  upload: 'Upload',
  paste: 'Paste',
  pasteNote: 'Cells copied from a spreadsheet, or a list of e-mail addresses (Ctrl+V)',
  pasted: 'the clipboard',
  nothingPasted:
    'There is no text on the clipboard. Copy the cells with their headings in the spreadsheet, or a list of addresses, then paste again.',
  pastedTooMuch: 'That is more than 20 MB of text. Save it as an .xlsx or .csv file, then use Upload.',
  drop: 'or drop an .xlsx or .csv file here',
  dropNow: 'Drop the file to read it',
  dropRefused: 'That is not a file on this computer. Save it to a folder first, then drop it here or use Upload.',
  reading: (file: string) => `Reading ${file}…`,
  readingNote: 'Large files take a few seconds. You can go on elsewhere; the preview waits for you here.',
  templateSaved: (file: string, users: number) =>
    users === 0 ? `${file} was saved.` : `${file} was saved with ${counted(users, 'user', 'users')}.`,
  templateName: (account: string) => `${account} users.xlsx`,
  drafts: 'Open imports of this account',
  draftsEmpty: 'No import is open. Upload a spreadsheet to see its rows before anything is sent.',
  open: 'Open',
  dropDraft: 'Cancel this import',
  draftRows: (rows: number, errors: number) =>
    errors === 0 ? counted(rows, 'row', 'rows') : `${counted(rows, 'row', 'rows')}, ${count(errors)} with errors`,
  failed: 'Could not be read',
  needsColumn: 'Needs a column',
  mapTitle: 'Which column holds the e-mail addresses?',
  mapBody: (file: string) =>
    `No column of ${file} is named EMAIL or looks like one. Choose Email for the right column below, or another sheet or heading row. The rows are read as soon as there is one.`,
  failedTitle: (file: string) => `${file} could not be read`,
  again: 'Choose a file again',
  finished: 'All rows uploaded',
  finishedTitle: 'Every row of this file has been queued',
  finishedBody: (queued: number) =>
    `${counted(queued, 'user was', 'users were')} queued. The Outbox shows which of them the cloud has taken.`,
  openOutbox: 'Open the Outbox',
  openResults: 'What became of each row',
  uploads: 'Uploads of this account',
  toUsers: 'To the users',
  noPermissionTitle: 'Your role may not import users',
  noPermissionBody: 'Ask an administrator of your partner account for the permission to add users.',
  goneTitle: 'This import is no longer there',
  goneBody: 'It was cancelled or finished in another window. Go back to Import Users to start again.',
  back: 'Back to Import Users',
} as const;

export const previewText = {
  noErrors: 'No errors found',
  errors: (total: number) => counted(total, 'row with errors', 'rows with errors'),
  sheet: 'Sheet',
  encoding: 'Encoding',
  delimiter: 'Separator',
  headerRow: 'Heading row',
  headerRowNote: '0: none',
  encodings: {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16 LE',
    'utf-16be': 'UTF-16 BE',
    'windows-1252': 'Western (Windows-1252, ISO-8859-1)',
    'windows-1250': 'Central European (Windows-1250)',
    'windows-1251': 'Cyrillic (Windows-1251)',
    'windows-1254': 'Turkish (Windows-1254, ISO-8859-9)',
    'iso-8859-2': 'Central European (ISO-8859-2)',
    'iso-8859-5': 'Cyrillic (ISO-8859-5)',
    'iso-8859-15': 'Western with euro (ISO-8859-15)',
    macintosh: 'Western (Mac Roman)',
  } satisfies Record<TextEncoding, string> as Readonly<Record<string, string>>,
  delimiters: {
    ',': 'Comma  ,',
    ';': 'Semicolon  ;',
    '\t': 'Tab',
    '|': 'Bar  |',
    ':': 'Colon  :',
    '^': 'Caret  ^',
    '~': 'Tilde  ~',
    '': 'Address list',
  } as Readonly<Record<string, string>>,
  columns: 'Columns of the file',
  notImported: 'Not imported',
  columnWithout: (position: number) => `Column ${position}`,
  empty: 'empty',
  unmapped: (names: readonly string[]) =>
    names.length === 0
      ? 'Every column of the file is imported.'
      : `${counted(names.length, 'column is', 'columns are')} not imported: ${names.join(', ')}.`,
  filters: {
    all: 'All',
    errors: 'Errors',
    warnings: 'Warnings',
    cleaned: 'Cleaned',
    changed: 'Corrected',
    ready: 'Ready',
    create: 'New',
    change: 'Changed',
    unchanged: 'Unchanged',
    skip: 'Skipped',
    conflict: 'Conflicts',
  },
  filter: 'Show rows',
  filterWithCount: (label: string, total: number) => `${label} ${count(total)}`,
  nextError: 'Next error',
  previousError: 'Previous error',
  noFurtherError: 'There is no further row with errors in this direction.',
  undo: 'Undo',
  redo: 'Redo',
  addRow: 'Add Row',
  find: 'Find and replace',
  findWhat: 'Find',
  replaceWith: 'Replace with',
  inColumn: 'In column',
  allColumns: 'All columns',
  replaceAll: 'Replace all',
  replaced: (cells: number) =>
    cells === 0
      ? 'Nothing matched. The search is for the exact text within the rows shown.'
      : `${counted(cells, 'cell', 'cells')} changed. Undo takes it back.`,
  grid: 'Rows of the import',
  status: 'STATUS',
  action: 'ACTION',
  deleteRow: 'Delete row',
  rowDeleted: 'Row deleted. Undo brings it back.',
  plans: { change: 'Change', unchanged: 'Unchanged', skip: 'Skip', conflict: 'Conflict', refused: 'Error' },
  cleared: '(emptied)',
  blank: '(blank)',
  emptyField: '(empty the field)',
  sortBy: (heading: string) => `Sort by ${heading}`,
  search: 'Search rows',
  clearSearch: 'Clear the search',
  existing: 'Addresses already in the account',
  existingChoices: { refuse: 'are errors', skip: 'are skipped', update: 'change the user' },
  selected: (rows: number, cells: number) =>
    `${counted(rows, 'row', 'rows')}, ${counted(cells, 'cell', 'cells')} selected`,
  selectHint: 'Shift and the arrows select cells; Ctrl+C, Ctrl+V, Ctrl+D and Delete work as in a spreadsheet.',
  copy: 'Copy',
  clearCells: 'Clear cells',
  fillDown: 'Fill down',
  removeRows: 'Delete rows',
  copiedRows: (rows: number) => `${counted(rows, 'row', 'rows')} copied.`,
  cellsChanged: (rows: number) => `${counted(rows, 'row', 'rows')} changed. Undo takes it back.`,
  pasted: (changed: number, added: number) =>
    `${counted(changed, 'row', 'rows')} changed, ${count(added)} added. Undo takes it back.`,
  rowsDeleted: 'The rows were deleted. Undo brings them back.',
  suggestions: 'Suggested repairs',
  acceptMoved: 'Accept the newer values',
  movedNote: (rows: number) =>
    `${counted(rows, 'row', 'rows')} cannot be planned: the user changed meanwhile, or has a change in the Outbox. Accept the newer values to plan with what is there now; a change in the Outbox is sent or undone first.`,
  states: { error: 'Error', warning: 'Warning', info: 'Cleaned', ready: 'Ready' },
  rowLabel: (row: number | null) => (row === null ? 'Added row' : `Row ${count(row)}`),
  rowReady: 'No errors. Enter, F2 or typing changes the cell.',
  emptyFilter: 'No row matches this filter',
  emptyFilterBody: 'Choose “All” to see every row that is still in the preview.',
  noRows: 'No row is left in this preview',
  noRowsBody: 'Add a row, or cancel the import.',
  upload: (users: number) => `Upload ${counted(users, 'user', 'users')}`,
  uploadNone: 'Upload',
  stays: (rows: number) =>
    rows === 1
      ? '1 row with errors stays here until it is corrected.'
      : `${count(rows)} rows with errors stay here until they are corrected.`,
  allGo: 'All rows are queued and sent as soon as the cloud can be reached.',
  nothingGoes: 'Every row has an error. Correct at least one row to upload.',
  uploaded: (queued: number, left: number, passed: number) =>
    left === 0
      ? `${counted(queued, 'user', 'users')} queued${passed > 0 ? `; ${counted(passed, 'row', 'rows')} had nothing to send` : ''}.`
      : `${counted(queued, 'user', 'users')} queued. ${left === 1 ? '1 row stays here until it is corrected.' : `${count(left)} rows stay here until they are corrected.`}`,
  cancel: 'Cancel',
  cancelTitle: 'Cancel this import?',
  cancelBody: (rows: number, queued: number) =>
    `The preview with ${counted(rows, 'row', 'rows')} and your corrections are dropped; the file itself stays.${queued > 0 ? ` The ${counted(queued, 'user', 'users')} uploaded before stay queued.` : ''}`,
  cancelConfirm: 'Drop the preview',
  cancelKeep: 'Keep the preview',
  cancelled: 'The import was cancelled. Nothing from the preview was sent.',
  rereadTitle: 'Read the file again?',
  rereadBody: 'Your corrections in the preview are undone when the file is read in another way.',
  rereadConfirm: 'Read again',
  rereading: 'Reading the file again…',
  busy: 'Working…',
} as const;

/** Why a file could not be read, with the counts and the row where the engine gave them. */
export function readFailureSentence(code: string, details: Readonly<Record<string, string | number>> = {}): string {
  return isRefusalCode(code)
    ? refusals[code](details)
    : 'The file could not be read. Save it again in a spreadsheet program, then upload it.';
}
