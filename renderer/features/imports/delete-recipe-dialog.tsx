import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useCommand } from '../../client/use-command.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
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
  const problem = problemSentence({ outcome, fault });
  return (
    <Dialog open onClose={onClose} aria-labelledby="delete-recipe-title" maxWidth="sm">
      <DialogTitle id="delete-recipe-title">{recipesText.removeTitle(name)}</DialogTitle>
      <DialogContent>
        {recipesText.removeBody}
        {problem && <Alert severity="error">{problem}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button color="error" loading={isRunning} onClick={() => void remove()}>
          {recipesText.remove}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={onClose}>
          {recipesText.keep}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
