// npm run screenshots: takes the pictures in resources/screenshots anew, from the real screens over the demo tenants.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installDependencies } from './install-dependencies.mjs';
import { node24, root } from './place.mjs';
import { ensureChromium } from './system-libraries.mjs';

installDependencies();
ensureChromium();
// The page and the engine are taken from the sources, so there is nothing to build before.
const { status } = spawnSync(node24, [join(root, 'tests', 'e2e', 'screenshots', 'take-screenshots.ts')], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
