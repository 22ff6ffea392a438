import { readCorpus } from './corpus.ts';
import { createPlayer, engineSeed } from './layer-2.ts';
import type { Layer, LayerOptions, LayerResult, Violation } from './layer.ts';
import { planOf } from './simulation/plan.ts';

/** Plays what once broke a promise. */
async function replay({ progress, stopAtFirst }: LayerOptions): Promise<LayerResult> {
  const player = createPlayer();
  const violations: Violation[] = [];
  let runs = 0;
  try {
    for (const { file, seed, run, plan, found } of readCorpus()) {
      const { broken, trace } = await player.play(plan, engineSeed(seed, run));
      runs += 1;
      progress(runs);
      const [first] = broken;
      if (violations.length > 0 && stopAtFirst) break;
      if (first)
        violations.push({ invariant: first.invariant, seed, run, what: `${file} (${found}): ${first.what}`, trace });
    }
  } finally {
    player.close();
  }
  return { runs, counts: {}, violations };
}

/** Plays each history twice; the counts name what happened, so that two processes can be compared too. */
async function twice({ seed, runs, progress }: LayerOptions): Promise<LayerResult> {
  const player = createPlayer();
  const counts: Record<string, number> = {};
  const violations: Violation[] = [];
  try {
    for (let run = 1; run <= runs; run += 1) {
      const plan = planOf(seed, run);
      const first = await player.play(plan, engineSeed(seed, run));
      const second = await player.play(plan, engineSeed(seed, run));
      counts[`${run} ${first.hash}`] = 1;
      progress(run);
      if (first.hash === second.hash) continue;
      const at = first.trace.findIndex((line, index) => line !== second.trace[index]);
      const trace = [...first.trace.slice(Math.max(0, at - 10), at + 1), `or: ${second.trace[at] ?? 'the end'}`];
      violations.push({ invariant: 'fault', seed, run, what: `the same seed gave another trace at line ${at}`, trace });
    }
  } finally {
    player.close();
  }
  return { runs, counts, violations };
}

/** Not of SYNC 4.2: what has to hold before the layers mean anything. */
export const GROUNDWORK: readonly Layer[] = [
  {
    name: 'corpus',
    title: 'histories that once broke a promise',
    unit: 'histories',
    perCommit: 1,
    nightly: 1,
    run: replay,
  },
  {
    name: 'twice',
    title: 'the same seed gives the same trace',
    unit: 'histories',
    perCommit: 10,
    nightly: 200,
    run: twice,
  },
];
