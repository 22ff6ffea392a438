import { ReadProblem } from './read-problem.ts';
import { decodeXmlText } from './xml-text.ts';

export type XmlEvents = {
  /** `name` without its prefix, `attributes` as they stand in the file. A `<c/>` is opened and closed. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Decoded; one element's text may come in several pieces (CDATA, comments between). */
  text(text: string): void;
};

export type XmlScanner = { write(chunk: string): void; end(): void };

/** No tag and no text in a sheet is longer: a cell has 32,767 characters of at most ten each. */
const MAX_TOKEN = 1024 * 1024;
const MAX_DEPTH = 200;

type Skip = { readonly until: string; readonly isText: boolean };
const COMMENT: Skip = { until: '-->', isText: false };
const CDATA: Skip = { until: ']]>', isText: true };
const INSTRUCTION: Skip = { until: '?>', isText: false };

/**
 * Reads XML as it arrives: no tree, no entities of its own, no DOCTYPE, memory bounded by the longest token.
 * It checks what a truncated or forged part breaks (nesting, ends), not everything the XML specification asks for.
 */
export function createXmlScanner(events: XmlEvents): XmlScanner {
  let rest = '';
  let skip: Skip | null = null;
  let hasRoot = false;
  const open: string[] = [];

  function write(chunk: string): void {
    const text = rest === '' ? chunk : rest + chunk;
    let at = 0;
    for (;;) {
      const next = step(text, at);
      if (next < 0) break;
      at = next;
    }
    rest = text.slice(at);
    if (rest.length > MAX_TOKEN) throw new ReadProblem('import.damaged', 'a piece of the XML is too long');
  }

  /** Reads one token at `at`; the position after it, or -1 when it is not complete. */
  function step(text: string, at: number): number {
    if (skip !== null) return stepSkip(text, at, skip);
    if (text.charCodeAt(at) !== 60) {
      const tagAt = text.indexOf('<', at);
      if (tagAt < 0) return -1;
      if (open.length > 0) events.text(decodeXmlText(text.slice(at, tagAt)));
      return tagAt;
    }
    const second = text.charCodeAt(at + 1);
    if (Number.isNaN(second)) return -1;
    if (second === 33 || second === 63) return stepDeclaration(text, at);
    const end = tagEnd(text, at + 1);
    if (end < 0) return -1;
    if (second === 47) close(localName(text, at + 2, end));
    else openTag(text, at + 1, end);
    return end + 1;
  }

  function openTag(text: string, from: number, end: number): void {
    const isEmpty = text.charCodeAt(end - 1) === 47;
    const stop = isEmpty ? end - 1 : end;
    let nameEnd = from;
    while (nameEnd < stop && text.charCodeAt(nameEnd) > 32) nameEnd += 1;
    if (nameEnd === from || (hasRoot && open.length === 0))
      throw new ReadProblem('import.damaged', 'the XML is broken');
    hasRoot = true;
    const name = localName(text, from, nameEnd);
    open.push(name);
    if (open.length > MAX_DEPTH) throw new ReadProblem('import.damaged', 'the XML is nested too deeply');
    events.open(name, text.slice(nameEnd + 1, stop));
    if (isEmpty) close(name);
  }

  function close(name: string): void {
    if (open.pop() !== name) throw new ReadProblem('import.damaged', 'the XML is broken');
    events.close(name);
  }

  function stepDeclaration(text: string, at: number): number {
    if (text.charCodeAt(at + 1) === 63) {
      skip = INSTRUCTION;
      return at + 2;
    }
    if (text.length < at + 9) return -1;
    if (text.startsWith('<!--', at)) {
      skip = COMMENT;
      return at + 4;
    }
    if (text.startsWith('<![CDATA[', at)) {
      skip = CDATA;
      return at + 9;
    }
    throw new ReadProblem('import.damaged', 'the XML has a DOCTYPE, which no spreadsheet program writes');
  }

  function stepSkip(text: string, at: number, current: Skip): number {
    const end = text.indexOf(current.until, at);
    if (end >= 0) {
      if (current.isText && open.length > 0) events.text(text.slice(at, end));
      skip = null;
      return end + current.until.length;
    }
    // A long comment must not pile up; the last two characters may be the beginning of its end.
    const keep = Math.max(at, text.length - 2);
    return current.isText || keep === at ? -1 : keep;
  }

  return {
    write,
    end: () => {
      if (skip !== null || open.length > 0 || !hasRoot || rest.trim() !== '') {
        throw new ReadProblem('import.damaged', 'the XML ends too early');
      }
    },
  };
}

/** The closing bracket of a tag; brackets within quotes do not count. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return at;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

function localName(text: string, from: number, end: number): string {
  let start = from;
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) <= 32) stop -= 1;
  for (let at = from; at < stop; at += 1) if (text.charCodeAt(at) === 58) start = at + 1;
  return text.slice(start, stop);
}
