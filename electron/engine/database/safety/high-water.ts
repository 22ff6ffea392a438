import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Store } from '../store.ts';

/**
 * How far the history was when the journal was last written. A log that was cut exactly at the end of a commit is a sound journal of an
 * earlier moment to SQLite; only what stands outside of it can tell that something is missing. It is written after the commit is on the
 * disk, so it is never ahead of what was promised, and may be behind.
 */
const FILE = 'journal.mark';

export function readHighWater(directory: string): number {
  const path = join(directory, FILE);
  if (!existsSync(path)) return 0;
  const [number = '', proof = ''] = readFileSync(path, 'latin1').slice(0, LENGTH).trim().split(' ');
  // Half a mark is none.
  return /^\d{1,15}$/u.test(number) && proof === proofOf(number) ? Number(number) : 0;
}

/** From now on every write of the journal moves the mark; at once it stands where the journal is. */
export function keepHighWater(journal: Store<'journal'>, directory: string): void {
  const newest = journal.sql.prepare<[], number | null>('SELECT max(id) FROM audit').pluck();
  let marked = -1;
  const mark = (): void => {
    const id = newest.get() ?? 0;
    if (id === marked) return;
    try {
      write(join(directory, FILE), String(id));
      marked = id;
    } catch {
      // No room or no right: then the mark stays behind, which only makes it say less.
    }
  };
  mark();
  journal.whenWritten(mark);
}

const LENGTH = 64;

function write(path: string, number: string): void {
  const file = openSync(path, existsSync(path) ? 'r+' : 'w', 0o600);
  try {
    writeSync(file, `${number} ${proofOf(number)}`.padEnd(LENGTH), 0, 'latin1');
  } finally {
    closeSync(file);
  }
}

function proofOf(number: string): string {
  return createHash('sha256').update(number).digest('hex').slice(0, 16);
}
