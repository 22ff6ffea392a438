import { z } from 'zod';
import { recipeContent } from '../model/import-recipe.ts';

/** The recipes of a profile, the person's own first. */
export const recipesDocument = z.strictObject({
  command: z.literal('import recipes'),
  version: z.literal(1),
  recipes: z.array(
    z.strictObject({
      name: z.string(),
      isBuiltIn: z.boolean(),
      columnCount: z.int(),
      fixCount: z.int(),
      updatedAt: z.string().nullable(),
    }),
  ),
});

export const recipeDocument = z.strictObject({
  command: z.literal('import recipes show'),
  version: z.literal(1),
  name: z.string(),
  isBuiltIn: z.boolean(),
  content: recipeContent,
});

/** What was done with one recipe; `file`: what was written or read. */
export const recipeFileDocument = z.strictObject({
  command: z.enum(['import recipes export', 'import recipes open', 'import recipes delete']),
  version: z.literal(1),
  name: z.string(),
  file: z.string().nullable(),
});

/** What `--recipe` did; null: no recipe was asked for. */
export const usedRecipe = z
  .strictObject({
    name: z.string(),
    mappedCount: z.int(),
    missing: z.array(z.string()),
    missingSheet: z.string().nullable(),
    changedCount: z.int(),
  })
  .nullable();
