import type { stream, Worksheet } from 'exceljs';
import { IMPORT_HEADINGS, PORTAL_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportValues } from '../../../shared/model/import-row.ts';
import { roleLabel } from '../../../shared/model/role.ts';
import { writeWorkbookFile } from './workbook-file.ts';

type PortalField = (typeof PORTAL_FIELDS)[number];
export type TemplateUser = Pick<ImportValues, PortalField>;
export type TemplateWritten =
  | { readonly ok: true; readonly userCount: number }
  | { readonly ok: false; readonly detail: string };

const WIDTHS: Readonly<Record<PortalField, number>> = { firstName: 22, lastName: 22, name: 30, email: 38, role: 18 };
/** As many rows as an import takes, and the headings. */
const LAST_ROW = 100_001;
const BLANK_ROWS = 500;
const ROLE_SHEET = 'Roles';

const notesFor = (roles: readonly string[]): readonly string[] => [
  'How to fill the sheet "Users"',
  'Fill in at least one of FIRST NAME, LAST NAME and NAME for every user.',
  'EMAIL must be a valid address. It must not belong to a user of the account, and it may stand only once in the sheet.',
  `ROLE is ${orList(roles)}. A user without a role becomes ${roles[0]}.`,
  'All cells are text, so that zeros and plus signs at the beginning stay.',
  'You can review and correct everything in the preview before it is uploaded.',
];

/** Writes the spreadsheet template (IMP-1), empty or with users. The file is there as a whole or not at all. */
export async function writeImportTemplate(options: {
  readonly path: string;
  readonly users: AsyncIterable<TemplateUser> | Iterable<TemplateUser>;
  /** The roles that the column can have, as the wire names them; what is blank becomes the first. */
  readonly roles: readonly string[];
}): Promise<TemplateWritten> {
  const written = await writeWorkbookFile(options.path, (workbook) =>
    fillWorkbook(workbook, options.users, options.roles.map(roleLabel)),
  );
  return written.ok ? { ok: true, userCount: written.rowCount } : written;
}

async function fillWorkbook(
  workbook: stream.xlsx.WorkbookWriter,
  users: AsyncIterable<TemplateUser> | Iterable<TemplateUser>,
  roles: readonly string[],
): Promise<number> {
  const sheet = workbook.addWorksheet('Users', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = PORTAL_FIELDS.map((field) => ({
    header: IMPORT_HEADINGS[field],
    key: field,
    width: WIDTHS[field],
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  addRoleList(sheet, roles);
  let userCount = 0;
  for await (const user of users) {
    const values = PORTAL_FIELDS.map((field) => (field === 'role' ? roleLabel(user.role) : user[field]));
    sheet.addRow(values).commit();
    userCount += 1;
  }
  // Text format on empty cells too: Excel takes the format of the cell that is typed into.
  if (userCount === 0) for (let row = 0; row < BLANK_ROWS; row += 1) addBlankRow(sheet);
  sheet.commit();

  const notes = workbook.addWorksheet('Notes');
  notes.columns = [{ width: 110 }];
  for (const text of notesFor(roles)) notes.addRow([text]).commit();
  notes.commit();
  if (!isInline(roles)) addRoleSheet(workbook, roles);
  return userCount;
}

/** One rule over a bounded range; a rule for every cell of the column makes some readers build a million objects. */
function addRoleList(sheet: Worksheet, roles: readonly string[]): void {
  const column = String.fromCharCode(65 + PORTAL_FIELDS.indexOf('role'));
  const rules = (sheet as Worksheet & { dataValidations: { add(range: string, rule: object): void } }).dataValidations;
  rules.add(`${column}2:${column}${LAST_ROW}`, {
    type: 'list',
    allowBlank: true,
    formulae: [isInline(roles) ? `"${roles.join(',')}"` : `${ROLE_SHEET}!$A$1:$A$${roles.length}`],
    showErrorMessage: true,
    errorTitle: 'Role',
    // Excel takes 255 characters.
    error: `Choose ${orList(roles)}.`.length > 255 ? 'Choose one from the list.' : `Choose ${orList(roles)}.`,
  });
}

/** A rule that names its choices itself takes 255 characters, and a comma ends a choice. */
function isInline(roles: readonly string[]): boolean {
  return roles.join(',').length <= 255 && !roles.some((role) => /[,"]/u.test(role));
}

function addRoleSheet(workbook: stream.xlsx.WorkbookWriter, roles: readonly string[]): void {
  const sheet = workbook.addWorksheet(ROLE_SHEET, { state: 'hidden' });
  for (const role of roles) sheet.addRow([role]).commit();
  sheet.commit();
}

function orList(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function addBlankRow(sheet: Worksheet): void {
  const row = sheet.addRow([]);
  for (const [index] of PORTAL_FIELDS.entries()) row.getCell(index + 1).numFmt = '@';
  row.commit();
}
