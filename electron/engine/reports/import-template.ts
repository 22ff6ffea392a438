import type { stream, Worksheet } from 'exceljs';
import { IMPORT_HEADINGS, PORTAL_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportValues } from '../../../shared/model/import-row.ts';
import { ROLE_ACCOUNT_ADMIN, ROLE_USER, roleLabel } from '../../../shared/model/role.ts';
import { writeWorkbookFile } from './workbook-file.ts';

type PortalField = (typeof PORTAL_FIELDS)[number];
export type TemplateUser = Pick<ImportValues, PortalField>;
export type TemplateWritten =
  | { readonly ok: true; readonly userCount: number }
  | { readonly ok: false; readonly detail: string };

const WIDTHS: Readonly<Record<PortalField, number>> = { firstName: 22, lastName: 22, name: 30, email: 38, role: 18 };
const ROLES = [ROLE_USER, ROLE_ACCOUNT_ADMIN].map(roleLabel);
/** As many rows as an import takes, and the headings. */
const LAST_ROW = 100_001;
const BLANK_ROWS = 500;

const NOTES: readonly string[] = [
  'How to fill the sheet "Users"',
  'Fill in at least one of FIRST NAME, LAST NAME and NAME for every user.',
  'EMAIL must be a valid address. It must not belong to a user of the account, and it may stand only once in the sheet.',
  `ROLE is ${ROLES.join(' or ')}. A user without a role becomes ${ROLES[0]}.`,
  'All cells are text, so that zeros and plus signs at the beginning stay.',
  'You can review and correct everything in the preview before it is uploaded.',
];

/** Writes the spreadsheet template (IMP-1), empty or with users. The file is there as a whole or not at all. */
export async function writeImportTemplate(options: {
  readonly path: string;
  readonly users: AsyncIterable<TemplateUser> | Iterable<TemplateUser>;
}): Promise<TemplateWritten> {
  const written = await writeWorkbookFile(options.path, (workbook) => fillWorkbook(workbook, options.users));
  return written.ok ? { ok: true, userCount: written.rowCount } : written;
}

async function fillWorkbook(
  workbook: stream.xlsx.WorkbookWriter,
  users: AsyncIterable<TemplateUser> | Iterable<TemplateUser>,
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
  addRoleList(sheet);
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
  for (const text of NOTES) notes.addRow([text]).commit();
  notes.commit();
  return userCount;
}

/** One rule over a bounded range; a rule for every cell of the column makes some readers build a million objects. */
function addRoleList(sheet: Worksheet): void {
  const column = String.fromCharCode(65 + PORTAL_FIELDS.indexOf('role'));
  const rules = (sheet as Worksheet & { dataValidations: { add(range: string, rule: object): void } }).dataValidations;
  rules.add(`${column}2:${column}${LAST_ROW}`, {
    type: 'list',
    allowBlank: true,
    formulae: [`"${ROLES.join(',')}"`],
    showErrorMessage: true,
    errorTitle: 'Role',
    error: `Choose ${ROLES.join(' or ')}.`,
  });
}

function addBlankRow(sheet: Worksheet): void {
  const row = sheet.addRow([]);
  for (const [index] of PORTAL_FIELDS.entries()) row.getCell(index + 1).numFmt = '@';
  row.commit();
}
