import type { ReadRow } from '../../../electron/engine/imports/reading/read-rows.ts';
import type { Cell, Sheet } from './made-file.ts';

/** The first cell in which our text does not mean what the other reader saw; null when every one of them does. */
export function firstDifference(rows: readonly ReadRow[], other: Sheet): string | null {
  const ours = new Map(rows.map((row) => [row.number, row.cells]));
  for (const number of new Set([...ours.keys(), ...other.keys()])) {
    const [texts, cells] = [ours.get(number) ?? [], other.get(number) ?? []];
    for (let column = 0; column < Math.max(texts.length, cells.length); column += 1) {
      const [text, cell] = [texts[column] ?? '', cells[column] ?? { kind: 'empty' as const }];
      if (!means(text, cell)) {
        return `row ${number} column ${column + 1}: ${JSON.stringify(text)} is not ${JSON.stringify(cell)}`;
      }
    }
  }
  return null;
}

/** Whether the text that a person sees in the preview is the value of the cell. */
export function means(text: string, cell: Cell): boolean {
  switch (cell.kind) {
    case 'empty':
      // A formula without a result, and blanks that one reader keeps and the other does not.
      return text.trim() === '';
    case 'text':
    case 'error':
      return sameText(text, cell.text);
    case 'number':
      return sameNumber(text, cell.value);
    case 'boolean':
      return text === (cell.value ? 'TRUE' : 'FALSE');
    case 'date':
      return sameMoment(text, cell.iso);
    default:
      // A kind that only the other reader has, such as a time of day.
      return true;
  }
}

function sameText(ours: string, theirs: string): boolean {
  if (ours === theirs || ours.replaceAll('\r\n', '\n') === theirs.replaceAll('\r\n', '\n')) return true;
  // Rows of blanks alone are no rows for us.
  return ours === '' && theirs.trim() === '';
}

function sameNumber(text: string, value: number): boolean {
  const ours = Number(text.replaceAll(/[^\d.+\-eE]/gu, ''));
  if (ours === value || Math.abs(ours - value) <= Math.abs(value) * 1e-14) return true;
  // A number format shows a day: the other reader does not look at formats.
  const day = Date.parse(`${text.slice(0, 19)}${text.length > 10 ? 'Z' : 'T00:00:00Z'}`);
  return Math.abs(day / 86_400_000 + 25_569 - value) < 2 || Math.abs(day / 86_400_000 + 25_569 - 1462 - value) < 2;
}

function sameMoment(text: string, iso: string): boolean {
  if (text.slice(0, 10) === iso.slice(0, 10)) return true;
  // Times without a day count from a day that every program has its own of.
  return /^\d\d:\d\d:\d\d$/u.test(text) && iso.includes(text.slice(0, 5));
}
