import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODES } from '../../harness/capability-modes.ts';
import { buildVictim } from '../kills/build-victim.ts';
import type { Layer, LayerOptions, LayerResult, Violation } from '../layer.ts';
import { runImport } from './run-import.ts';

const ROWS_PER_IMPORT = 10_000;

/** L8 of SYNC 4.2: an import that is killed over and over, at a cloud that fails within batches, arrives row by row exactly once. */
export const layer: Layer = {
  name: 'L8',
  title: 'import with kills',
  unit: 'rows',
  perCommit: 2000,
  nightly: 200_000,
  hasOwnProcesses: true,
  run,
};

async function run(options: LayerOptions): Promise<LayerResult> {
  const victim = await buildVictim();
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-imports-'));
  const counts: Record<string, number> = {};
  const violations: Violation[] = [];
  // Both modes each time, so an import has at most half of the rows.
  const rows = Math.min(ROWS_PER_IMPORT, Math.ceil(options.runs / MODES.length));
  let runs = 0;
  try {
    for (let index = 0; runs < options.runs && !(options.stopAtFirst && violations.length > 0); index += 1) {
      const [modeName, mode] = MODES[index % MODES.length] ?? MODES[0];
      const seed = options.seed * 1000 + index;
      const result = await runImport({ entry: victim.entry, folder: join(folder, String(index)), seed, mode, rows });
      runs += rows;
      for (const [what, count] of Object.entries(result.counts)) {
        const name = `${what} ${modeName}`;
        counts[name] = (counts[name] ?? 0) + count;
      }
      for (const { invariant, what } of result.findings)
        violations.push({ invariant, seed, run: runs, what: `${modeName}: ${what}`, trace: result.trace });
      options.progress(runs);
    }
  } finally {
    victim.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return { runs, counts, violations };
}
