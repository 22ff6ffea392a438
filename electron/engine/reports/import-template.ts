import type { stream, Worksheet } from 'exceljs';
import { orList } from '../../../shared/lib/or-list.ts';
import { CLEAR_TOKEN, IMPORT_HEADINGS } from '../../../shared/model/import-row.ts';
import type { ImportField, ImportValues } from '../../../shared/model/import-row.ts';
import { cellText, CHOSEN_FIELDS, offeredLabels, type UserChoices } from '../../../shared/model/user-choices.ts';
import { writeWorkbookFile } from './workbook-file.ts';

export type TemplateUser = Partial<ImportValues>;
export type TemplateWritten =
  | { readonly ok: true; readonly userCount: number }
  | { readonly ok: false; readonly detail: string };

/** A column with a drop-down: what can be chosen, and where a list stands that is too long for the rule itself. */
type Choice = { readonly field: ImportField; readonly labels: readonly string[]; readonly listColumn: string | null };

const WIDTHS: Partial<Readonly<Record<ImportField, number>>> = { name: 30, email: 38, role: 18, extension: 14 };
const WIDTH = 22;
/** As many rows as an import takes, and the headings. */
const LAST_ROW = 100_001;
const BLANK_ROWS = 500;
const LIST_SHEET = 'Lists';

/** Writes the spreadsheet template (IMP-1, IMP-12), empty or with users. The file is there as a whole or not at all. */
export async function writeImportTemplate(options: {
  readonly path: string;
  readonly users: AsyncIterable<TemplateUser> | Iterable<TemplateUser>;
  /** The columns. */
  readonly fields: readonly ImportField[];
  readonly choices: UserChoices;
}): Promise<TemplateWritten> {
  const written = await writeWorkbookFile(options.path, (workbook) => fillWorkbook(workbook, options));
  return written.ok ? { ok: true, userCount: written.rowCount } : written;
}

async function fillWorkbook(
  workbook: stream.xlsx.WorkbookWriter,
  { users, fields, choices }: Parameters<typeof writeImportTemplate>[0],
): Promise<number> {
  const offered = offeredIn(fields, choices);
  const sheet = workbook.addWorksheet('Users', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = fields.map((field) => ({
    header: IMPORT_HEADINGS[field],
    key: field,
    width: WIDTHS[field] ?? WIDTH,
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  for (const choice of offered) addDropDown(sheet, letterOf(fields.indexOf(choice.field)), choice);
  let userCount = 0;
  for await (const user of users) {
    sheet.addRow(fields.map((field) => cellText(field, user[field] ?? ''))).commit();
    userCount += 1;
  }
  // Text format on empty cells too: Excel takes the format of the cell that is typed into.
  if (userCount === 0) for (let row = 0; row < BLANK_ROWS; row += 1) addBlankRow(sheet, fields.length);
  sheet.commit();

  const notes = workbook.addWorksheet('Notes');
  notes.columns = [{ width: 110 }];
  for (const text of notesFor(fields, offered)) notes.addRow([text]).commit();
  notes.commit();
  addLists(workbook, offered);
  return userCount;
}

function notesFor(fields: readonly ImportField[], offered: readonly Choice[]): readonly string[] {
  const roles = offered.find(({ field }) => field === 'role')?.labels ?? [];
  const others = offered.filter(({ field }) => field !== 'role');
  return [
    'How to fill the sheet "Users"',
    'Fill in at least one of FIRST NAME, LAST NAME and NAME for every user.',
    'EMAIL must be a valid address. It must not belong to a user of the account, and it may stand only once in the sheet.',
    `ROLE is ${orList(roles)}. A user without a role becomes ${roles[0]}.`,
    ...(fields.includes('mobile') ? ['MOBILE is written with + and the country code.'] : []),
    ...others.map(({ field, labels }) => `${IMPORT_HEADINGS[field]} is ${shortList(labels)}, or blank.`),
    ...(fields.includes('tags') ? ['TAGS are separated with commas.'] : []),
    `A blank cell leaves what a known user has as it is; ${CLEAR_TOKEN} empties it.`,
    'All cells are text, so that zeros and plus signs at the beginning stay.',
    'You can review and correct everything in the preview before it is uploaded.',
  ];
}

function offeredIn(fields: readonly ImportField[], choices: UserChoices): readonly Choice[] {
  let lists = 0;
  return CHOSEN_FIELDS.flatMap((field): Choice[] => {
    const labels = offeredLabels(field, choices);
    if (!fields.includes(field) || labels.length === 0) return [];
    if (isInline(labels)) return [{ field, labels, listColumn: null }];
    lists += 1;
    return [{ field, labels, listColumn: letterOf(lists - 1) }];
  });
}

/** One rule over a bounded range; a rule for every cell of the column makes some readers build a million objects. */
function addDropDown(sheet: Worksheet, column: string, { field, labels, listColumn }: Choice): void {
  const rules = (sheet as Worksheet & { dataValidations: { add(range: string, rule: object): void } }).dataValidations;
  const list =
    listColumn === null ? `"${labels.join(',')}"` : `${LIST_SHEET}!$${listColumn}$1:$${listColumn}$${labels.length}`;
  const sentence = `Choose ${orList(labels)}.`;
  rules.add(`${column}2:${column}${LAST_ROW}`, {
    type: 'list',
    allowBlank: true,
    formulae: [list],
    showErrorMessage: true,
    errorTitle: titleOf(field),
    // Excel takes 255 characters.
    error: sentence.length > 255 ? 'Choose one from the list.' : sentence,
  });
}

/** A rule that names its choices itself takes 255 characters, and a comma ends a choice. */
function isInline(labels: readonly string[]): boolean {
  return labels.join(',').length <= 255 && !labels.some((label) => /[,"]/u.test(label));
}

/** The long lists, a column each. */
function addLists(workbook: stream.xlsx.WorkbookWriter, offered: readonly Choice[]): void {
  const long = offered.filter(({ listColumn }) => listColumn !== null);
  if (long.length === 0) return;
  const sheet = workbook.addWorksheet(LIST_SHEET, { state: 'hidden' });
  const rows = Math.max(...long.map(({ labels }) => labels.length));
  for (let row = 0; row < rows; row += 1) sheet.addRow(long.map(({ labels }) => labels[row] ?? null)).commit();
  sheet.commit();
}

function shortList(labels: readonly string[]): string {
  return labels.length > 12 ? 'one of its list' : orList(labels);
}

function titleOf(field: ImportField): string {
  return IMPORT_HEADINGS[field].charAt(0) + IMPORT_HEADINGS[field].slice(1).toLowerCase();
}

/** Of the first 26 columns; there are fewer. */
function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

function addBlankRow(sheet: Worksheet, columns: number): void {
  const row = sheet.addRow([]);
  for (let index = 1; index <= columns; index += 1) row.getCell(index).numFmt = '@';
  row.commit();
}
