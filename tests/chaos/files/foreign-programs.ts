import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { csvFile } from './csv-file.ts';
import { ownWorkbook } from './own-workbook.ts';
import type { MadeFile, Random } from './made-file.ts';
import { randomTable } from './random-table.ts';

export const PYTHON = '/usr/bin/python3';
const TIME_OUT_MS = 300_000;
const WRITERS = ['openpyxl', 'openpyxl stream', 'xlsxwriter', 'xlsxwriter stream'] as const;
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What each program of this machine made of a number of tables. A program that is not installed makes nothing. */
export async function foreignFiles(folder: string, count: number, random: Random): Promise<readonly MadeFile[]> {
  mkdirSync(folder, { recursive: true });
  const share = Math.ceil(count / 6);
  return [
    ...(await byPython(join(folder, 'python'), share * 2, random)),
    ...byLibreOffice(join(folder, 'office'), share, random),
    ...byGnumeric(join(folder, 'gnumeric'), share, random),
  ];
}

async function byPython(folder: string, count: number, random: Random): Promise<readonly MadeFile[]> {
  if (spawnSync(PYTHON, ['-c', 'import openpyxl, xlsxwriter']).status !== 0) return [];
  mkdirSync(folder);
  const orders = Array.from({ length: count }, (_, at) => ({
    path: join(folder, `${at}.xlsx`),
    writer: WRITERS[at % WRITERS.length] ?? 'openpyxl',
    rows: randomTable(random),
  }));
  const child = spawn(PYTHON, [script('write-with-python.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.end(orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
  const files: MadeFile[] = [];
  let at = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { path, ok } = JSON.parse(line) as { path: string; ok: boolean };
    const writer = orders[at]?.writer ?? '';
    at += 1;
    if (ok) files.push(foreign({ path, name: 'users.xlsx', family: writer.split(' ')[0] ?? '', how: writer }));
  }
  return files;
}

/** LibreOffice converts what it can read: lists in CSV, and workbooks of our own hand. */
function byLibreOffice(folder: string, count: number, random: Random): readonly MadeFile[] {
  if (spawnSync('soffice', ['--version']).status !== 0) return [];
  const sources = writeSources(folder, count, random);
  const converted = (kind: string, filter: string, from: readonly string[]): readonly MadeFile[] => {
    const target = join(folder, kind);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    spawnSync('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', target, ...from], {
      timeout: TIME_OUT_MS,
      stdio: 'ignore',
    });
    return filesIn(target).map((path) =>
      foreign({ path, name: `users.${kind}`, family: 'LibreOffice', how: `${filter} of ${path}` }),
    );
  };
  const third = Math.ceil(sources.length / 3);
  return [
    ...converted('xlsx', 'xlsx:Calc MS Excel 2007 XML', sources),
    ...converted('csv', 'csv:Text - txt - csv (StarCalc):59,34,76,1', sources.slice(0, third)),
    ...converted('xls', 'xls:MS Excel 97', sources.slice(0, 8)),
    ...converted('ods', 'ods', sources.slice(8, 16)),
    ...converted('html', 'html:HTML (StarCalc)', sources.slice(16, 20)),
  ];
}

function byGnumeric(folder: string, count: number, random: Random): readonly MadeFile[] {
  if (spawnSync('ssconvert', ['--version']).status !== 0) return [];
  const sources = writeSources(folder, count, random);
  return sources.flatMap((source, at) => {
    const [kind, exporter] =
      at % 9 === 8
        ? ['xls', 'Gnumeric_Excel:excel_biff8']
        : at % 4 === 3
          ? ['csv', 'Gnumeric_stf:stf_csv']
          : ['xlsx', at % 2 ? 'Gnumeric_Excel:xlsx' : 'Gnumeric_Excel:xlsx2'];
    const path = join(folder, `made-${at}.${kind}`);
    const { status } = spawnSync('ssconvert', ['-T', exporter ?? '', source, path], {
      timeout: 60_000,
      stdio: 'ignore',
    });
    return status === 0
      ? [foreign({ path, name: `users.${kind}`, family: 'Gnumeric', how: `${exporter} of ${source}` })]
      : [];
  });
}

function writeSources(folder: string, count: number, random: Random): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, at) => {
    const made = at % 2 === 0 ? ownWorkbook(random, true) : csvFile(random);
    const path = join(folder, `source-${at}.${at % 2 === 0 ? 'xlsx' : 'csv'}`);
    writeFileSync(path, made.bytes);
    return path;
  });
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function foreign({ path, name, family, how }: { path: string; name: string; family: string; how: string }): MadeFile {
  const isWorkbook = name.endsWith('.xlsx');
  const isRefused = /\.(?:xls|ods|html)$/u.test(name);
  return {
    ...{ name, family, how: [how], truth: null },
    bytes: readFileSync(path),
    isForeign: isWorkbook,
    ...(isRefused ? { refusals: ['import.not-a-spreadsheet'] } : {}),
  };
}
