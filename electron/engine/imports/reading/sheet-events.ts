import type { CellStyles } from './cell-styles.ts';
import { numberText } from './number-text.ts';
import { READ_LIMITS } from './read-limits.ts';
import { ReadProblem } from './read-problem.ts';
import type { CellMark, ReadRow } from './read-rows.ts';
import { checkedCell, createStringCollector } from './shared-strings.ts';
import type { TextPool } from './text-pool.ts';
import { decodeExcelEscapes, xmlAttribute } from './xml-text.ts';
import type { XmlEvents } from './xml-scanner.ts';

const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;

type CellContent = { readonly text: string; readonly mark: CellMark | null };

/** Turns the events of one sheet part into rows. Rows without text are left out; their numbers are not. */
export function sheetEvents(options: {
  readonly strings: TextPool;
  readonly styles: CellStyles;
  readonly isDate1904: boolean;
  readonly onRow: (row: ReadRow) => void;
}): XmlEvents {
  const { strings, styles, isDate1904, onRow } = options;
  const inline = createStringCollector();
  let isInData = false;
  let rowNumber = 0;
  let column = -1;
  let cells: string[] = [];
  let marks: [number, CellMark][] = [];
  let type = 'n';
  let style = 0;
  let value = '';
  let isInValue = false;
  let isInInline = false;
  let hasFormula = false;

  function openRow(attributes: string): void {
    const given = xmlAttribute(attributes, 'r');
    rowNumber = given === null ? rowNumber + 1 : Number(given);
    if (!Number.isInteger(rowNumber) || rowNumber < 1 || rowNumber > MAX_ROW) throw broken('a row has no valid number');
    column = -1;
    cells = [];
    marks = [];
  }

  function openCell(attributes: string): void {
    const reference = xmlAttribute(attributes, 'r');
    column = reference === null ? column + 1 : columnOf(reference);
    type = xmlAttribute(attributes, 't') ?? 'n';
    style = Number(xmlAttribute(attributes, 's') ?? 0);
    value = '';
    hasFormula = false;
  }

  function closeCell(): void {
    const { text, mark } = content();
    if (text === '' && mark === null) return;
    if (column >= READ_LIMITS.columns) {
      if (text.trim() === '') return;
      throw new ReadProblem('import.too-many-columns', 'text far to the right', {
        limit: READ_LIMITS.columns,
        count: column + 1,
        row: rowNumber,
      });
    }
    while (cells.length < column) cells.push('');
    cells[column] = checkedCell(text);
    if (mark !== null) marks.push([column, mark]);
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
    if (value === '') return '';
    const text = strings.get(Number(value));
    if (text === null) throw broken('a cell points at a text that is not there');
    return text;
  }

  function closeRow(): void {
    if (cells.some((cell) => cell.trim() !== '') || marks.length > 0) {
      onRow({ number: rowNumber, cells, marks: marks.length > 0 ? marks : null });
    }
    cells = [];
  }

  return {
    open: (name, attributes) => {
      if (isInInline) inline.open(name, attributes);
      else if (!isInData) isInData = name === 'sheetData';
      else if (name === 'c') openCell(attributes);
      else if (name === 'v') isInValue = true;
      else if (name === 'row') openRow(attributes);
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
      else if (name === 'sheetData') isInData = false;
    },
    text: (piece) => {
      if (isInInline) inline.text(piece);
      else if (isInValue) {
        value += piece;
        // Checked while it grows: CDATA sections could go on for ever. Escapes make a text up to seven times longer.
        if (value.length > READ_LIMITS.cellCharacters * 7) checkedCell(value);
      }
    },
  };
}

/** `BC17` → 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > MAX_COLUMN) throw broken('a cell has no valid place');
  }
  if (column === 0) throw broken('a cell has no valid place');
  return column - 1;
}

function broken(detail: string): ReadProblem {
  return new ReadProblem('import.damaged', detail);
}
