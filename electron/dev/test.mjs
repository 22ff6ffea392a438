// npm test: the same set-up as npm start, then every gate, cheap ones first. Last line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { node24, root, say } from './place.mjs';
import { ensureChromium, ensureLibraries } from './system-libraries.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const results = join(root, 'test-results');
let passed = 0;
let failed = 0;
let skipped = 0;

installDependencies();
const { binary, args: target } = electronRuntime();
ensureLibraries(binary);
if (process.platform === 'linux') ensureChromium();
mkdirSync(results, { recursive: true });

const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  FIELDLINK_NODE: node24,
  FIELDLINK_TEST_ELECTRON: JSON.stringify([binary, ...target]),
};
// A display of our own: windows of tests must not jump in front of whoever works here, and look the same everywhere.
const display = process.platform === 'linux' ? await startVirtualDisplay() : null;
if (display) environment.DISPLAY = display.display;

gate('format', 'oxfmt', ['--check']);
gate('lint and boundaries', 'oxlint', []);
gate('types', 'tsc', ['-b']);
gate('dead code', 'knip', []);
build();
const vitest = ['vitest', 'vitest.mjs'];
const report = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${join(results, 'vitest.json')}`];
const projects = ['--project=unit', '--project=integration', '--project=architecture'];
suite('unit, contract, engine, sync, command line, architecture', vitest, [...report, ...projects], vitestCounts);
// Alone: it builds and packs, and the command-line tests run what is built.
suite('the packaged app', vitest, [...report, '--project=package'], vitestCounts);
suite(
  'end to end: Electron and Chromium',
  ['playwright', 'cli.js'],
  ['test', '-c', join('tests', 'e2e', 'playwright.config.ts')],
  playwrightCounts,
);

display?.stop();
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);

function gate(name, tool, args) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  const isGreen = status === 0;
  if (isGreen) passed += 1;
  else failed += 1;
  say(`${isGreen ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!isGreen) process.stdout.write(`${stdout}${stderr}\n`);
}

/** Runs a test runner under Node 24, streams what it says, and adds up what it counted. */
function suite(name, [folder, entry], args, counts) {
  const started = Date.now();
  const countFile = join(results, 'playwright-counts.json');
  rmSync(countFile, { force: true });
  rmSync(join(results, 'vitest.json'), { force: true });
  const { status } = spawnSync(node24, [join(root, 'node_modules', folder, entry), ...args], {
    cwd: root,
    env: { ...environment, FIELDLINK_TEST_COUNTS: countFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const counted = counts();
  passed += counted.passed;
  // A runner that fails without a failed test (a crash, an unhandled error) has failed all the same.
  failed += status === 0 ? counted.failed : Math.max(1, counted.failed);
  skipped += counted.skipped;
  say(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function vitestCounts() {
  const file = join(results, 'vitest.json');
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, numTotalTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const broken = numFailedTests === 0 && numFailedTestSuites > 0 ? 1 : 0;
  return {
    passed: numPassedTests,
    failed: numTotalTests === 0 ? 1 : numFailedTests + broken,
    skipped: numPendingTests,
  };
}

function playwrightCounts() {
  const file = join(results, 'playwright-counts.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
}
