// npm start: from a fresh clone to an open window. Quick when everything is there.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { node24, root, say } from './place.mjs';
import { ensureLibraries } from './system-libraries.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

installDependencies();
const { binary, isOfficial, args: target } = electronRuntime();
ensureLibraries(binary);
build();

const args = [...target, ...process.argv.slice(2)];
const environment = { ...process.env, FIELDLINK_NODE: node24 };
// Chromium refuses to run its sandbox as root.
if (process.getuid?.() === 0) args.push('--no-sandbox');
if (!isOfficial) say('Development runtime: Electron 25.1.1 in place of Electron 45. For development and tests only.');

const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
let display = null;
if (isHeadless) {
  say('There is no display here: the window opens on a virtual one, and a picture of it is saved. Ctrl+C ends it.');
  display = await startVirtualDisplay();
  environment.DISPLAY = display.display;
  // A virtual display has no graphics card; Chromium's GPU process can hang there at start, and then nothing is painted.
  args.push('--disable-gpu');
  if (!args.some((argument) => argument.startsWith('--picture=')))
    args.push(`--picture=${join(tmpdir(), 'fieldlink-window.png')}`);
}

const app = spawn(binary, args, { cwd: root, env: environment, stdio: ['ignore', 'inherit', 'pipe'] });
// Chromium's own complaints about a machine without GPU, D-Bus or sound help nobody.
app.stderr.on('data', (chunk) => {
  const lines = String(chunk)
    .split('\n')
    .filter((line) => line !== '' && !/:(ERROR|WARNING|INFO):|^\[\d+:\d+/u.test(line));
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.kill(signal));
app.once('exit', (code) => {
  display?.stop();
  process.exitCode = code ?? 1;
  process.exit();
});
