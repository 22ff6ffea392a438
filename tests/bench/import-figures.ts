import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import ExcelJS from 'exceljs';
import { streamCsvRows, streamXlsxRows } from 'hucre';
import type { AccountId } from '../../shared/model/ids.ts';
import type { BenchCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild, type EngineChild } from './engine-child.ts';
import { figure, type Figure } from './figures.ts';
import { writeImportFile, type ImportFile } from './import-files.ts';
import { emptyMb } from './memory-figures.ts';
import { nothingTaken, rest, take, type Taken } from './processor-time.ts';
import { emptyAccount } from './waiting.ts';

const LARGE = 100_000;
const SHAPES = [
  { rows: 10_000, columns: 5 },
  { rows: 10_000, columns: 12 },
  { rows: LARGE, columns: 5 },
  { rows: LARGE, columns: 12 },
] as const;
const RUNS = 3;
const STORED_COLUMNS = 18;
const STORED_SLICE = 800;
const LOOK_MS = 20;
const FLOORS = ['exceljs', 'hucre', 'unzip', 'stored'] as const;
type Floor = (typeof FLOORS)[number];

/**
 * Opened → preview: every row read, cleaned, checked and stored, in the engine as a process and the reader as another one.
 * The floors only read the same file, in a process that is warm. Two processes take turns with each other here, so that a busy machine
 * makes the preview slower than the floors: there the processor time is what can be compared.
 */
export async function importFigures(folder: string, cloud: BenchCloud, built: BuiltEngine): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const engine = await startEngineChild(join(folder, 'import'), cloud.url, built);
  for (const shape of SHAPES) {
    for (const kind of ['xlsx', 'csv'] as const) {
      const file = await writeImportFile(folder, { ...shape, kind });
      figures.push(...(await figuresOf(folder, file, engine)));
    }
  }
  await engine.stop();
  return figures;
}

async function figuresOf(folder: string, file: ImportFile, engine: EngineChild): Promise<readonly Figure[]> {
  const accountId = await emptyAccount(engine);
  const taken = {
    preview: nothingTaken(),
    ...Object.fromEntries(FLOORS.map((floor) => [floor, nothingTaken()])),
  } as Record<'preview' | Floor, Taken>;
  let readerPeak = 0;
  const idle = engine.memory().now;
  engine.forgetPeak();
  for (let run = 0; run < RUNS; run += 1) {
    await rest(engine.pid);
    await take(taken.unzip, () => unpacked(file));
    await take(taken.stored, () => storeRows(folder, file));
    await take(taken.hucre, () => readWithHucre(file));
    if (file.kind === 'xlsx') await take(taken.exceljs, () => new ExcelJS.Workbook().xlsx.readFile(file.path));
    // As the import page does when it opens; choosing the file takes a person longer.
    await engine.client.imports.prepare({});
    for (const reader of readersOf(engine.pid)) await rest(Number(reader));
    const watch = watchReader(engine.pid);
    await take(taken.preview, () => preview(engine, accountId, file), engine.pid);
    readerPeak = Math.max(readerPeak, watch());
  }
  const size = `${file.rows.toLocaleString('en')} × ${file.columns} ${file.kind}`;
  process.stderr.write(
    `  ${size}: reader peak ${readerPeak.toFixed(0)} MB; engine ${idle.toFixed(0)} MB before, peak ${engine.memory().peak.toFixed(0)} MB\n`,
  );
  const measured = FLOORS.filter((floor) => file.kind === 'xlsx' || floor !== 'exceljs');
  const figures = (['wall', 'processor'] as const).flatMap((by) =>
    measured.map((floor) =>
      figure({
        ...{ name: `import preview, ${size}${by === 'wall' ? '' : ', processor time'}`, unit: 'ms' },
        ...{ samples: taken.preview[by], floorName: floorName(floor, file), floorSamples: taken[floor][by] },
      }),
    ),
  );
  return [...figures, ...(file.rows === LARGE ? await memoryOf(size, readerPeak, engine.memory().peak) : [])];
}

function floorName(floor: Floor, { kind }: ImportFile): string {
  switch (floor) {
    case 'exceljs':
      return 'exceljs reading the file';
    case 'hucre':
      return 'hucre reading the file';
    case 'unzip':
      return kind === 'xlsx' ? 'unzip -p of the file' : 'cat of the file';
    case 'stored':
      return 'storing such rows alone';
  }
}

async function memoryOf(size: string, reader: number, engine: number): Promise<readonly Figure[]> {
  const floor = {
    unit: 'MB',
    floorName: 'a process of Node that does nothing',
    floorSamples: [await emptyMb()],
  } as const;
  return [
    figure({ ...floor, name: `reader memory, most during ${size}`, samples: [reader] }),
    figure({ ...floor, name: `engine memory, most during ${size}`, samples: [engine] }),
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

/** What the preview stores, without reading, checking or durability: the same number of rows, columns and indexes. */
function storeRows(folder: string, { rows }: ImportFile): void {
  const path = join(folder, 'floor.db');
  const sql = new Database(path);
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = OFF');
  const columns = Array.from({ length: STORED_COLUMNS }, (_, at) => `c${at} TEXT NOT NULL`);
  sql.exec(
    `CREATE TABLE rows (staging INTEGER, id INTEGER, ${columns.join(', ')}, PRIMARY KEY (staging, id)) STRICT, WITHOUT ROWID;
     CREATE INDEX one ON rows (staging, c3, id); CREATE INDEX other ON rows (staging, id, c0);`,
  );
  const insert = sql.prepare(`INSERT INTO rows VALUES (1, ?, ${columns.map(() => '?').join(', ')})`);
  for (let from = 0; from < rows; from += STORED_SLICE) {
    sql.transaction(() => {
      for (let row = from; row < Math.min(rows, from + STORED_SLICE); row += 1) insert.run(row, ...storedCells(row));
    })();
  }
  sql.close();
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
}

function storedCells(row: number): readonly string[] {
  const cells = ['', `First${row}`, `Last${row}`, `user${row}@harbour.example`, 'User'];
  return [...cells, ...Array.from({ length: STORED_COLUMNS - cells.length }, () => '')];
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

/** Looks at the memory of the engine's reader until the returned function is called. It is ended by force: only others can look. */
function watchReader(pid: number): () => number {
  let peak = 0;
  const look = (): void => {
    for (const reader of readersOf(pid)) {
      const status = readText(`/proc/${reader}/status`);
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024);
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function readersOf(pid: number): readonly string[] {
  return childrenOf(pid).filter((child) => readText(`/proc/${child}/cmdline`).includes('reader'));
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
