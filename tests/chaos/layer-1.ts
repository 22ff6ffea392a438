import fc from 'fast-check';
import { PROPERTIES } from './properties.ts';
import type { Layer, LayerOptions, LayerResult, Violation } from './layer.ts';

/** The pure rules: merge, upcasts, what an answer means. Each property gets its share of the runs. */
async function run({ seed, runs, stopAtFirst, progress }: LayerOptions): Promise<LayerResult> {
  const violations: Violation[] = [];
  const counts: Record<string, number> = {};
  const numRuns = Math.max(1, Math.ceil(runs / PROPERTIES.length));
  let done = 0;
  for (const { invariant, title, property } of PROPERTIES) {
    const outcome = await fc.check(property, { seed, numRuns });
    done += outcome.numRuns;
    counts[title] = outcome.numRuns;
    progress(done);
    if (!outcome.failed) continue;
    const trace = [JSON.stringify(outcome.counterexample), `path ${outcome.counterexamplePath ?? ''}`];
    const what = `${title}: ${outcome.errorInstance instanceof Error ? outcome.errorInstance.message : 'does not hold'}`;
    violations.push({ invariant, seed, run: outcome.numRuns, what, trace });
    if (stopAtFirst) break;
  }
  return { runs: done, counts, violations };
}

export const layer1: Layer = {
  name: 'L1',
  title: 'properties of merge, upcasts and the table of answers',
  unit: 'cases',
  perCommit: 10_000,
  nightly: 1_000_000,
  run,
};
