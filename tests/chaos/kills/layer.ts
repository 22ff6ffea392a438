import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Layer, LayerOptions, LayerResult, Violation } from '../layer.ts';
import { MODES } from '../../harness/capability-modes.ts';
import { buildVictim } from './build-victim.ts';
import { runLane } from './lane.ts';

/** So many kills happen to one folder before all of it is judged. */
const KILLS_PER_LANE = 12;

/** L3 of SYNC 4.2: a real engine process with real files, killed at named places and at any time. */
export const layer: Layer = {
  name: 'L3',
  title: 'kill -9 of a real engine process',
  unit: 'kills',
  perCommit: 300,
  nightly: 10_000,
  hasOwnProcesses: true,
  run,
};

async function run(options: LayerOptions): Promise<LayerResult> {
  const victim = await buildVictim();
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-kills-'));
  const counts: Record<string, number> = {};
  const violations: Violation[] = [];
  let done = 0;
  let begun = 0;

  /** The next lane that is not begun yet. Lanes alternate between the modes. */
  async function lanes(): Promise<void> {
    while (begun * KILLS_PER_LANE < options.runs && !(options.stopAtFirst && violations.length > 0)) {
      const lane = begun;
      begun += 1;
      const seed = options.seed * 10_000 + lane;
      const [modeName, mode] = MODES[lane % MODES.length] ?? MODES[0];
      const setup = { entry: victim.entry, folder: join(folder, `lane-${lane}`), seed, mode };
      const result = await runLane(setup, KILLS_PER_LANE);
      done += result.kills;
      for (const [what, count] of Object.entries({ ...result.counts, [`kills ${modeName}`]: result.kills }))
        counts[what] = (counts[what] ?? 0) + count;
      for (const { invariant, what } of result.findings)
        violations.push({ invariant, seed, run: done, what: `${modeName}: ${what}`, trace: result.trace });
      options.progress(done);
    }
  }

  try {
    await Promise.all(Array.from({ length: parallelLanes() }, lanes));
  } finally {
    victim.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return { runs: done, counts, violations };
}

/** A life waits for the disk and for its cloud half of the time. */
function parallelLanes(): number {
  return Math.max(2, availableParallelism() * 2);
}
