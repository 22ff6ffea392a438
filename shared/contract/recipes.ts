import { z } from 'zod';
import { fileGrant, importId, instant } from '../model/ids.ts';
import { recipe, recipeContent, recipeId, RECIPE_NAME_LENGTH } from '../model/import-recipe.ts';
import { importField } from '../model/import-row.ts';
import { query } from '../rpc/operation.ts';
import { editRefusals } from './import-ranges.ts';
import { readFailures } from './imports.ts';
import { command } from './refusals.ts';

/** As typed; what cannot be a name is refused with a sentence, not as a fault. */
const typedName = z.string().max(RECIPE_NAME_LENGTH * 4);

/** IMP-13: recipes, and what was learned of headings. All of it on this laptop; nothing needs the cloud. */
export const recipes = {
  /** The person's own ones by name, then those that come with the console. */
  list: query({
    input: z.strictObject({}),
    output: z.strictObject({ recipes: z.array(recipe.extend({ updatedAt: instant.nullable() })) }),
  }),
  /** What a recipe of this import would hold; null when the import is not there. */
  draft: query({ input: z.strictObject({ importId }), output: recipeContent.nullable() }),
  /** Keeps how this import was read and repaired. */
  save: command({
    input: z.strictObject({
      importId,
      name: typedName,
      /** Puts it in the place of the person's own recipe of that name. */
      isReplacing: z.boolean().default(false),
      withExisting: z.boolean().default(true),
      /** Places in the draft's list of repairs that are not kept. */
      withoutFixes: z.array(z.int().nonnegative()).max(100).default([]),
      /** For rows without a role; null: as the draft has it. */
      defaultRole: z.string().trim().min(1).max(100).nullable().default(null),
    }),
    output: z.strictObject({ id: recipeId }),
    permission: null,
    refusals: ['import.not-found', 'recipe.name-invalid', 'recipe.name-taken', 'recipe.built-in', 'recipe.too-many'],
  }),
  /**
   * Uses a recipe in an open import: columns, reading, the choice for known addresses, and its repairs as one undo step. The file is read
   * again only when the columns or the reading become others; that undoes corrections.
   */
  apply: command({
    input: z.strictObject({
      importId,
      /** One of the list, or a file that is used without being kept. */
      recipe: z.union([z.strictObject({ id: recipeId }), z.strictObject({ file: fileGrant })]),
    }),
    output: z.strictObject({
      name: z.string(),
      /** Then its headings are those that there can be, and nothing is amiss without one of them. */
      isBuiltIn: z.boolean(),
      /** Columns that are imported now. */
      mappedCount: z.int().nonnegative(),
      /** Headings of the recipe that are not in this file, one entry for a field. */
      missing: z.array(z.string()),
      /** The sheet that the recipe names and the file lacks; null otherwise. */
      missingSheet: z.string().nullable(),
      isReread: z.boolean(),
      /** Rows that its repairs changed. */
      changedCount: z.int().nonnegative(),
    }),
    permission: 'users.add',
    refusals: [
      ...editRefusals,
      ...readFailures,
      'recipe.not-found',
      'recipe.not-a-recipe',
      'recipe.newer',
      'file.gone',
    ],
  }),
  /** Whether using the recipe reads the file again, which undoes corrections. */
  wouldReread: query({
    input: z.strictObject({ importId, recipeId }),
    output: z.strictObject({ wouldReread: z.boolean() }),
  }),
  /** The offer of a fitting recipe does not come back for this import. */
  decline: command({
    input: z.strictObject({ importId }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['import.not-found'],
  }),
  rename: command({
    input: z.strictObject({ id: recipeId, name: typedName }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['recipe.not-found', 'recipe.name-invalid', 'recipe.name-taken', 'recipe.built-in'],
  }),
  remove: command({
    input: z.strictObject({ id: recipeId }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['recipe.not-found', 'recipe.built-in'],
  }),
  /** Writes the recipe as a file for another laptop. */
  exportTo: command({
    input: z.strictObject({ id: recipeId, file: fileGrant }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['recipe.not-found', 'file.not-writable'],
  }),
  /** Takes a recipe file in. One whose name is taken by another recipe gets a number behind its name. */
  open: command({
    input: z.strictObject({ file: fileGrant }),
    output: z.strictObject({
      id: recipeId,
      name: z.string(),
      /** It was here already, letter by letter. */
      isKnown: z.boolean(),
    }),
    permission: null,
    refusals: ['file.gone', 'recipe.not-a-recipe', 'recipe.newer', 'recipe.too-many'],
  }),
  /** What columns of earlier imports were taken for by hand, the last used first. */
  learned: query({
    input: z.strictObject({}),
    output: z.strictObject({
      headings: z.array(
        z.strictObject({
          key: z.string(),
          heading: z.string(),
          /** Null: the column is left out. */
          field: importField.nullable(),
          usedAt: instant,
        }),
      ),
    }),
  }),
  /** Null: everything that was learned. */
  forget: command({
    input: z.strictObject({ key: z.string().min(1).max(1000).nullable() }),
    output: z.strictObject({ forgottenCount: z.int().nonnegative() }),
    permission: null,
    refusals: [],
  }),
};
