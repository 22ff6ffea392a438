import { createReadStream } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { readXlsx as readWithHucre } from 'hucre';
import { describe, expect, it } from 'vitest';
import { readPath, refusalOf, withFolder } from './read-file.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/imports/${name}`, import.meta.url));

describe('files saved by spreadsheet programs', () => {
  it('IMP-2: reads every kind of cell that LibreOffice saves', async () => {
    const { shape, rows } = await readPath(fixture('libreoffice-features.xlsx'));
    expect(shape).toMatchObject({ sheets: ['Lists', 'Staff'], sheet: 'Staff' });
    expect(rows.map((row) => [row.number, ...row.cells])).toEqual([
      [1, 'Harbour Ltd, new starters'],
      [3, 'First name', 'Last name', 'E-mail', 'Role', 'Badge', 'Start', 'Phone', 'Full name'],
      [4, 'Zoë', 'Ångström', 'zoe@customer.example', 'User', '000042', '2026-03-01', '+44 1632 960001', 'Zoë Ångström'],
      [
        5,
        'Anna',
        ' Ash ',
        'anna@customer.example',
        'Account Admin',
        '000007',
        '2026-03-02T12:00:00',
        '447700900123',
        'Anna  Ash',
      ],
      [6, 'Bo\nBo', 'Birch', 'bo@customer.example', '', '1234567', '', '007', '#DIV/0!'],
    ]);
    expect(rows.at(-1)?.marks).toEqual([
      [4, 'number'],
      [7, 'error'],
    ]);
  });

  it('IMP-2: reads a list that LibreOffice made of a CSV file', async () => {
    const { rows } = await readPath(fixture('libreoffice-plain.xlsx'));
    expect(rows.map((row) => row.cells)).toEqual([
      ['Vorname', 'Name', 'E-Mail', 'Rolle'],
      ['Zoë', 'Müller', 'zoe@customer.example', 'User'],
      ['Tom', 'Ahorn', 'tom@customer.example'],
    ]);
  });

  it.each(['old-workbook.xls', 'open-document.ods'])('IMP-2: refuses %s and says what it is', async (name) => {
    expect((await refusalOf(readPath(fixture(name)))).code).toBe('import.not-a-spreadsheet');
  });

  it('IMP-2: refuses what is gone, what is no file and what is too large', async () => {
    await withFolder(async (folder) => {
      const gone = await readPath(join(folder, 'gone.xlsx')).catch((error: unknown) => error);
      expect(gone).toMatchObject({ code: 'ENOENT' });
      expect((await refusalOf(readPath(folder))).code).toBe('import.file-unreadable');
      expect((await refusalOf(readPath('/dev/zero'))).code).toBe('import.file-unreadable');
      const large = join(folder, 'large.csv');
      await writeFile(large, '');
      await truncate(large, 64 * 1024 * 1024 + 1);
      expect(await refusalOf(readPath(large))).toMatchObject({
        code: 'import.file-too-large',
        details: { limit: 64, count: 65 },
      });
    });
  });

  it('IMP-2: reads the same texts as two other readers', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'many.xlsx');
      const expected = await writeManyRows(path);
      const ours = (await readPath(path)).rows.map((row) => [...row.cells]);
      const hucre = (await readWithHucre(await readFile(path))).sheets[0]?.rows;
      expect(ours).toEqual(expected);
      expect(hucre?.map((row) => row.map((cell) => (cell === null ? '' : String(cell as string | number))))).toEqual(
        expected,
      );
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.read(createReadStream(path));
      const texts: string[][] = [];
      workbook.worksheets[0]?.eachRow((row) =>
        texts.push(expected[0]?.map((_, index) => row.getCell(index + 1).text) ?? []),
      );
      expect(texts).toEqual(expected);
    });
  });
});

async function writeManyRows(path: string): Promise<readonly (readonly string[])[]> {
  const rows = Array.from({ length: 3000 }, (_, index) => [
    `First ${index}`,
    `Läst <${index % 70}> & "co" 'x'`,
    `user.${index}@customer.example`,
    index % 3 === 0 ? 'tab\tline\nend' : `_x0041_ ${index}`,
    `${index}`,
  ]);
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Users');
  for (const row of rows) sheet.addRow([...row.slice(0, 4), Number(row[4])]);
  await workbook.xlsx.writeFile(path);
  // exceljs does not escape what looks like an escape, so every reader sees the letter.
  return rows.map((row) => row.map((text) => text.replace('_x0041_', 'A')));
}
