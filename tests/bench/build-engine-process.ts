import { mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './bench-cloud.ts';

export type BuiltEngine = { readonly entry: string; remove(): void };

/** The engine as it is shipped: one file each, no compiler in its memory. */
export async function buildEngineProcess(): Promise<BuiltEngine> {
  // Below node_modules, so that the files find the database driver.
  const folder = mkdtempSync(join(root, 'node_modules', '.cache-bench-'));
  for (const [name, source] of [
    ['engine-process', 'tests/bench/engine-process.ts'],
    ['checkpointer', 'electron/engine/checkpointer.ts'],
    ['reader', 'electron/engine/reader.ts'],
  ] as const)
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      resolve: { conditions: ['node', 'import', 'default'] },
      ssr: { noExternal: true, external: ['better-sqlite3'] },
      build: {
        ...{ ssr: join(root, source), outDir: folder, target: 'node24', minify: true, emptyOutDir: false },
        rolldownOptions: {
          external: [...builtinModules, /^node:/u, 'better-sqlite3'],
          output: { format: 'es', entryFileNames: `${name}.mjs` },
        },
      },
    });
  return { entry: join(folder, 'engine-process.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
