import type { Violation } from './layer.ts';
import type { Mutant } from './mutants/mutant.ts';
import { mutated } from './mutants/plant.ts';
import { runWorker } from './run-workers.ts';

export type Verdict = {
  readonly id: string;
  readonly title: string;
  /** Null: it survived. */
  readonly caughtBy: string | null;
  readonly invariant: string;
  readonly seed: number;
  readonly run: number;
  readonly what: string;
  readonly seconds: number;
};

/** How many runs of a layer a mutant may survive. */
export type Budget = Readonly<Record<string, number>>;

export const BUDGETS: { readonly quick: Budget; readonly nightly: Budget } = {
  quick: { corpus: 1, L1: 20_000, L2: 1200, L3: 120 },
  nightly: { corpus: 1, L1: 200_000, L2: 10_000, L3: 1200 },
};

/** A program that moves no further for so long hangs, and somebody would notice; on a busy computer a single run takes long. */
const HANGS_AFTER_MS = 120_000;
/** Then a layer has not seen it. The number of runs is what counts; this only ends what would never end. */
const LONGEST_MS = 600_000;

/** Plants a mutant in a process of its own and runs layers against it until one sees it, the expected one first. */
export async function judgeMutant(mutant: Mutant, seed: number, budget: Budget): Promise<Verdict> {
  const startedAt = performance.now();
  const { id, title } = mutant;
  mutated(mutant);
  // What was once found is played first: it takes seconds.
  const layers = [...new Set(['corpus', mutant.expectedLayer, ...Object.keys(budget)])].filter(
    (name) => name in budget,
  );
  for (const layer of layers) {
    const violation = await firstViolation(mutant, {
      layer,
      seed,
      runs: budget[layer] ?? 0,
      until: performance.now() + LONGEST_MS,
    });
    if (!violation) continue;
    const { invariant, run, what } = violation;
    const seconds = (performance.now() - startedAt) / 1000;
    return { id, title, caughtBy: layer, invariant, seed: violation.seed, run, what, seconds };
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { id, title, caughtBy: null, invariant: '', seed, run: 0, what: '', seconds };
}

async function firstViolation(
  { id }: Mutant,
  share: { readonly layer: string; readonly seed: number; readonly runs: number; readonly until: number },
): Promise<Violation | null> {
  const controller = new AbortController();
  let done = 0;
  const hang = (): NodeJS.Timeout => setTimeout(() => controller.abort(), HANGS_AFTER_MS);
  let watchdog = hang();
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    controller.abort();
  };
  const end = setTimeout(stop, Math.max(1, share.until - performance.now()));
  const { violations } = await runWorker({
    ...{ ...share, stopAtFirst: true, mutant: id, signal: controller.signal },
    progress: (now) => {
      done = now;
      clearTimeout(watchdog);
      watchdog = hang();
    },
  });
  clearTimeout(watchdog);
  clearTimeout(end);
  if (isOver) return violations[0] ?? null;
  if (controller.signal.aborted)
    return { invariant: 'I5', seed: share.seed, run: done + 1, what: 'the program moves no further', trace: [] };
  return violations[0] ?? null;
}

/** Several mutants at a time, in their order. */
export async function judgeAll(
  mutants: readonly Mutant[],
  options: {
    readonly seed: number;
    readonly budget: Budget;
    readonly jobs: number;
    readonly tell: (one: Verdict) => void;
  },
): Promise<readonly Verdict[]> {
  const { seed, budget, jobs, tell } = options;
  const verdicts: Verdict[] = [];
  const queue = [...mutants];
  const take = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const verdict = await judgeMutant(next, seed, budget);
      verdicts.push(verdict);
      tell(verdict);
    }
  };
  await Promise.all(Array.from({ length: jobs }, take));
  return verdicts;
}
