// Brings node_modules to what the lock file says, and makes sure that Node 24 is in it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, isWindows, node24, root, say } from './place.mjs';

const stamp = join(root, 'node_modules', '.cache', 'fieldlink-lock');

export function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(node24);
  if (isCurrent) return;
  // Install scripts are not run: nothing here needs one but node@24, and that one is called by name below.
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    say('Installing the dependencies (once) …');
    // Not `npm ci`: it refuses a lock file without the optional binaries of other platforms, and some registries lack those.
    // With --no-save the versions and hashes of the lock file hold all the same, and it is left as it is.
    run(
      'npm',
      ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      root,
      'The dependencies could not be installed. Check the network or the npm registry setting, then start again.',
    );
  }
  if (!existsSync(node24)) {
    run(
      process.execPath,
      ['installArchSpecificPackage.js'],
      join(root, 'node_modules', 'node'),
      'Node 24 could not be fetched from the npm registry. Check the network, then start again.',
    );
  }
  linkNode();
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(stamp, lock);
}

/** Without its install script the package has no command; npm scripts find Node 24 by this one. */
function linkNode() {
  const link = join(root, 'node_modules', '.bin', isWindows ? 'node.cmd' : 'node');
  rmSync(link, { force: true });
  if (isWindows) writeFileSync(link, `@"${node24}" %*\r\n`);
  else symlinkSync(join('..', 'node', 'bin', 'node'), link);
}

function run(command, args, cwd, sentence) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: isWindows });
  if (status !== 0) fail(sentence);
}
