import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';

const [LT, AMP, CR, UNDERSCORE] = [60, 38, 13, 95];
const PAGE_BYTES = 4 * 1024 * 1024;
/** The first texts of a workbook are its roles, departments and sites, which thousands of cells point at. */
const REMEMBERED = 16_384;

/** A list of texts by number, kept as UTF-8 outside the JavaScript heap: a million strings would cost ten times as much. */
export type TextPool = {
  add(text: string): void;
  /** Puts UTF-8 aside that may become the next text. */
  hold(bytes: Buffer, start: number, end: number): void;
  /**
   * Puts the bytes aside that stand before the next `<`, when they are the text as it is: no entity, no line end, no escape. Where that is;
   * -1 when there is something to be resolved, or no `<` in sight.
   */
  holdPlain(bytes: Buffer, start: number): number;
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
  /** Each page as one text, a letter for a byte: a piece of that costs a fifth of a text made of bytes. */
  const pageTexts: (string | undefined)[] = [];
  let page = Buffer.alloc(0);
  let used = PAGE_BYTES;
  let count = 0;
  let held = 0;
  let starts = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);
  /** 1: every byte is a letter. */
  let ascii = new Uint8Array(1024);
  let isHeldAscii = true;
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
      ascii = grown(ascii);
    }
  }

  function take(length: number, isAscii: boolean): void {
    pageTexts[pages.length - 1] = undefined;
    ascii[count] = isAscii ? 1 : 0;
    starts[count] = (pages.length - 1) * PAGE_BYTES + used;
    lengths[count] = length;
    used += length;
    count += 1;
  }

  function read(index: number): string {
    const start = starts[index] ?? 0;
    const length = lengths[index] ?? 0;
    const from = start % PAGE_BYTES;
    const at = (start - from) / PAGE_BYTES;
    const bytes = pages[at];
    if (!bytes) return '';
    if (ascii[index] !== 1) return bytes.toString('utf8', from, from + length);
    const text = (pageTexts[at] ??= bytes.toString('latin1', 0, bytes === page ? used : PAGE_BYTES));
    return text.slice(from, from + length);
  }

  return {
    add(text) {
      const length = Buffer.byteLength(text);
      room(length);
      page.write(text, used, 'utf8');
      take(length, length === text.length);
    },
    hold(bytes, start, end) {
      held = end - start;
      room(held);
      // Short pieces are copied faster by hand than by a call into the runtime.
      let all = 0;
      for (let at = start; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        page[used + at - start] = byte;
        all |= byte;
      }
      isHeldAscii = all < 128;
    },
    holdPlain(bytes, start) {
      room(READ_LIMITS.cellCharacters);
      const end = Math.min(bytes.length, start + READ_LIMITS.cellCharacters);
      let all = 0;
      for (let at = start; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        if (byte === LT) {
          held = at - start;
          isHeldAscii = all < 128;
          return at;
        }
        if (byte === AMP || byte === CR || byte === UNDERSCORE) return -1;
        page[used + at - start] = byte;
        all |= byte;
      }
      return -1;
    },
    addHeld: () => take(held, isHeldAscii),
    heldText: () => page.toString(isHeldAscii ? 'latin1' : 'utf8', used, used + held),
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

function grown<T extends Uint32Array | Uint8Array>(numbers: T): T {
  const larger = new (numbers.constructor as new (length: number) => T)(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

function tooMuch(): ReadProblem {
  return new ReadProblem('import.expands-too-far', 'holds more text than a list of users does', {
    limit: READ_LIMITS.sharedTextBytes,
  });
}
