import type { ImportField } from '../../../shared/model/import-row.ts';
import type { RecipeContent } from '../../../shared/model/import-recipe.ts';
import { SIGNS_NEEDED } from './built-in-recipes.ts';
import type { BuiltInRecipe } from './built-in-recipes.ts';
import type { HeadingRule } from './column-meanings.ts';
import { headingKey } from './match-headings.ts';

type Column = { readonly heading: string; readonly field: ImportField | null };

/** Of the headings of a recipe that a person saved: so many must be in a file for it to be offered. */
const LEAST_SHARE = 0.8;
const FEWEST_HEADINGS = 2;

export function rulesOf({ columns }: Pick<RecipeContent, 'columns'>): readonly HeadingRule[] {
  return columns.map(({ heading, field }) => ({ key: headingKey(heading), field, origin: 'recipe' }));
}

/** Headings of a recipe that a file lacks; of several for one field none counts as lacking while one is there. */
export function missingHeadings(
  { columns }: Pick<RecipeContent, 'columns'>,
  file: readonly Column[],
): readonly string[] {
  const there = keysOf(file.map(({ heading }) => heading));
  const isThere = ({ heading }: { readonly heading: string }): boolean => there.has(headingKey(heading));
  const filled = new Set(columns.filter(isThere).map(({ field }) => field));
  return columns.filter((column) => column.field !== null && !filled.has(column.field)).map(({ heading }) => heading);
}

/** Whether a file with these headings looks as if it came from where the recipe is for. */
export function fitsFile(recipe: { readonly content: RecipeContent }, file: readonly Column[]): boolean {
  const { columns } = recipe.content;
  const there = keysOf(file.map(({ heading }) => heading));
  const found = columns.filter(({ heading }) => there.has(headingKey(heading)));
  const fields = new Set(found.flatMap(({ field }) => field ?? []));
  if (!fields.has('email') || !['firstName', 'lastName', 'name'].some((name) => fields.has(name as ImportField)))
    return false;
  const signs = signsOf(recipe);
  if (signs) return new Set(signs.map(headingKey).filter((sign) => there.has(sign))).size >= SIGNS_NEEDED;
  return found.length >= FEWEST_HEADINGS && found.length >= columns.length * LEAST_SHARE;
}

/** How many columns of the file a recipe speaks of. */
export function matchedCount({ columns }: Pick<RecipeContent, 'columns'>, file: readonly Column[]): number {
  const keys = keysOf(columns.map(({ heading }) => heading));
  return file.filter(({ heading }) => keys.has(headingKey(heading))).length;
}

function signsOf(recipe: object): BuiltInRecipe['signs'] | null {
  return 'signs' in recipe ? (recipe as BuiltInRecipe).signs : null;
}

function keysOf(headings: readonly string[]): ReadonlySet<string> {
  return new Set(headings.map(headingKey).filter((key) => key !== ''));
}
