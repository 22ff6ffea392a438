import type { ImportField } from '../../../shared/model/import-row.ts';
import type { ImportColumn } from '../database/import-repository.ts';
import { columnMeanings } from '../domain/column-meanings.ts';
import type { HeadingRule, KnownHeadings } from '../domain/column-meanings.ts';
import { findHeadings, headingsAt } from '../domain/import-headings.ts';
import { headingKey } from '../domain/match-headings.ts';
import type { ReadRow } from './reading/read-rows.ts';

const SAMPLES = 3;
const SHOWN_CHARACTERS = 200;

type Mapping = readonly { readonly index: number; readonly field: ImportField }[];
/** How the person wants the columns read; absent: as recognised. */
export type ColumnChoice = {
  readonly headerRow?: number | undefined;
  readonly mapping?: Mapping | undefined;
  /** The columns as they were before the mapping was changed: what differs was changed by hand. */
  readonly before?: readonly ImportColumn[] | undefined;
  /** What headings mean by an earlier choice of the person, or by a recipe. */
  readonly rules?: readonly HeadingRule[] | undefined;
  /** Where a recipe expects the headings; they are looked for elsewhere when they are not there. */
  readonly expectedHeaderRow?: number | undefined;
};

export type ColumnPlan = {
  readonly headerRow: number;
  /** Every column of the file, also those that are not imported: nothing is dropped silently (IMP-2). */
  readonly columns: readonly ImportColumn[];
};

/** Decides from the first rows where the headings are and what each column is taken for. */
export function planColumns(
  rows: readonly ReadRow[],
  choice: ColumnChoice,
  learned: KnownHeadings['learned'],
): ColumnPlan {
  const known: KnownHeadings = { rules: choice.rules ?? [], learned };
  const chosenRow = choice.headerRow ?? expectedRow(rows, choice);
  const { headerRow, fields } =
    chosenRow === undefined ? findHeadings(rows, known) : headingsAt(chosenRow, rows, known);
  const headings = rows.find(({ number }) => number === headerRow)?.cells ?? [];
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const below = rows.filter(({ number }) => number > headerRow);
  const meanings = columnMeanings(headings, below, known);
  const columns = Array.from({ length: width }, (_, index): ImportColumn => {
    const { field = null, origin = 'recognised', passedOver = null } = meanings[index] ?? {};
    const found = fields[index] ?? null;
    return {
      index,
      heading: shown(headings[index] ?? ''),
      samples: samplesOf(below, index),
      field: found,
      // Addresses are also recognised by themselves, whatever the heading says.
      origin: found === field ? origin : 'recognised',
      passedOver,
    };
  });
  return { headerRow, columns: choice.mapping ? mappedByHand(columns, choice.mapping, choice.before ?? []) : columns };
}

/** What the person or a recipe made of the columns, to be found again when the file is read in another way. */
export function rulesOfColumns(columns: readonly ImportColumn[]): readonly HeadingRule[] {
  return columns.flatMap(({ heading, field, origin }) =>
    origin === 'hand' || origin === 'recipe' ? [{ key: headingKey(heading), field, origin }] : [],
  );
}

/** The mapping of a person over what was there before. A column whose field went to another one was not decided about itself. */
function mappedByHand(
  recognised: readonly ImportColumn[],
  mapping: Mapping,
  before: readonly ImportColumn[],
): readonly ImportColumn[] {
  const chosen = chosenFields(mapping);
  const given = new Set(chosen.values());
  return recognised.map((column) => {
    const was = before[column.index];
    const known = was?.heading === column.heading ? { ...column, ...was } : column;
    const field = chosen.get(column.index) ?? null;
    if (field === known.field) return { ...column, field, origin: known.origin, passedOver: known.passedOver };
    const isMoved = field === null && known.field !== null && given.has(known.field);
    return { ...column, field, origin: isMoved ? 'recognised' : 'hand', passedOver: null };
  });
}

function expectedRow(rows: readonly ReadRow[], { expectedHeaderRow, rules = [] }: ColumnChoice): number | undefined {
  if (expectedHeaderRow === undefined || expectedHeaderRow === 0) return expectedHeaderRow;
  const keys = new Set(rules.map(({ key }) => key));
  const cells = rows.find(({ number }) => number === expectedHeaderRow)?.cells ?? [];
  return cells.some((cell) => keys.has(headingKey(cell))) ? expectedHeaderRow : undefined;
}

/** Columns that only later rows have are announced too, as not imported. */
export function widenColumns(columns: readonly ImportColumn[], width: number): readonly ImportColumn[] {
  const added = Array.from({ length: Math.max(0, width - columns.length) }, (_, index) => ({
    index: columns.length + index,
    heading: '',
    samples: [],
    field: null,
    origin: 'recognised' as const,
    passedOver: null,
  }));
  return [...columns, ...added];
}

export function columnOf(columns: readonly ImportColumn[], field: ImportField): number | null {
  return columns.find((column) => column.field === field)?.index ?? null;
}

/** One column for each field: of two that were chosen for the same field the first counts. */
function chosenFields(mapping: Mapping): ReadonlyMap<number, ImportField> {
  const taken = new Set<ImportField>();
  const fields = new Map<number, ImportField>();
  for (const { index, field } of mapping) {
    if (taken.has(field) || fields.has(index)) continue;
    taken.add(field);
    fields.set(index, field);
  }
  return fields;
}

function samplesOf(rows: readonly ReadRow[], column: number): readonly string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const text = (cells[column] ?? '').trim();
    if (text !== '') samples.push(shown(text));
    if (samples.length === SAMPLES) break;
  }
  return samples;
}

function shown(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`;
}
