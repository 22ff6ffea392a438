import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

export function readCorpus(): readonly (CorpusEntry & { readonly file: string })[] {
  const folder = fileURLToPath(new URL('corpus/', import.meta.url));
  return globSync('*.json', { cwd: folder })
    .toSorted()
    .map((file) => ({ ...(JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as CorpusEntry), file }));
}
