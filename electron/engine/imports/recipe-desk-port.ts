import type { ReadFailure } from '../../../shared/contract/imports.ts';
import type { Recipe, RecipeContent, RecipeId } from '../../../shared/model/import-recipe.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import type { StoredHeading } from '../database/learned-heading-repository.ts';

export type ListedRecipe = Recipe & { readonly updatedAt: string | null };
/** One of the list, or a file. */
export type RecipeSource = { readonly id: RecipeId } | { readonly path: string };
export type FileRefusal = 'file.gone' | 'recipe.not-a-recipe' | 'recipe.newer';
type Nothing = Record<string, never>;

export type AppliedRecipe = {
  readonly name: string;
  readonly isBuiltIn: boolean;
  readonly mappedCount: number;
  readonly missing: string[];
  readonly missingSheet: string | null;
  readonly isReread: boolean;
  readonly changedCount: number;
};

/** Recipes and learned headings (IMP-13): of this laptop, without the cloud. */
export type RecipeDesk = {
  list(): readonly ListedRecipe[];
  /** What a recipe of this import would hold. */
  draft(importId: string): RecipeContent | null;
  save(
    importId: string,
    wanted: {
      readonly name: string;
      readonly isReplacing: boolean;
      readonly withExisting: boolean;
      readonly withoutFixes: readonly number[];
      readonly defaultRole: string | null;
    },
  ): Outcome<
    { id: RecipeId },
    'import.not-found' | 'recipe.name-invalid' | 'recipe.name-taken' | 'recipe.built-in' | 'recipe.too-many'
  >;
  apply(
    importId: string,
    source: RecipeSource,
    signal: AbortSignal,
  ): Promise<
    Outcome<AppliedRecipe, 'import.not-found' | 'import.busy' | 'recipe.not-found' | FileRefusal | ReadFailure>
  >;
  wouldReread(importId: string, id: RecipeId): boolean;
  decline(importId: string): Outcome<Nothing, 'import.not-found'>;
  rename(
    id: RecipeId,
    name: string,
  ): Outcome<Nothing, 'recipe.not-found' | 'recipe.name-invalid' | 'recipe.name-taken' | 'recipe.built-in'>;
  remove(id: RecipeId): Outcome<Nothing, 'recipe.not-found' | 'recipe.built-in'>;
  exportTo(id: RecipeId, path: string): Promise<Outcome<Nothing, 'recipe.not-found' | 'file.not-writable'>>;
  open(
    path: string,
  ): Promise<Outcome<{ id: RecipeId; name: string; isKnown: boolean }, FileRefusal | 'recipe.too-many'>>;
  learned(): readonly StoredHeading[];
  /** Null: all of them. Resolves how many. */
  forget(key: string | null): number;
};
