import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { readXlsx } from 'hucre';
import { PYTHON } from './foreign-programs.ts';
import type { Cell, Sheet } from './made-file.ts';

export type IndependentReader = {
  readonly name: string;
  /** Null: it cannot read the file. */
  read(file: { readonly path: string; readonly bytes: Buffer; readonly sheet: string }): Promise<Sheet | null>;
};

export const hucre: IndependentReader = {
  name: 'hucre',
  async read({ bytes, sheet }) {
    const found = (await readXlsx(bytes).catch(() => null))?.sheets.find(({ name }) => name === sheet);
    return found ? new Map(found.rows.map((row, at) => [at + 1, row.map(cellOf)])) : null;
  },
};

export const exceljs: IndependentReader = {
  name: 'exceljs',
  async read({ bytes, sheet }) {
    const workbook = new ExcelJS.Workbook();
    const loaded = await workbook.xlsx.load(bytes as unknown as ArrayBuffer).catch(() => null);
    const found = loaded?.getWorksheet(sheet);
    if (!found) return null;
    const rows = new Map<number, readonly Cell[]>();
    found.eachRow((row, number) => {
      const cells = Array.from({ length: row.cellCount }, (_, at) => row.getCell(at + 1));
      // A merged cell shows the value of the first one.
      rows.set(
        number,
        cells.map((cell) => (cell.isMerged && cell.master !== cell ? { kind: 'empty' } : exceljsCell(cell.value))),
      );
    });
    return rows;
  },
};

/** openpyxl in a process of its own; null where it is not installed. */
export function startOpenpyxl(): (IndependentReader & { stop(): void }) | null {
  const child = spawn(PYTHON, [fileURLToPath(new URL('read-with-python.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let isGone = false;
  const waiting: ((line: string | null) => void)[] = [];
  const giveUp = (): void => {
    isGone = true;
    for (const answer of waiting.splice(0)) answer(null);
  };
  child.on('error', giveUp);
  child.on('exit', giveUp);
  child.stdin.on('error', giveUp);
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  return {
    name: 'openpyxl',
    async read({ path, sheet }) {
      if (isGone) return null;
      const line = await new Promise<string | null>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify({ path, sheet })}\n`);
      });
      const { rows } = JSON.parse(line ?? '{}') as { rows?: [number, Cell[]][] };
      return rows ? new Map(rows) : null;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined || value === '') return { kind: 'empty' };
  if (value instanceof Date) return { kind: 'date', iso: value.toISOString() };
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
}

function exceljsCell(value: ExcelJS.CellValue): Cell {
  if (value === null || typeof value !== 'object' || value instanceof Date) return cellOf(value);
  if ('richText' in value) return cellOf(value.richText.map(({ text }) => text).join(''));
  if ('error' in value) return { kind: 'error', text: value.error };
  if ('hyperlink' in value) return exceljsCell(value.text);
  if ('result' in value) return exceljsCell(value.result);
  return { kind: 'empty' };
}
