import ExcelJS from 'exceljs';
import { writeXlsx } from 'hucre';
import { isChance, type Cell, type MadeFile, type Random } from './made-file.ts';
import { filledRows, randomTable } from './random-table.ts';

/** What exceljs writes, as a file or as a stream, and what hucre writes. */
export async function libraryWorkbook(random: Random): Promise<MadeFile> {
  const table = randomTable(random);
  const rows = table.map((row) => row.map(plainValue));
  // Neither of the two escapes what looks like an escape, so the others say what stands there.
  const isEscaped = table.some((row) => row.some((cell) => cell.kind === 'text' && cell.text.includes('_x')));
  const truth = isEscaped ? null : filledRows(table);
  const made = { name: 'users.xlsx', truth, isForeign: true };
  if (isChance(random, 0.5)) {
    const bytes = Buffer.from(
      await writeXlsx({ sheets: [{ name: 'Users', rows: rows.map((row) => row.map(forHucre)) }] }),
    );
    return { ...made, family: 'hucre', how: ['hucre writeXlsx'], bytes };
  }
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Users', { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of rows) {
    const added = sheet.addRow(row);
    for (let column = 1; column <= row.length; column += 1) {
      const cell = added.getCell(column);
      if (cell.value instanceof Date) cell.numFmt = 'dd.mm.yyyy';
      if (typeof cell.value === 'string' && cell.value.includes('@customer') && isChance(random, 0.3)) {
        cell.value = { text: cell.value, hyperlink: `mailto:${cell.value}` };
      }
    }
  }
  if (isChance(random, 0.3)) sheet.mergeCells(1, 1, 1, 1);
  return {
    ...made,
    family: 'exceljs',
    how: ['exceljs writeBuffer'],
    bytes: Buffer.from(await workbook.xlsx.writeBuffer()),
  };
}

function plainValue(cell: Cell): string | number | boolean | Date | { error: string } | null {
  switch (cell.kind) {
    case 'empty':
      return null;
    case 'text':
      return cell.text;
    case 'date':
      return new Date(`${cell.iso}T00:00:00Z`);
    case 'error':
      return { error: cell.text };
    default:
      return cell.value;
  }
}

function forHucre(value: ReturnType<typeof plainValue>): string | number | boolean | Date | null {
  return value !== null && typeof value === 'object' && !(value instanceof Date) ? value.error : value;
}
