import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import ExcelJS from 'exceljs';

export type ImportFile = {
  readonly path: string;
  readonly kind: 'xlsx' | 'csv';
  readonly rows: number;
  readonly columns: number;
};

/** Of everybody's address. */
export const HARBOUR_DOMAIN = 'harbour.example';

const HEADINGS = [
  ...['FIRST NAME', 'LAST NAME', 'NAME', 'EMAIL', 'ROLE', 'MOBILE', 'EXTENSION', 'Department', 'Site', 'Cost centre'],
  ...['Remark', 'Start'],
];

/** A list of people as a workbook with shared texts, as Excel saves it, or as CSV. */
export async function writeImportFile(folder: string, shape: Omit<ImportFile, 'path'>): Promise<ImportFile> {
  const { kind, rows, columns } = shape;
  const path = join(folder, `${rows}x${columns}.${kind}`);
  const lines = function* (): Generator<readonly string[]> {
    yield HEADINGS.slice(0, columns);
    for (let row = 0; row < rows; row += 1) yield personOf(row).slice(0, columns);
  };
  if (kind === 'csv') {
    const stream = createWriteStream(path);
    for (const line of lines()) if (!stream.write(`${line.join(',')}\r\n`)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
  } else {
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
    const sheet = workbook.addWorksheet('Users');
    for (const line of lines()) sheet.addRow([...line]).commit();
    await workbook.commit();
  }
  return { path, ...shape };
}

function personOf(row: number): readonly string[] {
  const [first, last] = [`First${row}`, `Last${(row * 7) % 5003}`];
  return [
    ...[first, last, `${first} ${last}`, `user${row}@${HARBOUR_DOMAIN}`, row % 50 === 0 ? 'Account Admin' : 'User'],
    ...[`+4420794${String(60_000 + (row % 40_000)).padStart(5, '0')}`, String(1000 + row), `Department ${row % 40}`],
    ...[`Site ${row % 12}`, `CC-${1000 + (row % 90)}`, `note ${row}`, `2026-0${1 + (row % 9)}-1${row % 9}`],
  ];
}
