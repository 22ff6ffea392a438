import { foldText } from '../../../shared/lib/fold-text.ts';
import type { ImportField } from '../../../shared/model/import-row.ts';
import {
  AFTER_GIVEN_NAME,
  AMBIGUOUS_FIRST,
  AMBIGUOUS_LAST,
  HEADING_WORDS,
  WEAK_HEADING_WORDS,
} from './import-heading-words.ts';

const LONG_WORD = 6;
const VERY_LONG_WORD = 9;
const NO_FIELDS: ReadonlySet<ImportField> = new Set();

/**
 * The meaning of each heading: exact words first, then words with a slip; the leftmost of equals wins. `others`: fields that columns
 * outside of these have already.
 */
export function matchHeadings(
  cells: readonly string[],
  others: ReadonlySet<ImportField> = NO_FIELDS,
): readonly (ImportField | null)[] {
  const words = cells.map(headingKey);
  const fields: (ImportField | null)[] = cells.map(() => null);
  const taken = new Set(others);
  const take = (column: number, field: ImportField): void => {
    if (fields[column] !== null || taken.has(field)) return;
    fields[column] = field;
    taken.add(field);
  };
  for (const [column, word] of words.entries()) {
    const field = HEADING_WORDS.get(word);
    if (field) take(column, field);
  }
  for (const [column, word] of words.entries()) takeAmbiguous(word, words, taken, (field) => take(column, field));
  for (const [column, word] of words.entries()) {
    const field = WEAK_HEADING_WORDS.get(word);
    if (field) take(column, field);
  }
  for (const [column, word] of words.entries()) {
    const field = fields[column] === null ? nearestField(word) : null;
    if (field) take(column, field);
  }
  return fields;
}

/** "Name" is the family name beside "Vorname" and the whole name elsewhere; "Nome" is the given name beside "Cognome". */
function takeAmbiguous(
  word: string,
  words: readonly string[],
  taken: ReadonlySet<ImportField>,
  take: (field: ImportField) => void,
): void {
  if (AMBIGUOUS_FIRST.has(word)) take(taken.has('lastName') ? 'firstName' : 'name');
  if (AMBIGUOUS_LAST.has(word)) {
    const isFamily = !taken.has('lastName') && words.some((other) => AFTER_GIVEN_NAME.has(other));
    take(isFamily ? 'lastName' : 'name');
  }
}

function nearestField(word: string): ImportField | null {
  if (word.length < LONG_WORD) return null;
  let best: { readonly field: ImportField; readonly distance: number } | null = null;
  for (const [known, field] of HEADING_WORDS) {
    const limit = Math.min(known.length, word.length) >= VERY_LONG_WORD ? 2 : 1;
    if (known.length < LONG_WORD || Math.abs(known.length - word.length) > limit) continue;
    const distance = editDistance(known, word, limit);
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { field, distance };
  }
  return best?.field ?? null;
}

/** Letters and digits only: "E-Mail Address *" and "email_address" are one heading. */
export function headingKey(heading: string): string {
  return foldText(heading).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** Insertions, deletions and exchanges between two words; stops counting beyond the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const exchange = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(exchange, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
