// npm run bench: measures the product against floors of the same run. Nothing passes or fails here; see tests/bench.
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { node24, root, say } from './place.mjs';
import { ensureLibraries } from './system-libraries.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

installDependencies();
const { binary, isOfficial, args } = electronRuntime();
ensureLibraries(binary);
build();
if (!isOfficial) say('Measured on the development runtime, Electron 25.1.1: read the ratios, not the seconds.');

const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
const display = isHeadless ? await startVirtualDisplay() : null;
// On a virtual display Chromium's GPU process fails at first, and about one start in fifty then waits for it for ever.
const flags = isHeadless ? ['--disable-gpu'] : [];
const floorApp = join(root, 'tests', 'bench', 'floor-app');
const environment = {
  ...process.env,
  ...(display ? { DISPLAY: display.display } : {}),
  FIELDLINK_NODE: node24,
  FIELDLINK_BENCH_APP: JSON.stringify([binary, ...args, ...flags]),
  FIELDLINK_BENCH_FLOOR: JSON.stringify([...(isOfficial ? [binary, floorApp] : [floorRuntime()]), ...flags]),
};
const { status } = spawnSync(
  node24,
  ['--disable-warning=ExperimentalWarning', join(root, 'tests', 'bench', 'run-bench.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  },
);
display?.stop();
process.exitCode = status ?? 1;

/** The stand-in runs only what lies in its own `resources/app`, so the floor has a tree of links with its own. */
function floorRuntime() {
  const tree = join(root, 'node_modules', '.cache', 'bench-floor');
  rmSync(tree, { recursive: true, force: true });
  linkTree(dirname(binary), tree);
  symlinkSync(floorApp, join(tree, 'resources', 'app'));
  return join(tree, 'electron');
}

function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isFile() && !existsSync(target)) linkSync(source, target);
  }
}
