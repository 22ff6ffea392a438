// Brings node_modules to what the lock file says, and makes sure that Node 24 is in it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, isWindows, node24, root, say } from './place.mjs';

const stamp = join(root, 'node_modules', '.cache', 'fieldlink-lock');

export function installDependencies() {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(node24);
  if (isCurrent) return;
  // Install scripts are not run: nothing here needs one but node@24, and that one is called by name below.
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    say('Installing the dependencies (once) …');
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root, 'The dependencies could not be installed. Check the network or the npm registry setting, then start again.');
  }
  if (!existsSync(node24)) {
    run(process.execPath, ['installArchSpecificPackage.js'], join(root, 'node_modules', 'node'), 'Node 24 could not be fetched from the npm registry. Check the network, then start again.');
  }
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(stamp, lock);
}

function run(command, args, cwd, sentence) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: isWindows });
  if (status !== 0) fail(sentence);
}
