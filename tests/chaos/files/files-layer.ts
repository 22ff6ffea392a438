import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../../harness/seeded-random.ts';
import { startDesk, type DeskHarness } from '../../imports/desk-harness.ts';
import type { Layer, LayerOptions, Violation } from '../layer.ts';
import { attackWorkbook } from './attack-workbook.ts';
import { brokenWorkbook } from './broken-workbook.ts';
import { buildReader } from './build-reader.ts';
import { csvFile, strangeText } from './csv-file.ts';
import { foreignFiles } from './foreign-programs.ts';
import { judgeFile, type Judges } from './judge-file.ts';
import { libraryWorkbook } from './library-workbooks.ts';
import { below, type MadeFile, type Random } from './made-file.ts';
import { ownWorkbook } from './own-workbook.ts';
import { readThroughDesk } from './read-through-desk.ts';
import { startOpenpyxl } from './independent-readers.ts';

const KEPT = fileURLToPath(new URL('../../../test-results/chaos-files', import.meta.url));
const LANES = 2;
/** Other programs take seconds to start: only a long run asks them. */
const FOREIGN_FROM = 1000;
const FOREIGN_SHARE = 0.12;

/** Every file ends with a preview or a clear refusal, whatever it is. One run: one file, through the real reader process. */
export const layer: Layer = {
  name: 'files',
  title: 'spreadsheets of every kind',
  unit: 'files',
  perCommit: 240,
  nightly: 6000,
  hasOwnProcesses: true,
  async run({ seed, runs, first = 1, stopAtFirst, progress }: LayerOptions) {
    const folder = mkdtempSync(join(tmpdir(), 'fieldlink-files-'));
    const reader = await buildReader();
    const judges = { openpyxl: startOpenpyxl() };
    const desk = startDesk(join(mkdtempSync(join(folder, 'desk-'))), reader.entry);
    const foreign =
      runs >= FOREIGN_FROM ? await foreignFiles(join(folder, 'foreign'), runs * FOREIGN_SHARE, seededRandom(seed)) : [];
    const tally = createTally();
    const violations: Violation[] = [];
    let next = first;
    let done = 0;
    const isOver = (): boolean => next >= first + runs || (stopAtFirst && violations.length > 0);
    const lane = async (): Promise<void> => {
      while (!isOver()) {
        const run = next;
        next += 1;
        violations.push(...(await oneFile({ seed, run, foreign, desk, judges, tally })));
        done += 1;
        progress(done);
      }
    };
    try {
      await Promise.all(Array.from({ length: LANES }, lane));
      return { runs: done, counts: tally.counts(), violations };
    } finally {
      desk.close();
      judges.openpyxl?.stop();
      reader.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function oneFile(options: {
  readonly seed: number;
  readonly run: number;
  readonly foreign: readonly MadeFile[];
  readonly desk: DeskHarness;
  readonly judges: Judges;
  readonly tally: ReturnType<typeof createTally>;
}): Promise<readonly Violation[]> {
  const { seed, run, foreign, desk, judges, tally } = options;
  const random = seededRandom(seed * 1_000_003 + run);
  const made = foreign[run - 1] ?? (await makeFile(random, foreign));
  const reading = await readThroughDesk(desk, made, run);
  const verdict = await judgeFile(made, reading, judges);
  tally.add(made, reading, verdict.counts);
  if (verdict.problems.length > 0) {
    mkdirSync(KEPT, { recursive: true });
    copyFileSync(reading.path, join(KEPT, `${seed}-${run}-${basename(reading.path)}`));
  }
  for (const path of [reading.path, `${reading.path}.seen`]) rmSync(path, { force: true });
  return verdict.problems.map((what) => ({ invariant: 'IMP-2', seed, run, what, trace: [made.family, ...made.how] }));
}

async function makeFile(random: Random, foreign: readonly MadeFile[]): Promise<MadeFile> {
  const way = random();
  if (way < 0.26) return ownWorkbook(random);
  if (way < 0.34) return libraryWorkbook(random);
  if (way < 0.54) return csvFile(random);
  if (way < 0.62) return strangeText(random);
  if (way < 0.64) return attackWorkbook(random);
  const workbooks = foreign.filter(({ isForeign }) => isForeign);
  const source = workbooks[below(random, workbooks.length)];
  if (source && random() < 0.4) return brokenWorkbook(source, random);
  return brokenWorkbook(random() < 0.7 ? ownWorkbook(random, true) : await libraryWorkbook(random), random);
}

function createTally() {
  const counts: Record<string, number> = {};
  const add = (name: string, by = 1): void => void (counts[name] = (counts[name] ?? 0) + by);
  const most = (name: string, value: number): void =>
    void (counts[name] = Math.max(counts[name] ?? 0, Math.round(value)));
  return {
    add(made: MadeFile, reading: Awaited<ReturnType<typeof readThroughDesk>>, more: readonly string[]): void {
      add(made.family);
      add(reading.refused === '' ? 'previews' : reading.refused);
      most('slowest file, ms', reading.milliseconds);
      most('most work of a reader, ms', reading.cpuMs);
      most('peak memory of a reader, MB', reading.peakMb);
      most('memory of the process with the engine and the judges, MB', process.memoryUsage().rss / 1024 / 1024);
      for (const name of more) add(name);
    },
    counts: () => counts,
  };
}
