import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';
import type { TextPool } from './text-pool.ts';
import { decodeExcelEscapes } from './xml-text.ts';
import type { XmlEvents } from './xml-scanner.ts';

/** An escape such as `_x000D_` makes one character seven. */
const ESCAPED = 7;

/** Collects the text of `<t>` within a string: plain or in runs; what stands in a phonetic run is not part of the name. */
export type StringCollector = XmlEvents & { take(): string };

export function createStringCollector(): StringCollector {
  let text = '';
  // Escapes are resolved run by run: `_x` at the end of one and `0041_` in the next are no letter.
  let run = '';
  let isInText = false;
  let phoneticDepth = 0;
  return {
    open: (name) => {
      if (name === 'rPh') phoneticDepth += 1;
      else if (name === 't') isInText = true;
    },
    close: (name) => {
      if (name === 'rPh') phoneticDepth -= 1;
      else if (name === 't') {
        isInText = false;
        text += decodeExcelEscapes(run);
        run = '';
      }
    },
    text: (piece) => {
      const isNeeded = isInText && phoneticDepth === 0;
      if (isNeeded && text.length + run.length <= READ_LIMITS.cellCharacters * ESCAPED) run += piece;
    },
    take: () => {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

/** Fills the pool from `sharedStrings.xml`. */
export function sharedStringEvents(pool: TextPool): XmlEvents {
  const collector = createStringCollector();
  let depth = 0;
  return {
    open: (name, attributes) => {
      depth += 1;
      if (depth > 2) collector.open(name, attributes);
    },
    close: (name) => {
      if (depth > 2) collector.close(name);
      else if (depth === 2 && name === 'si') pool.add(checkedCell(collector.take()));
      depth -= 1;
    },
    text: (piece) => collector.text(piece),
  };
}

export function checkedCell(text: string): string {
  if (text.length <= READ_LIMITS.cellCharacters) return text;
  throw new ReadProblem('import.damaged', 'a cell is longer than a spreadsheet allows', {
    limit: READ_LIMITS.cellCharacters,
    count: text.length,
  });
}
