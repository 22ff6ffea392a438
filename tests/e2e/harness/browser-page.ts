import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { projectRoot } from './paths.ts';

/** Builds the product's own index.html with the tests' composition root in the place of main.tsx. Returns the folder. */
export async function buildConsolePage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'fieldlink-page-'));
  const entry = join(projectRoot, 'tests', 'e2e', 'browser', 'page', 'console-page.tsx');
  await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    root: join(projectRoot, 'renderer'),
    base: './',
    // The test runner sets NODE_ENV to "test", which would build the slow development variant of React.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    plugins: [
      react(),
      { name: 'test-entry', enforce: 'pre', resolveId: (id) => (id.endsWith('main.tsx') ? entry : null) },
    ],
    build: { outDir, emptyOutDir: true, target: 'chrome114', modulePreload: { polyfill: false } },
  });
  return outDir;
}
