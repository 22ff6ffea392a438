import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { recipesText } from '../../text/recipes-text.ts';
import type { NamedRecipe } from './use-recipe.ts';

export function DeleteRecipeDialog({
  recipe: { id, name },
  onClose,
}: {
  readonly recipe: NamedRecipe;
  readonly onClose: () => void;
}) {
  const { run, isRunning, outcome, fault } = useCommand('recipes.remove');
  const noticed = useNotices((notices) => notices.noticed);
  const remove = async (): Promise<void> => {
    const removed = await run({ id });
    if (!removed?.ok) return;
    noticed(recipesText.removed(name));
    onClose();
  };
  return (
    <ConfirmDialog
      title={recipesText.removeTitle(name)}
      body={recipesText.removeBody}
      problem={problemSentence({ outcome, fault })}
      confirm={recipesText.remove}
      keep={recipesText.keep}
      isRunning={isRunning}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}
