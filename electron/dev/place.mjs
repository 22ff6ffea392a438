// Where things are, for scripts that run before anything is installed. Plain Node, no dependencies.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const isWindows = process.platform === 'win32';

/** Node 24 of the dev dependency `node@24`: the same for everybody, whatever the system has. */
export const node24 = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** Downloads that several clones share. */
export const cacheFolder =
  process.env.FIELDLINK_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fieldlink');

/** Ends the script with one sentence that says what to do. */
export function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
