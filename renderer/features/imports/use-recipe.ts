import { useState } from 'react';
import type { RecipeId } from '../../../shared/model/import-recipe.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import type { OutputFor } from '../../client/operation-types.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { faultSentence } from '../../text/fault-sentence.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';

export type NamedRecipe = { readonly id: RecipeId; readonly name: string };
export type UsedRecipe = OutputFor<'recipes.apply'>;
export type RecipeUse = ReturnType<typeof useRecipe>;

/** IMP-13: uses a recipe in an import. Reading the file again drops corrections, so with corrections it asks first. */
export function useRecipe(header: ImportHeader, onUsed: (used: UsedRecipe) => void) {
  const { id: importId } = header;
  const { client } = useEngine();
  const [asked, setAsked] = useState<NamedRecipe | null>(null);
  const { attempt, isRunning } = useCommand('recipes.apply');
  const noticed = useNotices((notices) => notices.noticed);

  const confirm = async ({ id }: NamedRecipe): Promise<void> => {
    setAsked(null);
    const tried = await attempt({ importId, recipe: { id } });
    if (tried.outcome?.ok) onUsed(tried.outcome.value);
    else noticed(problemSentence(tried), 'error');
  };
  const use = async (recipe: NamedRecipe): Promise<void> => {
    try {
      const isAsking =
        header.canUndo && (await client.recipes.wouldReread({ importId, recipeId: recipe.id })).wouldReread;
      if (isAsking) setAsked(recipe);
      else await confirm(recipe);
    } catch (error) {
      noticed(faultSentence(error instanceof Error ? error : new Error(String(error))), 'error');
    }
  };
  return { use, confirm, asked, isRunning, drop: () => setAsked(null) };
}
