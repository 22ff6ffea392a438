import type { ImportField } from '../../../shared/model/import-row.ts';
import type { RecipeContent } from '../../../shared/model/import-recipe.ts';
import { SIGNS_NEEDED } from './built-in-recipes.ts';
import type { HeadingRule } from './column-meanings.ts';
import { headingKey } from './match-headings.ts';

type Column = { readonly heading: string; readonly field: ImportField | null };

/** Of the headings of a recipe that a person saved: so many must be in a file for it to be offered. */
const LEAST_SHARE = 0.8;
const FEWEST_HEADINGS = 2;

type KeyedColumn = { readonly key: string; readonly heading: string; readonly field: ImportField | null };
// A list of imports asks for every recipe of every import; folding the headings once is a hundredth of the work.
const keyedColumns = new WeakMap<object, readonly KeyedColumn[]>();
const keyedSigns = new WeakMap<object, readonly string[]>();

export function rulesOf(content: Pick<RecipeContent, 'columns'>): readonly HeadingRule[] {
  return columnsOf(content).map(({ key, field }) => ({ key, field, origin: 'recipe' }));
}

/** The headings of a file, to be held against recipes. */
export function headingKeys(file: readonly Column[]): ReadonlySet<string> {
  return new Set(file.map(({ heading }) => headingKey(heading)).filter((key) => key !== ''));
}

/** Headings of a recipe that a file lacks, one entry for a field; while one of several for a field is there, none lacks. */
export function missingHeadings(content: Pick<RecipeContent, 'columns'>, file: readonly Column[]): readonly string[] {
  const there = headingKeys(file);
  const columns = columnsOf(content);
  const filled = new Set(columns.filter(({ key }) => there.has(key)).map(({ field }) => field));
  const lacking = new Map<ImportField, string[]>();
  for (const { field, heading } of columns)
    if (field !== null && !filled.has(field)) lacking.set(field, [...(lacking.get(field) ?? []), heading]);
  return [...lacking.values()].map((headings) => headings.join(' / '));
}

/** Whether a file with these headings looks as if it came from where the recipe is for. */
export function fitsFile(
  recipe: { readonly content: RecipeContent; readonly signs?: readonly string[] },
  there: ReadonlySet<string>,
): boolean {
  const columns = columnsOf(recipe.content);
  const signs = signsOf(recipe);
  const found = columns.filter(({ key }) => there.has(key));
  const fields = new Set(found.flatMap(({ field }) => field ?? []));
  if (!fields.has('email') || !NAMES.some((name) => fields.has(name))) return false;
  if (signs) return signs.filter((sign) => there.has(sign)).length >= SIGNS_NEEDED;
  return found.length >= FEWEST_HEADINGS && found.length >= columns.length * LEAST_SHARE;
}

/** How many headings of the file a recipe speaks of. */
export function matchedCount(recipe: { readonly content: RecipeContent }, there: ReadonlySet<string>): number {
  return new Set(columnsOf(recipe.content).flatMap(({ key }) => (there.has(key) ? key : []))).size;
}

const NAMES: readonly ImportField[] = ['firstName', 'lastName', 'name'];

function columnsOf({ columns }: Pick<RecipeContent, 'columns'>): readonly KeyedColumn[] {
  return kept(keyedColumns, columns, () =>
    columns.map(({ heading, field }) => ({ key: headingKey(heading), heading, field })),
  );
}

function signsOf({ signs }: { readonly signs?: readonly string[] }): readonly string[] | null {
  return signs ? kept(keyedSigns, signs, () => [...new Set(signs.map(headingKey))]) : null;
}

function kept<T>(memory: WeakMap<object, T>, of: object, make: () => T): T {
  const known = memory.get(of);
  if (known !== undefined) return known;
  const made = make();
  memory.set(of, made);
  return made;
}
