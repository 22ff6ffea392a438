import { columnAt, rowAt } from './cell-place.ts';
import type { CellStyles } from './cell-styles.ts';
import { numberText } from './number-text.ts';
import { createQuickCell, readQuickCell } from './quick-cell.ts';
import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';
import type { CellMark, ReadRow } from './read-rows.ts';
import { checkedCell, createStringCollector } from './shared-strings.ts';
import type { TextPool } from './text-pool.ts';
import { decodeExcelEscapes } from './xml-text.ts';
import { pieceText } from './xml-scanner.ts';
import type { XmlEvents, XmlPiece } from './xml-scanner.ts';
import type { XmlTag } from './xml-tag.ts';

const [LETTER_S, LETTER_T] = [115, 116];
const NO_NUMBER = -1;
/** What stands in a cell that nobody wants: it counts for the width of its row, and for whether the row has text at all. */
const UNWANTED = '';

type CellContent = { readonly text: string; readonly mark: CellMark | null };

/** Turns the events of one sheet part into rows. Rows without text are left out; their numbers are not. */
export function sheetEvents(options: {
  readonly strings: TextPool;
  readonly styles: CellStyles;
  readonly isDate1904: boolean;
  readonly isWanted: (column: number) => boolean;
  readonly onRow: (row: ReadRow) => void;
}): XmlEvents {
  const { strings, styles, isDate1904, isWanted, onRow } = options;
  const inline = createStringCollector();
  let isInData = false;
  let rowNumber = 0;
  let column = -1;
  let cells: string[] = [];
  let marks: [number, CellMark][] = [];
  let hasText = false;
  let type = 'n';
  let style = 0;
  let value = '';
  /** The value as long as it is nothing but digits: the number of a shared text. */
  let digits = NO_NUMBER;
  let isInValue = false;
  let isInInline = false;
  let isInRow = false;
  let hasFormula = false;
  const quick = createQuickCell();

  function openRow(tag: XmlTag): void {
    rowNumber = rowAt(tag, rowNumber);
    column = -1;
    cells = [];
    marks = [];
    hasText = false;
    isInRow = true;
  }

  function openCell(tag: XmlTag): void {
    column = columnAt(tag, column);
    const kind = tag.oneLetter(LETTER_T);
    type = kind < 0 ? 'n' : typeOf(tag, kind);
    const format = tag.oneLetter(LETTER_S);
    style = format < 0 ? 0 : Number(tag.textOf(format));
    value = '';
    digits = NO_NUMBER;
    hasFormula = false;
    // A text in a cell that does not call itself one is not that of the next cell.
    inline.take();
  }

  /** Cells as they nearly always are; the others are told tag by tag. */
  function readCells(bytes: Buffer, start: number): number {
    let at = start;
    for (;;) {
      const end = isInRow && !isInInline ? readQuickCell(bytes, at, quick) : -1;
      if (end < 0) return at;
      takeQuick(bytes);
      at = end;
    }
  }

  function takeQuick(bytes: Buffer): void {
    column = quick.column < 0 ? column + 1 : quick.column;
    type = quick.type;
    style = quick.style;
    value = '';
    digits = type === 's' ? digitsOf(bytes, quick.start, quick.end) : NO_NUMBER;
    hasFormula = false;
    if (digits === NO_NUMBER) {
      const text =
        quick.end === quick.start ? '' : bytes.toString(quick.isAscii ? 'latin1' : 'utf8', quick.start, quick.end);
      if (type === 'inlineStr') inline.begin(text);
      else value = text;
    }
    closeCell();
  }

  function closeCell(): void {
    if (column < READ_LIMITS.columns && !isWanted(column)) return closeUnwanted();
    const { text, mark } = content();
    if (text === '' && mark === null) return;
    const isBlank = text.trim() === '';
    if (column >= READ_LIMITS.columns) {
      if (isBlank) return;
      throw new ReadProblem('import.too-many-columns', 'text far to the right', {
        limit: READ_LIMITS.columns,
        count: column + 1,
        row: rowNumber,
      });
    }
    place(checkedCell(text));
    if (!isBlank) hasText = true;
    if (mark !== null) marks.push([column, mark]);
  }

  function closeUnwanted(): void {
    const isEmpty = type === 's' && digits !== NO_NUMBER ? strings.isBlank(digits) : content().text.trim() === '';
    if (isEmpty) return;
    place(UNWANTED);
    hasText = true;
  }

  function place(text: string): void {
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }

  function content(): CellContent {
    switch (type) {
      case 's':
        return { text: sharedText(), mark: null };
      case 'inlineStr':
        return { text: inline.take(), mark: null };
      case 'str':
        return { text: decodeExcelEscapes(value), mark: null };
      case 'e':
        return { text: value, mark: 'error' };
      case 'b':
        return { text: value === '' ? '' : value.trim() === '1' ? 'TRUE' : 'FALSE', mark: null };
      case 'd':
        return { text: value, mark: 'date' };
      default:
        return value === '' ? { text: '', mark: hasFormula ? 'uncalculated' : null } : numberContent();
    }
  }

  function numberContent(): CellContent {
    const format = styles.formatOf(style);
    return { text: numberText(value, format, isDate1904), mark: format.kind === 'date' ? 'date' : 'number' };
  }

  function sharedText(): string {
    if (digits === NO_NUMBER && value === '') return '';
    const text = strings.get(digits === NO_NUMBER ? Number(value) : digits);
    if (text === null) throw broken('a cell points at a text that is not there');
    return text;
  }

  function takeValue(piece: XmlPiece): void {
    if (type === 's' && value === '' && digits === NO_NUMBER) {
      digits = digitsOf(piece.bytes, piece.start, piece.end);
      if (digits !== NO_NUMBER) return;
    }
    if (digits !== NO_NUMBER) {
      value = String(digits);
      digits = NO_NUMBER;
    }
    value += pieceText(piece);
    // Checked while it grows: CDATA sections could go on for ever. Escapes make a text up to seven times longer.
    if (value.length > READ_LIMITS.cellCharacters * 7) checkedCell(value);
  }

  function closeRow(): void {
    if (hasText || marks.length > 0) onRow({ number: rowNumber, cells, marks: marks.length > 0 ? marks : null });
    cells = [];
    isInRow = false;
  }

  return {
    quick: readCells,
    open: (name, tag) => {
      if (isInInline) inline.open(name, tag);
      else if (!isInData) isInData = name === 'sheetData';
      else if (name === 'c') openCell(tag);
      else if (name === 'v') isInValue = true;
      else if (name === 'row') openRow(tag);
      else if (name === 'f') hasFormula = true;
      else if (name === 'is') isInInline = true;
    },
    close: (name) => {
      if (name === 'is') isInInline = false;
      else if (isInInline) inline.close(name);
      else if (!isInData) return;
      else if (name === 'v') isInValue = false;
      else if (name === 'c') closeCell();
      else if (name === 'row') closeRow();
      else if (name === 'sheetData') isInData = isInRow = false;
    },
    text: (piece) => {
      if (isInInline) inline.text(piece);
      else if (isInValue) takeValue(piece);
    },
  };
}

function typeOf(tag: XmlTag, index: number): string {
  const start = tag.valueStarts[index] ?? 0;
  if ((tag.valueEnds[index] ?? 0) === start + 1) {
    const letter = tag.bytes[start];
    if (letter === LETTER_S) return 's';
    if (letter === 110) return 'n';
  }
  return tag.textOf(index);
}

/** The number that stands there, when it is one to nine digits and nothing else. */
function digitsOf(bytes: Buffer, start: number, end: number): number {
  if (end === start || end - start > 9) return NO_NUMBER;
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return NO_NUMBER;
    number = number * 10 + digit;
  }
  return number;
}

function broken(detail: string): ReadProblem {
  return new ReadProblem('import.damaged', detail);
}
