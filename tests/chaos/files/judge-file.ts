import { cpus, loadavg } from 'node:os';
import { firstDifference } from './compare-sheets.ts';
import { exceljs, hucre, type IndependentReader } from './independent-readers.ts';
import type { MadeFile } from './made-file.ts';
import type { Reading } from './read-through-desk.ts';

export type Judges = { readonly openpyxl: IndependentReader | null };
export type Verdict = { readonly problems: readonly string[]; readonly counts: readonly string[] };

/** On a machine with nothing else to do. */
const LONGEST_MS = 10_000;
const MOST_MB = 512;
const NOTHING_IN_IT = new Set(['import.empty', 'import.no-email-column']);

/** What was promised of any file, and of a sound one besides: no value but its own. */
export async function judgeFile(made: MadeFile, reading: Reading, { openpyxl }: Judges): Promise<Verdict> {
  const problems = [...reading.problems];
  const counts: string[] = [];
  if (reading.cpuMs > LONGEST_MS || reading.milliseconds > LONGEST_MS * busyness()) {
    problems.push(`took ${Math.round(reading.milliseconds)} ms, ${Math.round(reading.cpuMs)} ms of them at work`);
  }
  if (reading.peakMb > MOST_MB) problems.push(`the reader took ${Math.round(reading.peakMb)} MB`);
  if (made.refusals && !made.refusals.includes(reading.refused)) {
    problems.push(`not refused as it should be: ${reading.refused || 'a preview'}`);
  }
  if (!made.truth && !made.isForeign) return { problems, counts };
  // Another program may have found no table in it; then there is none to be compared.
  if (made.isForeign && !made.truth && NOTHING_IN_IT.has(reading.refused))
    return { problems, counts: ['no table in it'] };
  if (!reading.isWhole) return { problems: [...problems, `a sound file was refused: ${reading.refused}`], counts };
  if (made.truth) {
    const difference = firstDifference(reading.rows, made.truth);
    if (difference !== null) problems.push(`not what was written: ${difference}`);
  }
  if (made.family === 'csv') return { problems, counts };

  const readers = made.isForeign && openpyxl ? [hucre, openpyxl, exceljs] : [hucre];
  const differences: string[] = [];
  let readCount = 0;
  for (const reader of readers) {
    const file = { path: reading.path, sheet: reading.shape?.sheet ?? '' };
    const sheet = await reader.read({ ...file, bytes: made.bytes });
    if (!sheet) {
      counts.push(`${reader.name} cannot read it`);
      continue;
    }
    readCount += 1;
    const difference = firstDifference(reading.rows, sheet);
    counts.push(difference === null ? `${reader.name} agrees` : `${reader.name} differs`);
    if (difference !== null) differences.push(`${reader.name}: ${difference}`);
  }
  // What was written is known where the file is ours; elsewhere one of the others has to see the same.
  if (!made.truth && readCount > 0 && differences.length === readCount) problems.push(differences.join('; '));
  return { problems, counts };
}

/** How many wait for each processor: a machine that others use too is slow without a hang. */
function busyness(): number {
  return Math.max(1, (loadavg()[0] ?? 1) / cpus().length);
}
