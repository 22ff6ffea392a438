// npm run chaos: proves the sync by chaos, layer by layer, and the layers by seeded bugs; see tests/chaos/README.md.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installDependencies } from './install-dependencies.mjs';
import { node24, root } from './place.mjs';

installDependencies();
const { status } = spawnSync(
  node24,
  ['--disable-warning=ExperimentalWarning', join(root, 'tests', 'chaos', 'run-chaos.ts'), ...process.argv.slice(2)],
  { cwd: root, env: { ...process.env, FIELDLINK_NODE: node24 }, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
