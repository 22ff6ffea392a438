import type { CsvDialect } from './csv-dialect.ts';
import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';

/** Where a record stands in the text at hand, and its cells, those that are not kept included. Valid during the call only. */
export type CsvPlace = {
  readonly text: string;
  readonly start: number;
  /** Before its line end, and behind it. */
  readonly end: number;
  readonly next: number;
  readonly width: number;
};
export type OnRecord = (fields: string[], place: CsvPlace) => void;

export type CsvScanner = {
  write(text: string): void;
  end(): void;
  /** Closing quotation marks with text behind them: in sound text of this dialect there are none. */
  slips(): number;
};

const BACKSLASH = 92;
const LF = 10;
const CR = 13;

/**
 * Splits delimited text into records as it arrives. Our own, because the parsers of the registry lose or join rows when line
 * ends are mixed or a quote is not closed (PERF.md 2g): here CR, LF and CRLF all end a row, and an open quote is an error.
 */
export function createCsvScanner(dialect: CsvDialect, onRecord: OnRecord): CsvScanner {
  const { quote, hasBackslashes } = dialect;
  const mark = dialect.delimiter.charCodeAt(0);
  const quoteMark = quote.charCodeAt(0);
  let rest = '';
  let recordCount = 0;
  let slipCount = 0;
  const place = { text: '', start: 0, end: 0, next: 0, width: 0 };

  function write(text: string, isLast = false): void {
    const all = rest === '' ? text : rest + text;
    let at = 0;
    for (;;) {
      const next = record(all, at, isLast);
      if (next < 0) break;
      at = next;
    }
    rest = all.slice(at);
  }

  /** Reads the record at `at`; the position after it, or -1 when the text ends before the record does. */
  function record(text: string, start: number, isLast: boolean): number {
    if (start >= text.length) return -1;
    const fields: string[] = [];
    let cellCount = 0;
    let at = start;
    for (;;) {
      const field = readField(text, at);
      if (field.isOpen && (isLast || field.end - at > READ_LIMITS.cellCharacters * 2)) {
        throw new ReadProblem('import.damaged', 'a quotation mark is not closed', { row: recordCount + 1 });
      }
      at = field.end;
      if (field.value.length > READ_LIMITS.cellCharacters) {
        throw new ReadProblem('import.damaged', 'a cell is longer than a spreadsheet allows', {
          limit: READ_LIMITS.cellCharacters,
          row: recordCount + 1,
        });
      }
      if (at >= text.length && !isLast) return -1;
      addField(fields, field.value);
      cellCount += 1;
      if (at < text.length && text.charCodeAt(at) === mark) {
        at += 1;
        continue;
      }
      // The second half of a CRLF may be in the next piece.
      if (text.charCodeAt(at) === CR && at + 1 === text.length && !isLast) return -1;
      const width = text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      recordCount += 1;
      place.text = text;
      place.start = start;
      place.end = at;
      place.next = Math.min(text.length, at + width);
      place.width = cellCount;
      onRecord(fields, place);
      return place.next;
    }
  }

  function addField(fields: string[], value: string): void {
    if (fields.length < READ_LIMITS.columns) fields.push(value);
    else if (value.trim() !== '') {
      throw new ReadProblem('import.too-many-columns', 'a row has too many columns', {
        limit: READ_LIMITS.columns,
        count: fields.length + 1,
        row: recordCount + 1,
      });
    }
  }

  function readField(text: string, start: number): { value: string; end: number; isOpen: boolean } {
    if (text.charCodeAt(start) !== quoteMark) {
      const end = plainEnd(text, start);
      return { value: text.slice(start, end), end, isOpen: false };
    }
    let value = '';
    let from = start + 1;
    for (;;) {
      const at = text.indexOf(quote, from);
      if (at < 0) return { value: '', end: text.length, isOpen: true };
      if (hasBackslashes && isEscaped(text, at, from)) {
        value += text.slice(from, at - 1) + quote;
        from = at + 1;
        continue;
      }
      value += text.slice(from, at);
      if (text.charCodeAt(at + 1) === quoteMark) {
        value += quote;
        from = at + 2;
        continue;
      }
      // What follows a closing quote belongs to the cell, as Excel reads it.
      const end = plainEnd(text, at + 1);
      if (end > at + 1) slipCount += 1;
      return { value: value + text.slice(at + 1, end), end, isOpen: false };
    }
  }

  /** An odd number of backslashes before it. */
  function isEscaped(text: string, at: number, from: number): boolean {
    let before = at;
    while (before > from && text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    return (at - before) % 2 === 1;
  }

  function plainEnd(text: string, start: number): number {
    let at = start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === mark || code === LF || code === CR) break;
      at += 1;
    }
    return at;
  }

  return {
    write: (text) => write(text),
    end: () => {
      write('', true);
      rest = '';
    },
    slips: () => slipCount,
  };
}
