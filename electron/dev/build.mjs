// Builds all processes when a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, node24, root, say } from './place.mjs';

const stamp = join(root, 'dist', 'built');

export function build({ isForced = false } = {}) {
  if (!isForced && existsSync(stamp) && newest() <= statSync(stamp).mtimeMs) return;
  say('Building …');
  const { status, stdout, stderr } = spawnSync(
    node24,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) fail(`The build failed:\n${stdout}${stderr}`);
  writeFileSync(stamp, '');
}

function newest() {
  const files = ['vite.config.ts', 'package.json', 'package-lock.json'].map((name) => join(root, name));
  for (const folder of ['electron', 'renderer', 'shared', 'resources']) files.push(...walk(join(root, folder)));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
