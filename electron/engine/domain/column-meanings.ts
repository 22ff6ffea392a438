import { IMPORT_HEADINGS, PORTAL_FIELDS } from '../../../shared/model/import-row.ts';
import type { ColumnOrigin, ImportField, PassedOver } from '../../../shared/model/import-row.ts';
import { isChosen } from '../../../shared/model/user-choices.ts';
import { contradicts } from './import-column-content.ts';
import { headingKey, matchHeadings } from './match-headings.ts';

/** What a heading means by a person's hand or by a recipe; null: not imported. */
export type HeadingRule = {
  readonly key: string;
  readonly field: ImportField | null;
  readonly origin: 'hand' | 'recipe';
};
/** What a heading was taken for in an earlier import. */
export type LearnedHeading = { readonly field: ImportField | null; readonly usedAt: string };

export type KnownHeadings = {
  /** The first of two rules for one field wins. */
  readonly rules: readonly HeadingRule[];
  readonly learned: ReadonlyMap<string, LearnedHeading>;
};
export const NOTHING_KNOWN: KnownHeadings = { rules: [], learned: new Map() };

export type ColumnMeaning = {
  /** Null: not imported. */
  readonly field: ImportField | null;
  readonly origin: ColumnOrigin;
  readonly passedOver: PassedOver | null;
};
type Row = { readonly cells: readonly string[] };

/**
 * What each column is taken for (IMP-2, IMP-13): first what the person or a recipe says, then what was learned, then the words of its
 * heading as far as the cells below agree. On the portal's own sheet the words go before what was learned. No field stands twice.
 */
export function columnMeanings(
  cells: readonly string[],
  below: readonly Row[],
  known: KnownHeadings,
): readonly ColumnMeaning[] {
  const columns = createColumns(cells);
  columns.rule(known.rules);
  if (isPortalSheet(cells)) {
    columns.recognise(below);
    columns.learn(known.learned, below);
  } else {
    columns.learn(known.learned, below);
    columns.recognise(below);
  }
  return columns.meanings();
}

/** The sheet of the portal's own template: its headings, letter by letter. */
export function isPortalSheet(cells: readonly string[]): boolean {
  const exact = new Set(cells.map((cell) => cell.trim()));
  const has = (field: ImportField): boolean => exact.has(IMPORT_HEADINGS[field]);
  return has('email') && (has('firstName') || has('lastName') || has('name'));
}

/** True when nothing may be learned of the column: it says what it means. */
export function isPortalHeading(cell: string): boolean {
  return PORTAL_FIELDS.some((field) => IMPORT_HEADINGS[field] === cell.trim());
}

function createColumns(cells: readonly string[]) {
  const keys = cells.map(headingKey);
  const decided = new Map<number, ColumnMeaning>();
  const passed = new Map<number, PassedOver>();
  const taken = new Set<ImportField>();

  function decide(column: number, field: ImportField | null, origin: ColumnOrigin): void {
    const isTaken = field !== null && taken.has(field);
    if (isTaken) passed.set(column, { field, reason: 'taken' });
    else if (field !== null) taken.add(field);
    decided.set(column, { field: isTaken ? null : field, origin, passedOver: passed.get(column) ?? null });
  }

  return {
    rule(rules: readonly HeadingRule[]): void {
      for (const { key, field, origin } of rules) {
        const column = key === '' ? -1 : keys.findIndex((other, index) => other === key && !decided.has(index));
        if (column >= 0) decide(column, field, origin);
      }
    },
    learn(learned: ReadonlyMap<string, LearnedHeading>, below: readonly Row[]): void {
      const isPortal = isPortalSheet(cells);
      const found = keys.flatMap((key, column) => {
        const known = key === '' || decided.has(column) ? undefined : learned.get(key);
        return known && !(isPortal && isPortalHeading(cells[column] ?? '')) ? [{ column, ...known }] : [];
      });
      // The later choice is the better one; of equals the leftmost.
      for (const { column, field } of found.toSorted((a, b) => b.usedAt.localeCompare(a.usedAt))) {
        if (field !== null && contradicts(field, column, below)) passed.set(column, { field, reason: 'unlike' });
        else decide(column, field, 'learned');
      }
    },
    recognise(below: readonly Row[]): void {
      const open = cells.map((cell, column) => (decided.has(column) ? '' : cell));
      for (const [column, field] of matchWithContent(open, below, taken).entries())
        if (field !== null) decide(column, field, 'recognised');
    },
    meanings: (): readonly ColumnMeaning[] =>
      cells.map(
        (_, column) =>
          decided.get(column) ?? { field: null, origin: 'recognised', passedOver: passed.get(column) ?? null },
      ),
  };
}

/** The template's own headings mean what they say, whatever stands below them; "Language" is everybody's. */
function isOurHeading(heading: string, field: ImportField): boolean {
  return (field === 'role' || !isChosen(field)) && heading.trim().toUpperCase() === IMPORT_HEADINGS[field];
}

/** What the headings say, except where the cells below them say something else: DN is a number here and a path there. */
function matchWithContent(
  cells: readonly string[],
  below: readonly Row[],
  taken: ReadonlySet<ImportField>,
): readonly (ImportField | null)[] {
  let headings = cells;
  for (;;) {
    const fields = matchHeadings(headings, taken);
    const wrong = fields.findIndex(
      (field, column) =>
        field !== null && !isOurHeading(headings[column] ?? '', field) && contradicts(field, column, below),
    );
    if (wrong < 0) return fields;
    headings = headings.map((heading, column) => (column === wrong ? '' : heading));
  }
}
