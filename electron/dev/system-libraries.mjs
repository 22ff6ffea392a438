// Linux: the shared libraries that a window needs, the virtual display, and the browser of the browser tests.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail, say } from './place.mjs';

const WINDOW_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0'];

/** Installs what is missing when it can (root with apt), else ends with the exact line to type. */
export function ensureLibraries(binary) {
  if (process.platform !== 'linux') return;
  const { stdout } = spawnSync('ldd', [binary], { encoding: 'utf8' });
  if (!(stdout ?? '').includes('not found')) return;
  install(WINDOW_PACKAGES, 'Electron needs system libraries that are missing');
}

export function ensureVirtualDisplay() {
  if (!has('Xvfb')) install(['xvfb'], 'There is no display, and the virtual one (Xvfb) is missing');
}

export function ensureChromium() {
  if (!existsSync('/usr/bin/chromium')) install(['chromium'], 'The browser tests need Chromium');
}

export function has(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

function install(packages, why) {
  const line = `apt-get update && apt-get install -y ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !has('apt-get'))
    fail(`${why}. Install them, then start again:\n  sudo sh -c '${line}'`);
  say(`${why}: installing ${packages.join(', ')} …`);
  const { status } = spawnSync('sh', ['-c', line], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) fail(`${why}, and could not be installed. Try it by hand:\n  ${line}`);
}
