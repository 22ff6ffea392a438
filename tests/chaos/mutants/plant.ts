import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.ts';

const ROOT = new URL('../../../', import.meta.url);

/** The source with the bug in it. Throws when the place is not there exactly once: the mutant must be brought up to date. */
export function mutated(
  { id, file, find, replace }: Mutant,
  source = readFileSync(new URL(file, ROOT), 'utf8'),
): string {
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`mutant ${id}: its place is there ${found} times in ${file}`);
  return source.replace(find, () => replace);
}

let here: Mutant | null = null;

/** The bug that is planted in this process. */
export function planted(): Mutant | null {
  return here;
}

/** From now on this process loads the file with the bug in it. Nothing on the disk changes, and no other process notices. */
export function plant(mutant: Mutant): void {
  const source = mutated(mutant);
  here = mutant;
  const target = fileURLToPath(new URL(mutant.file, ROOT));
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith('file:') || fileURLToPath(url) !== target) return nextLoad(url, context);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
