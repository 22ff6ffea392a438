import { isEmail } from '../../../shared/model/email.ts';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { columnMeanings, NOTHING_KNOWN } from './column-meanings.ts';
import type { KnownHeadings } from './column-meanings.ts';
import { headingKey } from './match-headings.ts';

/** How many rows may stand above the headings, the headings included. */
const HEADING_ROWS = 20;

export type NumberedRow = { readonly number: number; readonly cells: readonly string[] };
export type Headings = {
  /** 0: the file has no headings, its first row is a person. */
  readonly headerRow: number;
  /** One entry per column; null: not imported. No field stands twice. */
  readonly fields: readonly (ImportField | null)[];
};

/** Finds the headings within the first rows and what each column means (IMP-2). */
export function findHeadings(rows: readonly NumberedRow[], known: KnownHeadings = NOTHING_KNOWN): Headings {
  let best: { readonly row: NumberedRow; readonly score: number } | null = null;
  for (const row of rows.slice(0, HEADING_ROWS)) {
    // A row with an address in it is a person, whatever words stand beside it.
    if (row.cells.some((cell) => isEmail(cell.trim()))) break;
    const fields = fieldsOf(row.cells, [], known);
    const matched = fields.filter((field) => field !== null);
    const ruled = ruledColumns(row.cells, known);
    const score = matched.length + ruled + (matched.includes('email') ? 2 : 0);
    const isHeading = matched.includes('email') || matched.length + ruled >= 2;
    if (isHeading && score > (best?.score ?? 0)) best = { row, score };
  }
  if (best) {
    return headingsAt(best.row.number, rows, known);
  }
  return headingsByContent(rows, known);
}

/** What the columns of a chosen heading row mean; without headings only the addresses are recognised. */
export function headingsAt(
  headerRow: number,
  rows: readonly NumberedRow[],
  known: KnownHeadings = NOTHING_KNOWN,
): Headings {
  const cells = rows.find(({ number }) => number === headerRow)?.cells ?? [];
  const below = rows.filter(({ number }) => number > headerRow);
  return { headerRow, fields: withAddresses(fieldsOf(cells, below, known), below) };
}

function fieldsOf(
  cells: readonly string[],
  below: readonly NumberedRow[],
  known: KnownHeadings,
): readonly (ImportField | null)[] {
  return columnMeanings(cells, below, known).map(({ field }) => field);
}

/** A column that the person or a recipe leaves out is a heading all the same. */
function ruledColumns(cells: readonly string[], { rules }: KnownHeadings): number {
  const leftOut = new Set(rules.flatMap(({ key, field }) => (field === null ? key : [])));
  return leftOut.size === 0 ? 0 : cells.filter((cell) => leftOut.has(headingKey(cell))).length;
}

/** Adds the column that holds addresses when no heading says so. */
function withAddresses(fields: Headings['fields'], rows: readonly NumberedRow[]): Headings['fields'] {
  if (fields.includes('email')) return fields;
  const column = addressColumn(rows);
  if (column === null || (fields[column] ?? null) !== null) return fields;
  const width = Math.max(fields.length, column + 1);
  return Array.from({ length: width }, (_, index) => (index === column ? 'email' : (fields[index] ?? null)));
}

function headingsByContent(rows: readonly NumberedRow[], known: KnownHeadings): Headings {
  const column = addressColumn(rows);
  if (column === null) return { headerRow: rows[0]?.number ?? 1, fields: fieldsOf(rows[0]?.cells ?? [], [], known) };
  const firstPerson = rows.findIndex(({ cells }) => isEmail(cells[column]?.trim() ?? ''));
  const above = rows[firstPerson - 1];
  // A text right above the first address is its heading, in words that are not known.
  if (above && firstPerson <= HEADING_ROWS && (above.cells[column] ?? '').trim() !== '') {
    return headingsAt(above.number, rows, known);
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
