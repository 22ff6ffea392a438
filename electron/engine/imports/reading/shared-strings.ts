import { bytesOf, stands } from './quick-cell.ts';
import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';
import type { TextPool } from './text-pool.ts';
import { decodeExcelEscapes } from './xml-text.ts';
import { pieceText } from './xml-scanner.ts';
import type { XmlEvents, XmlPiece } from './xml-scanner.ts';

/** An escape such as `_x000D_` makes one character seven. */
const ESCAPED = 7;
const UNDERSCORE = 95;
const STRING = bytesOf('<si><t>');
const STRING_END = bytesOf('</t></si>');

/** Collects the text of `<t>` within a string: plain or in runs; what stands in a phonetic run is not part of the name. */
export type StringCollector = XmlEvents & {
  /** Whether a piece of text would be a part of the string now. */
  isInText(): boolean;
  /** What is there already, before the pieces that follow. */
  begin(start: string): void;
  take(): string;
};

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
      if (isNeeded && text.length + run.length <= READ_LIMITS.cellCharacters * ESCAPED) run += pieceText(piece);
    },
    isInText: () => isInText && phoneticDepth === 0,
    begin: (start) => {
      text = start;
    },
    take: () => {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

/** Fills the pool from `sharedStrings.xml`. Nearly all strings are one piece, which never becomes a JavaScript string here. */
export function sharedStringEvents(pool: TextPool): XmlEvents {
  const collector = createStringCollector();
  let depth = 0;
  let pieceCount = 0;
  let isHeld = false;

  /** Strings as nearly all are written; the others are told tag by tag. */
  function readStrings(bytes: Buffer, start: number): number {
    let at = start;
    if (depth !== 1) return at;
    while (stands(bytes, at, STRING)) {
      const from = at + STRING.length;
      const end = pool.holdPlain(bytes, from);
      if (end < 0 || !stands(bytes, end, STRING_END)) break;
      pool.addHeld();
      at = end + STRING_END.length;
    }
    return at;
  }

  return {
    quick: readStrings,
    open: (name, tag) => {
      depth += 1;
      if (depth === 2) {
        pieceCount = 0;
        isHeld = false;
      } else if (depth > 2) collector.open(name, tag);
    },
    close: (name) => {
      if (depth > 2) collector.close(name);
      else if (depth === 2 && name === 'si') {
        if (isHeld) pool.addHeld();
        else pool.add(checkedCell(collector.take()));
      }
      depth -= 1;
    },
    text: (piece) => {
      if (!collector.isInText()) return;
      pieceCount += 1;
      if (pieceCount === 1 && isWhole(piece)) {
        pool.hold(piece.bytes, piece.start, piece.end);
        isHeld = true;
        return;
      }
      if (isHeld) collector.begin(pool.heldText());
      isHeld = false;
      collector.text(piece);
    },
  };
}

/** Neither an entity nor an escape in it, and not longer than a cell. */
function isWhole({ bytes, start, end, isPlain }: XmlPiece): boolean {
  if (!isPlain || end - start > READ_LIMITS.cellCharacters) return false;
  for (let at = start; at < end; at += 1) if (bytes[at] === UNDERSCORE) return false;
  return true;
}

export function checkedCell(text: string): string {
  if (text.length <= READ_LIMITS.cellCharacters) return text;
  throw new ReadProblem('import.damaged', 'a cell is longer than a spreadsheet allows', {
    limit: READ_LIMITS.cellCharacters,
    count: text.length,
  });
}
