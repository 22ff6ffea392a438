import { z } from 'zod';
import { existingChoice, importField, rowFilter } from './import-row.ts';
import type { SUGGESTION_KINDS } from './import-suggestion.ts';
import { TEXT_ENCODINGS } from './text-encoding.ts';

/** A recipe's own id, or the name of one that comes with the console. */
export const recipeId = z
  .string()
  .regex(/^(?:built-in-[a-z0-9-]{1,40}|[0-9a-f-]{36})$/u)
  .brand<'RecipeId'>();
export type RecipeId = z.output<typeof recipeId>;

export const RECIPE_NAME_LENGTH = 80;
/** Control characters, line breaks and direction marks: in a list of names they show something else than what is there. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/u;
export const recipeName = z
  .string()
  .trim()
  .min(1)
  .max(RECIPE_NAME_LENGTH)
  .refine((name) => !UNSEEN.test(name), 'a name that can be seen');

/** Cleanings of the reader that can be taken back for a whole file: the text stays as it was. */
export const KEEPABLE = [
  'spaces-trimmed',
  'invisible-removed',
  'mojibake-repaired',
  'width-changed',
  'quotes-removed',
  'mailto-removed',
  'address-extracted',
  'number-tidied',
  'exponent-expanded',
] as const;
export const keepable = z.enum(KEEPABLE);
export type Keepable = z.output<typeof keepable>;

/** Suggested repairs that mean the same in another file. */
export const REPEATABLE_REPAIRS = [
  'add-domain',
  'correct-domain',
  'correct-role',
  'name-from-address',
  'take-meant',
] as const satisfies readonly (typeof SUGGESTION_KINDS)[number][];

/** One repair of a preview that can be repeated in another file. It changes cells only: no row goes, and no user is named. */
export const recipeFix = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('replace'),
    /** Null: in every column. */
    field: importField.nullable(),
    find: z.string().min(1).max(1000),
    replacement: z.string().max(1000),
    /** Among these rows only. */
    filter: rowFilter,
    search: z.string().max(200),
  }),
  z.strictObject({
    kind: z.literal('repair'),
    repair: z.enum(REPEATABLE_REPAIRS),
    detail: z.string().max(400),
    wrong: z.string().max(400),
  }),
  /** For rows without a role. */
  z.strictObject({ kind: z.literal('default-role'), role: z.string().trim().min(1).max(100) }),
  z.strictObject({ kind: z.literal('keep-original'), code: keepable }),
]);
export type RecipeFix = z.output<typeof recipeFix>;

const recipeColumn = z.strictObject({
  heading: z.string().min(1).max(200),
  /** Null: the column is left out. */
  field: importField.nullable(),
});
export type RecipeColumn = z.output<typeof recipeColumn>;

/** What the person chose of the reading; null: as it is recognised. */
const recipeReading = z.strictObject({
  sheet: z.string().max(255).nullable(),
  encoding: z.enum(TEXT_ENCODINGS).nullable(),
  delimiter: z.string().max(1).nullable(),
  headerRow: z.int().nonnegative().max(1000).nullable(),
});

export const recipeContent = z.strictObject({
  /** The first of two headings for one field that a file has is the one that counts. */
  columns: z.array(recipeColumn).max(256),
  reading: recipeReading,
  /** IMP-7; null: as the import has it. */
  existing: existingChoice.nullable(),
  fixes: z.array(recipeFix).max(100),
});
export type RecipeContent = z.output<typeof recipeContent>;

export const recipe = z.strictObject({
  id: recipeId,
  name: recipeName,
  /** It comes with the console, and can be neither changed nor deleted. */
  isBuiltIn: z.boolean(),
  content: recipeContent,
});
export type Recipe = z.output<typeof recipe>;

/** A recipe as a file. Versions are written by newer programs only; a file that says another one is not guessed at. */
export const recipeFile = z.strictObject({
  format: z.literal('fieldlink-import-recipe'),
  version: z.literal(1),
  name: recipeName,
  ...recipeContent.shape,
});
export type RecipeFile = z.output<typeof recipeFile>;

export const RECIPE_FILE_ENDING = '.fieldlink-recipe.json';
