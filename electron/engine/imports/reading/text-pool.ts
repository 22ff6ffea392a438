import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';

const PAGE_BYTES = 4 * 1024 * 1024;
/** The first texts of a workbook are its roles, departments and sites, which thousands of cells point at. */
const REMEMBERED = 16_384;

/** A list of texts by number, kept as UTF-8 outside the JavaScript heap: a million strings would cost ten times as much. */
export type TextPool = {
  add(text: string): void;
  /** Puts UTF-8 aside that may become the next text. */
  hold(bytes: Buffer, start: number, end: number): void;
  /** Makes it the next text. */
  addHeld(): void;
  heldText(): string;
  /** Null when the number was never given out. */
  get(index: number): string | null;
  /** True for a text of blanks alone, and for a number that was never given out. */
  isBlank(index: number): boolean;
};

export function createTextPool(): TextPool {
  const pages: Buffer[] = [];
  let page = Buffer.alloc(0);
  let used = PAGE_BYTES;
  let count = 0;
  let held = 0;
  let starts = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);
  const remembered: (string | undefined)[] = [];

  function room(length: number): void {
    if (pages.length === 0 || used + length > PAGE_BYTES) {
      if ((pages.length + 1) * PAGE_BYTES > READ_LIMITS.sharedTextBytes) throw tooMuch();
      page = Buffer.allocUnsafeSlow(PAGE_BYTES);
      pages.push(page);
      used = 0;
    }
    if (count >= READ_LIMITS.sharedTextCount) throw tooMuch();
    if (count === starts.length) {
      starts = grown(starts);
      lengths = grown(lengths);
    }
  }

  function take(length: number): void {
    starts[count] = (pages.length - 1) * PAGE_BYTES + used;
    lengths[count] = length;
    used += length;
    count += 1;
  }

  function read(index: number): string {
    const start = starts[index] ?? 0;
    const length = lengths[index] ?? 0;
    const from = start % PAGE_BYTES;
    const bytes = pages[(start - from) / PAGE_BYTES];
    return bytes ? textOf(bytes, from, from + length) : '';
  }

  return {
    add(text) {
      const length = Buffer.byteLength(text);
      room(length);
      page.write(text, used, 'utf8');
      take(length);
    },
    hold(bytes, start, end) {
      held = end - start;
      room(held);
      // Short pieces are copied faster by hand than by a call into the runtime.
      for (let at = start; at < end; at += 1) page[used + at - start] = bytes[at] ?? 0;
    },
    addHeld: () => take(held),
    heldText: () => textOf(page, used, used + held),
    get(index) {
      if (!(index >= 0 && index < count)) return null;
      if (index >= REMEMBERED) return read(index);
      return (remembered[index] ??= read(index));
    },
    isBlank(index) {
      if (!(index >= 0 && index < count)) return true;
      const first = pages[Math.floor((starts[index] ?? 0) / PAGE_BYTES)]?.[(starts[index] ?? 0) % PAGE_BYTES];
      // Only what begins like a blank has to be looked at.
      if ((lengths[index] ?? 0) > 0 && (first ?? 0) > 32 && (first ?? 0) < 0xc2) return false;
      return read(index).trim() === '';
    },
  };
}

function textOf(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) > 127) return bytes.toString('utf8', start, end);
  return bytes.toString('latin1', start, end);
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
