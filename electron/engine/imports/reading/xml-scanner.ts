import { ReadProblem } from './read-problem.ts';
import { decodeXmlText } from './xml-text.ts';
import { createXmlTag } from './xml-tag.ts';
import type { XmlTag } from './xml-tag.ts';

/** A piece of text where it stands in the bytes. Valid during the event only. */
export type XmlPiece = {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Neither entities nor line ends to be resolved: the bytes are the text. */
  readonly isPlain: boolean;
  readonly isAscii: boolean;
};

export type XmlEvents = {
  /** `name` without its prefix. A `<c/>` is opened and closed. */
  open(name: string, tag: XmlTag): void;
  close(name: string): void;
  /** One element's text may come in several pieces (CDATA, comments between). */
  text(piece: XmlPiece): void;
  /**
   * Takes whole elements at `at` itself where they are written as they nearly always are, instead of being told of each tag. The position
   * after the last one; `at` when it takes none.
   */
  quick?(bytes: Buffer, at: number): number;
};

/** Where the tag of an `open` or `close` stands, in bytes from the beginning of the part. */
export type XmlPlace = { readonly start: number; readonly end: number; readonly isEmpty: boolean };

export type XmlScanner = {
  write(chunk: Buffer): void;
  end(): void;
  /** Of the event that is being told. */
  place(): XmlPlace;
  /** Everything before it has been told. */
  position(): number;
};

/** No tag and no text in a sheet is longer: a cell has 32,767 characters of at most ten each. */
const MAX_TOKEN = 1024 * 1024;
const MAX_DEPTH = 200;
const EMPTY: Buffer = Buffer.alloc(0);
const [LT, GT, SLASH, BANG, QUESTION, EQUALS, AMP, CR, COLON] = [60, 62, 47, 33, 63, 61, 38, 13, 58];

type Skip = { readonly until: string; readonly isText: boolean };
const COMMENT: Skip = { until: '-->', isText: false };
const CDATA: Skip = { until: ']]>', isText: true };
const INSTRUCTION: Skip = { until: '?>', isText: false };

/**
 * Reads the UTF-8 of an XML part as it arrives: no tree, no strings but those that are asked for, no entities of its own, no
 * DOCTYPE, memory bounded by the longest token. It checks what a truncated or forged part breaks (nesting, ends, attributes), not
 * everything the XML specification asks for.
 */
export function createXmlScanner(events: XmlEvents): XmlScanner {
  let rest: Buffer = EMPTY;
  /** Of the first byte that the scanner still has. */
  let origin = 0;
  /** Of the tag at hand, in what the scanner has; added up only for those who ask. */
  let tagStart = 0;
  let tagEnd = 0;
  let isTagEmpty = false;
  let skip: Skip | null = null;
  let hasRoot = false;
  const open: string[] = [];
  const tag = createXmlTag();
  const names = createNames();
  const piece = { bytes: EMPTY, start: 0, end: 0, isPlain: true, isAscii: true };

  function write(chunk: Buffer): void {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (;;) {
      const next = step(bytes, at);
      if (next < 0) break;
      at = next;
    }
    rest = bytes.subarray(at);
    origin += at;
    if (rest.length > MAX_TOKEN) throw broken('a piece of the XML is too long');
  }

  /** Reads one token at `at`; the position after it, or -1 when it is not complete. */
  function step(bytes: Buffer, at: number): number {
    if (skip !== null) return stepSkip(bytes, at, skip);
    if (at + 1 >= bytes.length) return -1;
    if (bytes[at] !== LT) return stepText(bytes, at);
    const second = bytes[at + 1];
    if (second === BANG || second === QUESTION) return stepDeclaration(bytes, at);
    if (second === SLASH) return stepClose(bytes, at + 2);
    const after = events.quick?.(bytes, at) ?? at;
    return after > at ? after : stepOpen(bytes, at + 1);
  }

  function stepText(bytes: Buffer, start: number): number {
    let all = 0;
    let isPlain = true;
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === LT) {
        if (open.length > 0) say(bytes, { start, end: at, isPlain, isAscii: all < 128 });
        return at;
      }
      if (byte === AMP || byte === CR) isPlain = false;
      all |= byte;
    }
    return -1;
  }

  function say(bytes: Buffer, { start, end, isPlain, isAscii }: Omit<XmlPiece, 'bytes'>): void {
    piece.bytes = bytes;
    piece.start = start;
    piece.end = end;
    piece.isPlain = isPlain;
    piece.isAscii = isAscii;
    events.text(piece);
  }

  function stepClose(bytes: Buffer, from: number): number {
    let end = from;
    while (end < bytes.length && bytes[end] !== GT) end += 1;
    if (end === bytes.length) return -1;
    tagStart = from - 2;
    tagEnd = end + 1;
    isTagEmpty = false;
    let stop = end;
    while (stop > from && isSpace(bytes[stop - 1] ?? 0)) stop -= 1;
    close(names.of(bytes, from, stop));
    return end + 1;
  }

  function stepOpen(bytes: Buffer, from: number): number {
    const { length } = bytes;
    let at = from;
    while (at < length && !endsName(bytes[at] ?? 0)) at += 1;
    const nameEnd = at;
    tag.begin(bytes);
    for (;;) {
      while (at < length && isSpace(bytes[at] ?? 0)) at += 1;
      if (at + 1 >= length && bytes[at] !== GT) return -1;
      const byte = bytes[at];
      if (byte === GT || byte === SLASH) break;
      at = stepAttribute(bytes, at);
      if (at < 0) return -1;
    }
    const isEmpty = bytes[at] === SLASH;
    if (isEmpty && bytes[at + 1] !== GT) throw broken('the XML is broken');
    if (nameEnd === from || (hasRoot && open.length === 0)) throw broken('the XML is broken');
    hasRoot = true;
    const name = names.of(bytes, from, nameEnd);
    open.push(name);
    if (open.length > MAX_DEPTH) throw broken('the XML is nested too deeply');
    const end = at + (isEmpty ? 2 : 1);
    tagStart = from - 1;
    tagEnd = end;
    isTagEmpty = isEmpty;
    events.open(name, tag);
    if (isEmpty) close(name);
    return end;
  }

  /** Reads `name="value"`; the position after it, or -1 when it is not complete. */
  function stepAttribute(bytes: Buffer, start: number): number {
    const { length } = bytes;
    let at = start;
    while (at < length && !endsName(bytes[at] ?? 0)) at += 1;
    const nameEnd = at;
    while (at < length && isSpace(bytes[at] ?? 0)) at += 1;
    if (at >= length) return -1;
    if (nameEnd === start || bytes[at] !== EQUALS) throw broken('the XML is broken');
    at += 1;
    while (at < length && isSpace(bytes[at] ?? 0)) at += 1;
    if (at >= length) return -1;
    const quote = bytes[at];
    if (quote !== 34 && quote !== 39) throw broken('the XML is broken');
    const valueStart = at + 1;
    at = valueStart;
    while (at < length && bytes[at] !== quote) at += 1;
    if (at >= length) return -1;
    if (!tag.add(start, nameEnd, valueStart, at)) throw broken('a tag has too many attributes');
    return at + 1;
  }

  function close(name: string): void {
    if (open.pop() !== name) throw broken('the XML is broken');
    events.close(name);
  }

  function stepDeclaration(bytes: Buffer, at: number): number {
    if (bytes[at + 1] === QUESTION) {
      skip = INSTRUCTION;
      return at + 2;
    }
    if (bytes.length < at + 9) return -1;
    const start = bytes.toString('latin1', at, at + 9);
    if (start.startsWith('<!--')) {
      skip = COMMENT;
      return at + 4;
    }
    if (start === '<![CDATA[') {
      skip = CDATA;
      return at + 9;
    }
    throw broken('the XML has a DOCTYPE, which no spreadsheet program writes');
  }

  function stepSkip(bytes: Buffer, at: number, current: Skip): number {
    const end = bytes.indexOf(current.until, at, 'latin1');
    if (end >= 0) {
      if (current.isText && open.length > 0) say(bytes, { start: at, end, isPlain: true, isAscii: false });
      skip = null;
      return end + current.until.length;
    }
    // A long comment must not pile up; the last two characters may be the beginning of its end.
    const keep = Math.max(at, bytes.length - 2);
    return current.isText || keep === at ? -1 : keep;
  }

  return {
    write,
    place: () => ({ start: origin + tagStart, end: origin + tagEnd, isEmpty: isTagEmpty }),
    position: () => origin,
    end: () => {
      if (skip !== null || open.length > 0 || !hasRoot || rest.toString('latin1').trim() !== '') {
        throw broken('the XML ends too early');
      }
    },
  };
}

/** The text of a piece. */
export function pieceText({ bytes, start, end, isPlain, isAscii }: XmlPiece): string {
  const text = isAscii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
  return isPlain ? text : decodeXmlText(text);
}

/** Names without their prefix, one string for each: a sheet has a million tags and a dozen names. */
function createNames(): { of(bytes: Buffer, start: number, end: number): string } {
  const MOST = 512;
  /** Up to four letters fit into one number, and such names are nearly all. */
  const SHORT = 4;
  const short = new Map<number, string>();
  const long = new Map<string, string>();
  return {
    of(bytes, start, end) {
      let from = start;
      let key = 0;
      for (let at = start; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        if (byte === COLON) [from, key] = [at + 1, 0];
        else key = (key << 8) | byte;
      }
      const known = end - from <= SHORT ? short.get(key) : undefined;
      if (known !== undefined) return known;
      const name = bytes.toString('latin1', from, end);
      if (end - from <= SHORT) {
        if (short.size < MOST) short.set(key, name);
        return name;
      }
      const found = long.get(name);
      if (found !== undefined) return found;
      if (long.size < MOST) long.set(name, name);
      return name;
    },
  };
}

/** Looked up instead of compared: nearly every byte of a sheet is asked. */
const NAME_ENDS = new Uint8Array(256);
for (let byte = 0; byte <= 32; byte += 1) NAME_ENDS[byte] = 1;
for (const byte of [EQUALS, GT, SLASH, 34, 39, LT]) NAME_ENDS[byte] = 1;

function endsName(byte: number): boolean {
  return NAME_ENDS[byte] === 1;
}

function isSpace(byte: number): boolean {
  return byte <= 32 && (byte === 32 || byte === 10 || byte === 9 || byte === 13);
}

function broken(detail: string): ReadProblem {
  return new ReadProblem('import.damaged', detail);
}
