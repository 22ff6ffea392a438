import type { ImportField } from '../../../shared/model/import-row.ts';
import type { ImportColumn } from '../database/import-repository.ts';
import { findHeadings, headingsAt } from '../domain/import-headings.ts';
import type { ReadRow } from './reading/read-rows.ts';

const SAMPLES = 3;
const SHOWN_CHARACTERS = 200;

type Mapping = readonly { readonly index: number; readonly field: ImportField }[];
/** How the person wants the columns read; absent: as recognised. */
export type ColumnChoice = { readonly headerRow?: number | undefined; readonly mapping?: Mapping | undefined };

export type ColumnPlan = {
  readonly headerRow: number;
  /** Every column of the file, also those that are not imported: nothing is dropped silently (IMP-2). */
  readonly columns: readonly ImportColumn[];
};

/** Decides from the first rows where the headings are and what each column is taken for. */
export function planColumns(rows: readonly ReadRow[], choice: ColumnChoice): ColumnPlan {
  const { headerRow, fields } =
    choice.headerRow === undefined ? findHeadings(rows) : headingsAt(choice.headerRow, rows);
  const headings = rows.find(({ number }) => number === headerRow)?.cells ?? [];
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const below = rows.filter(({ number }) => number > headerRow);
  const chosen = choice.mapping && chosenFields(choice.mapping);
  const columns = Array.from({ length: width }, (_, index) => ({
    index,
    heading: shown(headings[index] ?? ''),
    samples: samplesOf(below, index),
    field: (chosen ? chosen.get(index) : fields[index]) ?? null,
  }));
  return { headerRow, columns };
}

/** Columns that only later rows have are announced too, as not imported. */
export function widenColumns(columns: readonly ImportColumn[], width: number): readonly ImportColumn[] {
  const added = Array.from({ length: Math.max(0, width - columns.length) }, (_, index) => ({
    index: columns.length + index,
    heading: '',
    samples: [],
    field: null,
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
