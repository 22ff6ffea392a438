// npm run -s fieldlink -- …: the command line from the built files, set up and built when it has to be.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { node24, root } from './place.mjs';

installDependencies();
build();
const { status, signal } = spawnSync(node24, [join(root, 'dist', 'cli', 'fieldlink.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = signal ? 1 : (status ?? 1);
