import type { RecipeContent, RecipeId } from '../../../shared/model/import-recipe.ts';
import type { StoredImport } from '../database/import-repository.ts';
import type { RecipeRepository } from '../database/recipe-repository.ts';
import { BUILT_IN_RECIPES } from '../domain/built-in-recipes.ts';
import { fitsFile, headingKeys, matchedCount } from '../domain/recipe-match.ts';

type Named = { readonly id: string; readonly name: string; readonly content: RecipeContent };

/** The recipe to offer for this import: of those that fit, one of the person's own before a built-in one, then the fullest. */
export function fittingRecipe(
  recipes: RecipeRepository,
  { state, reading, columns, chosen }: StoredImport,
): { readonly id: RecipeId; readonly name: string } | null {
  if (state !== 'preview' && state !== 'failed') return null;
  if (!reading || reading.headerRow === 0 || chosen.recipe || chosen.isOfferDeclined) return null;
  const there = headingKeys(columns);
  const best = (from: readonly Named[]): Named | undefined =>
    from
      .filter((recipe) => fitsFile(recipe, there))
      .toSorted((a, b) => matchedCount(b, there) - matchedCount(a, there))[0];
  const found = best(recipes.all()) ?? best(BUILT_IN_RECIPES);
  return found ? { id: found.id as RecipeId, name: found.name } : null;
}
