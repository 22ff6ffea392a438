import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.ts';

const ROOT = new URL('../../../', import.meta.url);

/** The files of a mutant, with the bug in them. Throws when a place is not there exactly once: the mutant must be brought up to date. */
export function mutated(mutant: Mutant): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { file, find, replace } of [mutant, ...(mutant.also ? [mutant.also] : [])]) {
    const source = sources.get(file) ?? readFileSync(new URL(file, ROOT), 'utf8');
    const found = source.split(find).length - 1;
    if (found !== 1) throw new Error(`mutant ${mutant.id}: its place is there ${found} times in ${file}`);
    sources.set(
      file,
      source.replace(find, () => replace),
    );
  }
  return sources;
}

let here: ReadonlyMap<string, string> | null = null;

/** The files with the bug that is planted in this process, by their path below the root; null: none is. */
export function planted(): ReadonlyMap<string, string> | null {
  return here;
}

/** From now on this process loads the files with the bug in them. Nothing on the disk changes, and no other process notices. */
export function plant(mutant: Mutant): void {
  here = mutated(mutant);
  const targets = new Map([...here].map(([file, source]) => [fileURLToPath(new URL(file, ROOT)), source]));
  registerHooks({
    load(url, context, nextLoad) {
      const source = url.startsWith('file:') ? targets.get(fileURLToPath(url)) : undefined;
      if (source === undefined) return nextLoad(url, context);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
