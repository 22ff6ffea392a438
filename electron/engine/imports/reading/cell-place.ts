import { ReadProblem } from './read-problem.ts';
import type { XmlTag } from './xml-tag.ts';

const MAX_ROW = 1_048_576;
export const MAX_COLUMN = 16_384;
const LETTER_R = 114;

/** The number of a row; a row that does not say it comes after the one before. */
export function rowAt(tag: XmlTag, before: number): number {
  const at = tag.oneLetter(LETTER_R);
  const number = at < 0 ? before + 1 : Number(tag.textOf(at));
  if (!Number.isInteger(number) || number < 1 || number > MAX_ROW) throw broken('a row has no valid number');
  return number;
}

/** The column of a cell, counted from 0; a cell that does not say it stands beside the one before. */
export function columnAt(tag: XmlTag, before: number): number {
  const at = tag.oneLetter(LETTER_R);
  return at < 0 ? before + 1 : columnOf(tag, at);
}

/** `BC` → 54. */
export function columnNamed(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

/** 54 → `BC`. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

/** `BC17` → 54. */
function columnOf(tag: XmlTag, index: number): number {
  const { bytes } = tag;
  const end = tag.valueEnds[index] ?? 0;
  let column = 0;
  for (let at = tag.valueStarts[index] ?? 0; at < end; at += 1) {
    const code = (bytes[at] ?? 0) & 0xdf;
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
