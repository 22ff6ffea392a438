import { builtinModules } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { planted } from '../mutants/plant.ts';
import { armed, FILES } from './failpoints.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export type BuiltVictim = { readonly entry: string; remove(): void };

/** One file with the engine and its failpoints, so that a life begins as quickly as Node itself does. */
export async function buildVictim(): Promise<BuiltVictim> {
  // Below node_modules, so that the file finds the database driver.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.cache-victim-'));
  const patched = new Set<string>();
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [failpoints(patched)],
    resolve: { conditions: ['node', 'import', 'default'] },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: fileURLToPath(new URL('victim.ts', import.meta.url)),
      outDir: folder,
      target: 'node24',
      minify: false,
      emptyOutDir: false,
      rolldownOptions: {
        external: [...builtinModules, /^node:/u, 'better-sqlite3'],
        output: { format: 'es', entryFileNames: 'victim.mjs' },
      },
    },
  });
  const missed = FILES.filter((file) => !patched.has(file));
  if (missed.length > 0) throw new Error(`no failpoint was put into ${missed.join(', ')}`);
  return { entry: join(folder, 'victim.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function failpoints(patched: Set<string>): Plugin {
  const engine = join(ROOT, 'electron', 'engine');
  return {
    name: 'failpoints',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(engine, id).split(sep).join('/');
      const buggy = planted()?.get(relative(ROOT, id).split(sep).join('/'));
      if (!FILES.includes(file)) return buggy === undefined ? null : { code: buggy, map: null };
      patched.add(file);
      return { code: buggy === undefined ? armed(file, code) : armed(file, buggy, 'where-possible'), map: null };
    },
  };
}
