import type { Layer, LayerOptions, LayerResult, Violation } from './layer.ts';
import { playHistory, type HistoryOutcome } from './simulation/history.ts';
import { prepareLazily } from './simulation/lazy-statements.ts';
import { planOf, type Plan } from './simulation/plan.ts';
import { createProfiles } from './simulation/profiles.ts';
import { shrinkPlan } from './simulation/shrink.ts';
import { createTemplates } from './simulation/templates.ts';

const TRACE_LINES = 400;

export type Player = {
  play(plan: Plan, seed: number): Promise<HistoryOutcome>;
  close(): void;
};

/** Plays histories one after the other; keeps the folders that they start from. */
export function createPlayer(): Player {
  prepareLazily();
  const profiles = createProfiles();
  const templates = createTemplates(profiles);
  return { play: (plan, seed) => playHistory(plan, seed, { profiles, templates }), close: () => profiles.close() };
}

/** The numbers that the programs of a history draw. */
export function engineSeed(seed: number, run: number): number {
  return seed * 100_003 + run;
}

async function run(options: LayerOptions): Promise<LayerResult> {
  const { seed, runs, first = 1, stopAtFirst, progress } = options;
  const player = createPlayer();
  const counts: Record<string, number> = {};
  const violations: Violation[] = [];
  let done = 0;
  try {
    for (let run = first; run < first + runs; run += 1) {
      const plan = planOf(seed, run);
      const outcome = await player.play(plan, engineSeed(seed, run));
      done += 1;
      add(counts, {
        ...outcome.counts,
        [`mode: ${plan.setup.mode}`]: 1,
        [`focus: ${plan.setup.focus ?? 'everything'}`]: 1,
      });
      if (outcome.broken.length > 0) {
        violations.push(await violationOf(player, plan, { seed, run, outcome, isQuick: stopAtFirst }));
        if (stopAtFirst) break;
      }
      progress(done);
    }
  } finally {
    player.close();
  }
  return { runs: done, counts, violations };
}

async function violationOf(
  player: Player,
  plan: Plan,
  found: { seed: number; run: number; outcome: HistoryOutcome; isQuick: boolean },
): Promise<Violation> {
  const { seed, run, outcome, isQuick } = found;
  const invariant = outcome.broken[0]?.invariant ?? '';
  let last = outcome;
  const smaller = isQuick
    ? plan
    : await shrinkPlan(plan, async (one) => {
        const again = await player.play(one, engineSeed(seed, run));
        if (again.broken[0]?.invariant !== invariant) return false;
        last = again;
        return true;
      });
  const trace = [`plan ${JSON.stringify(smaller)}`, ...last.trace.slice(-TRACE_LINES)];
  return { invariant, seed, run, what: last.broken[0]?.what ?? '', trace };
}

function add(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}

export const layer2: Layer = {
  name: 'L2',
  title: 'deterministic simulation of the whole engine',
  unit: 'histories',
  perCommit: 400,
  nightly: 1_000_000,
  run,
};
