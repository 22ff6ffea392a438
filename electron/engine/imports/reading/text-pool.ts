import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';

const PAGE_BYTES = 4 * 1024 * 1024;

/** A list of texts by number, kept as UTF-8 outside the JavaScript heap: a million strings would cost ten times as much. */
export type TextPool = {
  add(text: string): void;
  /** Null when the number was never given out. */
  get(index: number): string | null;
};

export function createTextPool(): TextPool {
  const pages: Buffer[] = [];
  let used = PAGE_BYTES;
  let count = 0;
  let starts = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);

  function add(text: string): void {
    const length = Buffer.byteLength(text);
    if (used + length > PAGE_BYTES) {
      if ((pages.length + 1) * PAGE_BYTES > READ_LIMITS.sharedTextBytes) throw tooMuch();
      pages.push(Buffer.allocUnsafeSlow(PAGE_BYTES));
      used = 0;
    }
    if (count >= READ_LIMITS.sharedTextCount) throw tooMuch();
    if (count === starts.length) {
      starts = grown(starts);
      lengths = grown(lengths);
    }
    starts[count] = (pages.length - 1) * PAGE_BYTES + used;
    lengths[count] = length;
    pages.at(-1)?.write(text, used, 'utf8');
    used += length;
    count += 1;
  }

  function get(index: number): string | null {
    if (!(index >= 0 && index < count)) return null;
    const start = starts[index] ?? 0;
    const from = start % PAGE_BYTES;
    return pages[(start - from) / PAGE_BYTES]?.toString('utf8', from, from + (lengths[index] ?? 0)) ?? null;
  }

  return { add, get };
}

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

function tooMuch(): ReadProblem {
  return new ReadProblem('import.expands-too-far', 'holds more text than a list of users does', {
    limit: READ_LIMITS.sharedTextBytes,
  });
}
