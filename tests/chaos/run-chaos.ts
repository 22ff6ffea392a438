import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keep } from './corpus.ts';
import { BUDGETS, judgeAll, type Verdict } from './gate.ts';
import { GROUNDWORK } from './layer-corpus.ts';
import { LAYERS } from './layers.ts';
import type { Layer, LayerResult } from './layer.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { runLayer, runWorker } from './run-workers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** First what a layer rests on, then the layers. */
const known = [...GROUNDWORK, ...LAYERS];
const USAGE = `npm run chaos -- [${known.map(({ name }) => name).join('|')}|mutants|all] …
  --nightly      the sizes of SYNC 4.2 for a night; otherwise those of a commit
  --seed N       the first seed (1)
  --runs N       runs of each layer, or of L2 against each mutant
  --only N       only this run of the seed
  --mutant ID    with mutants: only this one; with a layer: that bug is planted
  --keep         puts what breaks a promise of L2 into tests/chaos/corpus
  --jobs N       processes at a time (2)
  --json FILE    the report (test-results/chaos.json)
`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    nightly: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string' },
    only: { type: 'string' },
    mutant: { type: 'string' },
    keep: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'chaos.json') },
    help: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const jobs = Math.max(1, Number(values.jobs));
const asked = positionals.length === 0 ? ['all'] : positionals;
const isAsked = (name: string): boolean => asked.includes('all') || asked.includes(name);

type LayerReport = Omit<LayerResult, 'violations'> & {
  readonly layer: string;
  readonly unit: string;
  readonly seed: number;
  readonly seconds: number;
  /** With no failure in n runs the rate is below this, 95 times of 100 (SYNC 4.2). */
  readonly upperBound: number | null;
  readonly violations: LayerResult['violations'];
};

const unknown = asked.filter(
  (name) => name !== 'all' && name !== 'mutants' && !known.some((layer) => layer.name === name),
);
if (values.help || unknown.length > 0 || !Number.isInteger(seed) || !Number.isInteger(jobs)) {
  process.stderr.write(unknown.length > 0 ? `There is no layer ${unknown.join(', ')}.\n${USAGE}` : USAGE);
  process.exit(values.help ? 0 : 2);
}

const layers: LayerReport[] = [];
for (const layer of known) if (isAsked(layer.name)) layers.push(await reportOf(layer));
const mutants = isAsked('mutants') ? await gate() : [];
const isGreen =
  layers.every(({ violations }) => violations.length === 0) && mutants.every(({ caughtBy }) => caughtBy !== null);
const report = { commit: commit(), seed, isGreen, layers, mutants };
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (mutants.length > 0) writeVerdicts(mutants);
say(`${isGreen ? 'Every promise was kept.' : 'A promise was broken.'} The report is in ${values.json}.`);
process.exitCode = isGreen ? 0 : 1;

async function reportOf(layer: Layer): Promise<LayerReport> {
  const runs =
    values.only === undefined ? Number(values.runs ?? (values.nightly ? layer.nightly : layer.perCommit)) : 1;
  const workers = layer.name === 'corpus' || layer.hasOwnProcesses || values.only !== undefined ? 1 : jobs;
  const last = seed + Math.min(workers, runs) - 1;
  say(`${layer.name} ${layer.title}: ${runs} ${layer.unit}, seed ${seed}${last > seed ? ` to ${last}` : ''}`);
  const startedAt = performance.now();
  let shown = startedAt;
  const share = {
    ...{ layer: layer.name, seed, runs },
    ...(values.only === undefined ? {} : { first: Number(values.only) }),
    ...(values.mutant === undefined ? {} : { mutant: values.mutant }),
  };
  const result = await runLayer({
    ...share,
    // What the corpus holds is played once, not once for each process.
    jobs: workers,
    progress: (done) => {
      if (performance.now() - shown < 10_000) return;
      shown = performance.now();
      say(`  ${done} of ${runs}, ${((done * 1000) / (shown - startedAt)).toFixed(1)}/s`);
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  for (const violation of result.violations) {
    say(`\n${violation.invariant} broken in run ${violation.run} of seed ${violation.seed}: ${violation.what}`);
    for (const line of violation.trace) say(`  ${line}`);
    if (values.keep) keep(violation, values.mutant ?? null);
    say(`See it again: npm run chaos -- ${layer.name} --seed ${violation.seed} --only ${violation.run} --jobs 1`);
  }
  const upperBound = result.violations.length === 0 && result.runs > 0 ? 3 / result.runs : null;
  const bound = upperBound === null ? '' : `, below ${(upperBound * 100).toPrecision(2)} % with 95 % confidence`;
  say(
    `${layer.name}: ${result.runs} ${layer.unit}, ${result.violations.length} broken, ${seconds.toFixed(1)} s${bound}`,
  );
  say(
    `  ${Object.entries(result.counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  );
  return { layer: layer.name, unit: layer.unit, seed, seconds, upperBound, ...result };
}

/** Every seeded bug must be seen, by the same budget with which the real engine is clean. */
async function gate(): Promise<readonly Verdict[]> {
  const budget = values.nightly ? BUDGETS.nightly : BUDGETS.quick;
  const sized = values.runs === undefined ? budget : { ...budget, L2: Number(values.runs) };
  const wanted = MUTANTS.filter(({ id }) => values.mutant === undefined || id === values.mutant);
  say(`Mutation gate: ${wanted.length} mutants, ${JSON.stringify(sized)}, seed ${seed}`);
  for (const [layer, runs] of Object.entries(sized)) {
    const { violations } = await runWorker({ layer, seed, runs, stopAtFirst: true });
    const [first] = violations;
    if (first) {
      say(`The engine itself is not clean: ${first.invariant} in run ${first.run} of ${layer}: ${first.what}`);
      return [{ ...first, id: 'none', title: 'the engine as it is', caughtBy: null, seconds: 0 }];
    }
  }
  const verdicts: Verdict[] = [];
  const tell = (verdict: Verdict): void => {
    verdicts.push(verdict);
    tellVerdict(verdict);
    // As they come, so that a run that is broken off keeps what it has found.
    writeVerdicts(verdicts);
  };
  return judgeAll(wanted, { seed, budget: sized, jobs, tell });
}

function writeVerdicts(verdicts: readonly Verdict[]): void {
  mkdirSync(dirname(values.json), { recursive: true });
  const file = join(dirname(values.json), 'mutants.json');
  writeFileSync(file, `${JSON.stringify({ commit: commit(), mutants: verdicts }, null, 2)}\n`);
}

function tellVerdict({ id, caughtBy, invariant, run, seed: used, what, seconds }: Verdict): void {
  const outcome =
    caughtBy === null ? 'SURVIVED' : `${caughtBy} ${invariant} run ${run} seed ${used}: ${what.slice(0, 90)}`;
  say(`  ${id.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  ${outcome}`);
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
