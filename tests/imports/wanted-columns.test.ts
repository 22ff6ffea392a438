import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReadRow } from '../../electron/engine/imports/reading/read-rows.ts';
import { readSpreadsheet } from '../../electron/engine/imports/reading/read-spreadsheet.ts';
import { withFolder } from './read-file.ts';
import { writeWorkbook } from './workbook-writer.ts';

const shared = (place: string, index: number): string => `<c r="${place}" t="s"><v>${index}</v></c>`;

it('IMP-2: columns that nobody wants are not read, and still make a row a row and wide', async () => {
  const file = writeWorkbook({
    sharedStrings: ['ann@customer.example', 'Sales', ' ', '\u00A0', 'ö'].map((text) => `<si><t>${text}</t></si>`),
    sheets: [
      {
        name: 'U',
        xml:
          `<row r="1">${shared('A1', 0)}${shared('B1', 1)}<c r="C1"><v>7</v></c></row>` +
          `<row r="2">${shared('B2', 1)}</row><row r="3">${shared('B3', 2)}${shared('C3', 3)}</row>` +
          `<row r="4">${shared('D4', 4)}</row><row r="5"><c r="E5" t="inlineStr"><is><t>x</t></is></c></row>` +
          `<row r="6"><c r="B6" t="inlineStr"><is><t>dropped</t></is></c>${shared('A6', 0)}</row>`,
      },
    ],
  });
  const rows: ReadRow[] = [];
  await withFolder(async (folder) => {
    const path = join(folder, 'users.xlsx');
    await writeFile(path, file);
    await readSpreadsheet(
      path,
      {},
      {
        shape: () => undefined,
        row: (row) => rows.push(row),
        pause: () => Promise.resolve(),
        isWanted: (column) => column === 0,
      },
    );
  });
  expect(rows.map(({ number, cells, marks }) => [number, cells, marks])).toEqual([
    [1, ['ann@customer.example', '', ''], null],
    [2, ['', ''], null],
    [4, ['', '', '', ''], null],
    [5, ['', '', '', '', ''], null],
    [6, ['ann@customer.example', ''], null],
  ]);
});
