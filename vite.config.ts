import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const builtins = [...builtinModules, /^node:/u, 'electron'];

/** A process of its own: one self-contained file per entry, so that a start reads one file. */
function processBuild(options: {
  readonly folder: string;
  readonly entries: Record<string, string>;
  readonly format: 'cjs' | 'es';
  readonly target: string;
  readonly external?: readonly string[];
}): EnvironmentOptions {
  const extension = options.format === 'cjs' ? 'cjs' : 'mjs';
  const external = options.external ?? [];
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: [...external], conditions: ['node', 'import', 'default'] },
    build: {
      outDir: path(`dist/${options.folder}`),
      emptyOutDir: true,
      copyPublicDir: false,
      target: options.target,
      // What the shell reads at every start is small; what runs beside it stays readable in a stack.
      minify: options.format === 'cjs',
      sourcemap: true,
      ssr: true,
      rolldownOptions: {
        input: options.entries,
        external: [...builtins, ...external],
        platform: 'node',
        output: {
          format: options.format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
          // One reader process, one preload: nothing to share between entries but the engine's lazy parts.
          ...(options.format === 'cjs' ? { codeSplitting: false } : {}),
        },
      },
    },
  };
}

export default defineConfig({
  root: path('renderer'),
  base: './',
  plugins: [react()],
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
  environments: {
    client: {
      build: {
        outDir: path('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome114',
        sourcemap: true,
        modulePreload: { polyfill: false },
      },
    },
    // Node 18 is what the fallback runtime's shell has; see README, Runtimes.
    main: processBuild({
      folder: 'main',
      entries: { main: path('electron/main/main.ts') },
      format: 'cjs',
      target: 'node18',
    }),
    preload: processBuild({
      folder: 'preload',
      entries: { preload: path('electron/preload/preload.ts') },
      format: 'cjs',
      target: 'node18',
    }),
    engine: processBuild({
      folder: 'engine',
      entries: {
        engine: path('electron/engine/main.ts'),
        reader: path('electron/engine/reader.ts'),
        checker: path('electron/engine/checker.ts'),
        checkpointer: path('electron/engine/checkpointer.ts'),
      },
      format: 'es',
      target: 'node24',
      external: ['better-sqlite3'],
    }),
    sandbox: processBuild({
      folder: 'sandbox',
      entries: { main: path('electron/sandbox/main.ts') },
      format: 'es',
      target: 'node24',
      external: ['better-sqlite3'],
    }),
    cli: processBuild({
      folder: 'cli',
      entries: { fieldlink: path('electron/cli/fieldlink.ts') },
      format: 'es',
      target: 'node24',
      external: ['better-sqlite3'],
    }),
  },
});
