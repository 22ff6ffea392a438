import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { must } from '../../shared/lib/must.ts';
import type { BenchEngine } from './bench-engine.ts';
import { figure, timeOf, type Figure } from './figures.ts';

const ROWS = 10_000;
const RUNS = 5;

/** A workbook of 10,000 rows and five columns: opened → preview with every row checked and stored. */
export async function importFigures(folder: string, { client }: BenchEngine): Promise<readonly Figure[]> {
  const path = join(folder, 'users.xlsx');
  await writeUsers(path);
  const { rows } = await client.accounts.list({ state: 'ACTIVE', search: 'Saltmarsh' });
  const { id: accountId } = must(rows[0], 'the account is in the demo');
  const samples: Record<'preview' | 'unzip' | 'exceljs', number[]> = { preview: [], unzip: [], exceljs: [] };
  for (let run = 0; run < RUNS; run += 1) {
    samples.unzip.push(await timeOf(() => spawnSync('unzip', ['-p', path], { stdio: 'ignore' })));
    samples.exceljs.push(await timeOf(() => new ExcelJS.Workbook().xlsx.readFile(path)));
    let imported = '';
    samples.preview.push(
      await timeOf(async () => {
        const opened = await client.imports.open({ accountId, file: path });
        if (!opened.ok) throw new Error(`refused: ${opened.refusal.code}`);
        imported = opened.value.id;
      }),
    );
    const header = await client.imports.get({ id: imported });
    if (header?.rowCount !== ROWS) throw new Error(`the preview has ${header?.rowCount ?? 'no'} rows`);
    await client.imports.cancel({ id: imported });
  }
  const named = { name: 'import preview, 10,000 rows × 5', unit: 'ms', samples: samples.preview } as const;
  return [
    figure({ ...named, floorName: 'unzip -p of the file', floorSamples: samples.unzip }),
    figure({ ...named, floorName: 'exceljs readFile alone', floorSamples: samples.exceljs }),
  ];
}

async function writeUsers(path: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Users');
  sheet.addRow(['FIRST NAME', 'LAST NAME', 'NAME', 'EMAIL', 'ROLE']);
  for (let row = 0; row < ROWS; row += 1) {
    sheet.addRow([`First${row}`, `Last${row}`, `First${row} Last${row}`, `user${row}@harbour.example`, 'User']);
  }
  await workbook.xlsx.writeFile(path);
}
