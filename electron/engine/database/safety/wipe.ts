import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { quarantineFolder } from './quarantine.ts';

export type Wipe = 'cache' | 'everything';

/** Written first and removed last: a wipe that was broken off is finished at the next start (SES-5). */
const MARK = 'wipe.mark';
/** Held by the engine that wipes; holds nothing. */
const LOCK = 'engine.lock';

/** Says on the disk what is to be wiped, before anything is. */
export function markWipe(directory: string, what: Wipe): void {
  const path = join(directory, MARK);
  writeFileSync(`${path}.new`, what, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/** What was begun and not finished; null when there is nothing to finish. */
export function wipeUnderWay(directory: string): Wipe | null {
  const path = join(directory, MARK);
  if (!existsSync(path)) return null;
  // A mark that cannot be read is of a file system that broke: the smaller of the two wipes loses nobody's work.
  return readFileSync(path, 'utf8').trim() === 'everything' ? 'everything' : 'cache';
}

/** Takes away what the mark names; no database may be open. The keys go first: what is left of the rest is then unreadable. */
export function finishWipe(directory: string): Wipe | null {
  const what = wipeUnderWay(directory);
  if (what === null) return null;
  for (const path of what === 'cache' ? cacheFiles(directory) : allFiles(directory)) shred(path);
  rmSync(join(directory, MARK), { force: true });
  return what;
}

function cacheFiles(directory: string): readonly string[] {
  const aside = quarantineFolder(directory);
  return [
    ...['', '-wal', '-shm'].map((ending) => join(directory, `cache.db${ending}`)),
    ...namesIn(aside)
      .filter((name) => /-cache(?:-\d+)?$/u.test(name))
      .map((name) => join(aside, name)),
  ];
}

function allFiles(directory: string): readonly string[] {
  const rank = (name: string): number => (name.endsWith('.sealed') ? 0 : name.startsWith('journal') ? 1 : 2);
  return namesIn(directory)
    .filter((name) => name !== MARK && !name.startsWith(LOCK))
    .toSorted((a, b) => rank(a) - rank(b))
    .map((name) => join(directory, name));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Emptied before it is unlinked: whoever still has it open reads nothing. A link is removed, never followed. */
function shred(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isDirectory()) for (const name of readdirSync(path)) shred(join(path, name));
  else if (found.isFile()) truncateSync(path);
  rmSync(path, { recursive: true, force: true });
}
