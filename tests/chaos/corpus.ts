import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Violation } from './layer.ts';
import { MUTANTS } from './mutants/mutants.ts';
import type { Plan } from './simulation/plan.ts';

/** A history that once broke a promise. Its steps are kept whole, so that it stays the same when the generator changes. */
export type CorpusEntry = {
  readonly layer: string;
  readonly seed: number;
  readonly run: number;
  /** What it once found, and the mutant that brings the bug back. */
  readonly found: string;
  readonly mutant: string | null;
  readonly invariant: string;
  readonly plan: Plan;
};

const FOLDER = fileURLToPath(new URL('corpus/', import.meta.url));

export function readCorpus(): readonly (CorpusEntry & { readonly file: string })[] {
  return globSync('*.json', { cwd: FOLDER })
    .toSorted()
    .map((file) => ({ ...(JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')) as CorpusEntry), file }));
}

/** Puts a shrunk history of L2 beside the others. */
export function keep({ seed, run, invariant, what, trace }: Violation, mutant: string | null): void {
  const [first = ''] = trace;
  if (!first.startsWith('plan ')) return;
  const found = MUTANTS.find(({ id }) => id === mutant)?.title ?? what;
  const plan = JSON.parse(first.slice('plan '.length)) as Plan;
  const entry: CorpusEntry = { layer: 'L2', seed, run, found, mutant, invariant, plan };
  writeFileSync(`${FOLDER}${mutant ?? `seed-${seed}-run-${run}`}.json`, `${JSON.stringify(entry, null, 2)}\n`);
}
