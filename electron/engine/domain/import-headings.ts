import { foldText } from '../../../shared/lib/fold-text.ts';
import { isEmail } from '../../../shared/model/email.ts';
import { IMPORT_HEADINGS } from '../../../shared/model/import-row.ts';
import type { ImportField } from '../../../shared/model/import-row.ts';
import {
  AFTER_GIVEN_NAME,
  AMBIGUOUS_FIRST,
  AMBIGUOUS_LAST,
  HEADING_WORDS,
  WEAK_HEADING_WORDS,
} from './import-heading-words.ts';
import { contradicts } from './import-column-content.ts';

/** How many rows may stand above the headings, the headings included. */
const HEADING_ROWS = 20;
const LONG_WORD = 6;
const VERY_LONG_WORD = 9;

export type NumberedRow = { readonly number: number; readonly cells: readonly string[] };
export type Headings = {
  /** 0: the file has no headings, its first row is a person. */
  readonly headerRow: number;
  /** One entry per column; null: not imported. No field stands twice. */
  readonly fields: readonly (ImportField | null)[];
};

/** Finds the headings within the first rows and what each column means (IMP-2). */
export function findHeadings(rows: readonly NumberedRow[]): Headings {
  let best: { readonly row: NumberedRow; readonly score: number } | null = null;
  for (const row of rows.slice(0, HEADING_ROWS)) {
    // A row with an address in it is a person, whatever words stand beside it.
    if (row.cells.some((cell) => isEmail(cell.trim()))) break;
    const fields = matchHeadings(row.cells);
    const matched = fields.filter((field) => field !== null);
    const score = matched.length + (matched.includes('email') ? 2 : 0);
    const isHeading = matched.includes('email') || matched.length >= 2;
    if (isHeading && score > (best?.score ?? 0)) best = { row, score };
  }
  if (best) {
    return headingsAt(best.row.number, rows);
  }
  return headingsByContent(rows);
}

/** What the columns of a chosen heading row mean; without headings only the addresses are recognised. */
export function headingsAt(headerRow: number, rows: readonly NumberedRow[]): Headings {
  const cells = rows.find(({ number }) => number === headerRow)?.cells ?? [];
  const below = rows.filter(({ number }) => number > headerRow);
  return { headerRow, fields: withAddresses(matchWithContent(cells, below), below) };
}

/** What the headings say, except where the cells below them say something else: DN is a number here and a path there. */
function matchWithContent(cells: readonly string[], below: readonly NumberedRow[]): Headings['fields'] {
  let headings = cells;
  for (;;) {
    const fields = matchHeadings(headings);
    const wrong = fields.findIndex(
      (field, column) =>
        // The template's own headings mean what they say, whatever stands below them.
        field !== null &&
        headings[column]?.trim().toUpperCase() !== IMPORT_HEADINGS[field] &&
        contradicts(field, column, below),
    );
    if (wrong < 0) return fields;
    headings = headings.map((heading, column) => (column === wrong ? '' : heading));
  }
}

/** The meaning of each heading: exact words first, then words with a slip; the leftmost of equals wins. */
export function matchHeadings(cells: readonly string[]): readonly (ImportField | null)[] {
  const words = cells.map(headingKey);
  const fields: (ImportField | null)[] = cells.map(() => null);
  const taken = new Set<ImportField>();
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

/** Adds the column that holds addresses when no heading says so. */
function withAddresses(fields: Headings['fields'], rows: readonly NumberedRow[]): Headings['fields'] {
  if (fields.includes('email')) return fields;
  const column = addressColumn(rows);
  if (column === null || (fields[column] ?? null) !== null) return fields;
  const width = Math.max(fields.length, column + 1);
  return Array.from({ length: width }, (_, index) => (index === column ? 'email' : (fields[index] ?? null)));
}

function headingsByContent(rows: readonly NumberedRow[]): Headings {
  const column = addressColumn(rows);
  if (column === null) return { headerRow: rows[0]?.number ?? 1, fields: matchHeadings(rows[0]?.cells ?? []) };
  const firstPerson = rows.findIndex(({ cells }) => isEmail(cells[column]?.trim() ?? ''));
  const above = rows[firstPerson - 1];
  // A text right above the first address is its heading, in words that are not known.
  if (above && firstPerson <= HEADING_ROWS && (above.cells[column] ?? '').trim() !== '') {
    return headingsAt(above.number, rows);
  }
  return { headerRow: 0, fields: withAddresses([], rows) };
}

/** The column of which at least half the filled cells (a heading may be among them) are addresses; the one with the most of them. */
function addressColumn(rows: readonly NumberedRow[]): number | null {
  const counts = new Map<number, { filled: number; addresses: number }>();
  for (const { cells } of rows.slice(0, 200)) {
    for (const [column, cell] of cells.entries()) {
      const text = cell.trim().replace(/^mailto:/iu, '');
      if (text === '') continue;
      const count = counts.get(column) ?? { filled: 0, addresses: 0 };
      count.filled += 1;
      if (isEmail(text)) count.addresses += 1;
      counts.set(column, count);
    }
  }
  let best: { readonly column: number; readonly addresses: number } | null = null;
  for (const [column, { filled, addresses }] of counts) {
    if (addresses * 2 >= filled && addresses > (best?.addresses ?? 0)) best = { column, addresses };
  }
  return best?.column ?? null;
}

/** Letters and digits only: "E-Mail Address *" and "email_address" are one heading. */
function headingKey(heading: string): string {
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
