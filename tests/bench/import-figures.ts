import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { streamCsvRows, streamXlsxRows } from 'hucre';
import type { AccountId } from '../../shared/model/ids.ts';
import type { BenchCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild, type EngineChild } from './engine-child.ts';
import { figure, timeOf, type Figure } from './figures.ts';
import { writeImportFile, type ImportFile } from './import-files.ts';

const SHAPES = [
  { rows: 10_000, columns: 5 },
  { rows: 10_000, columns: 12 },
  { rows: 100_000, columns: 5 },
  { rows: 100_000, columns: 12 },
] as const;
const RUNS = 3;
const LOOK_MS = 5;

/**
 * Opened → preview: every row read, cleaned, checked and stored, in the engine as a process and the reader as another one.
 * The floors only read the same file, in a process that is warm.
 */
export async function importFigures(folder: string, cloud: BenchCloud, built: BuiltEngine): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const engine = await startEngineChild(join(folder, 'import'), cloud.url, built);
  for (const shape of SHAPES) {
    for (const kind of ['xlsx', 'csv'] as const) {
      const file = await writeImportFile(folder, { ...shape, kind });
      figures.push(...(await figuresOf(file, engine)));
    }
  }
  await engine.stop();
  return figures;
}

async function figuresOf(file: ImportFile, engine: EngineChild): Promise<readonly Figure[]> {
  const accountId = await emptyAccount(engine);
  const samples: Record<'preview' | 'unzip' | 'exceljs' | 'hucre', number[]> = {
    preview: [],
    unzip: [],
    exceljs: [],
    hucre: [],
  };
  let readerPeak = 0;
  const idle = engine.memory().now;
  engine.forgetPeak();
  for (let run = 0; run < RUNS; run += 1) {
    samples.unzip.push(await timeOf(() => unpacked(file)));
    samples.hucre.push(await timeOf(() => readWithHucre(file)));
    samples.exceljs.push(await timeOf(() => readWithExceljs(file)));
    const watch = watchReader(engine.pid);
    samples.preview.push(await timeOf(() => preview(engine, accountId, file)));
    readerPeak = Math.max(readerPeak, watch());
  }
  const size = `${file.rows.toLocaleString('en')} × ${file.columns} ${file.kind}`;
  process.stderr.write(
    `  ${size}: reader peak ${readerPeak.toFixed(0)} MB; engine ${idle.toFixed(0)} MB before, peak ${engine.memory().peak.toFixed(0)} MB\n`,
  );
  const named = { name: `import preview, ${size}`, unit: 'ms', samples: samples.preview } as const;
  const bytes = file.kind === 'xlsx' ? 'unzip -p of the file' : 'cat of the file';
  return [
    figure({ ...named, floorName: 'exceljs reading the file', floorSamples: samples.exceljs }),
    figure({ ...named, floorName: 'hucre reading the file', floorSamples: samples.hucre }),
    figure({ ...named, floorName: bytes, floorSamples: samples.unzip }),
  ];
}

async function preview({ client }: EngineChild, accountId: AccountId, file: ImportFile): Promise<void> {
  const opened = await client.imports.open({ accountId, file: file.path });
  if (!opened.ok) throw new Error(`refused: ${opened.refusal.code}`);
  const { id } = opened.value;
  const header = await client.imports.get({ id });
  if (header?.rowCount !== file.rows) throw new Error(`the preview has ${header?.rowCount ?? 'no'} rows`);
  void client.imports.cancel({ id });
}

async function unpacked({ path, kind }: ImportFile): Promise<void> {
  const child = kind === 'xlsx' ? spawn('unzip', ['-p', path]) : spawn('cat', [path]);
  child.stdout.resume();
  await once(child, 'close');
}

async function readWithHucre({ path, kind }: ImportFile): Promise<void> {
  const content = await readFile(path);
  let rows = 0;
  if (kind === 'xlsx') for await (const _row of streamXlsxRows(content)) rows += 1;
  else for (const _row of streamCsvRows(content.toString())) rows += 1;
  if (rows === 0) throw new Error('hucre read nothing');
}

async function readWithExceljs({ path, kind }: ImportFile): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  await (kind === 'xlsx' ? workbook.xlsx.readFile(path) : workbook.csv.read(createReadStream(path)));
}

/** An account without users, so that every row is a new one; the engine has fetched what it fetches first. */
async function emptyAccount({ client }: EngineChild): Promise<AccountId> {
  for (;;) {
    const { rows } = await client.accounts.list({ state: 'ACTIVE', search: 'Saltmarsh' });
    const account = rows[0];
    if (account) {
      const { isSyncing, usersSyncedAt } = await client.sync.status({ accountId: account.id });
      if (!isSyncing && usersSyncedAt !== null) return account.id;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Looks at the memory of the engine's reader until the returned function is called. It is ended by force: only others can look. */
function watchReader(pid: number): () => number {
  let peak = 0;
  const look = (): void => {
    for (const child of childrenOf(pid)) {
      const status = readText(`/proc/${child}/status`);
      if (!readText(`/proc/${child}/cmdline`).includes('reader')) continue;
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024);
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function childrenOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readText(`/proc/${pid}/task/${task}/children`)
        .split(' ')
        .filter((child) => child !== ''),
    );
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
