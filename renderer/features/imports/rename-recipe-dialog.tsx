import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useState, type SubmitEvent } from 'react';
import { RECIPE_NAME_LENGTH } from '../../../shared/model/import-recipe.ts';
import { useCommand } from '../../client/use-command.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { recipesText } from '../../text/recipes-text.ts';
import type { NamedRecipe } from './use-recipe.ts';

export function RenameRecipeDialog({
  recipe,
  onClose,
}: {
  readonly recipe: NamedRecipe;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(recipe.name);
  const { run, isRunning, outcome, fault, reset } = useCommand('recipes.rename');
  const noticed = useNotices((notices) => notices.noticed);
  const problem = problemSentence({ outcome, fault });
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const renamed = await run({ id: recipe.id, name });
    if (!renamed?.ok) return;
    noticed(recipesText.renamed, 'success');
    onClose();
  };
  return (
    <Dialog open fullWidth maxWidth="xs" onClose={onClose} aria-labelledby="rename-recipe-title">
      <Box component="form" onSubmit={(event) => void onSubmit(event)} sx={{ display: 'contents' }}>
        <DialogTitle id="rename-recipe-title">{recipesText.renameTitle(recipe.name)}</DialogTitle>
        <DialogContent>
          <TextField
            required
            fullWidth
            label={recipesText.name}
            value={name}
            inputRef={focusOnMount}
            error={problem !== ''}
            helperText={problem || recipesText.nameHint}
            onChange={(event) => {
              setName(event.target.value);
              reset();
            }}
            sx={{ mt: 1 }}
            slotProps={{ htmlInput: { maxLength: RECIPE_NAME_LENGTH }, formHelperText: { role: 'status' } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{recipesText.cancel}</Button>
          <Button type="submit" variant="contained" loading={isRunning} disabled={name.trim() === ''}>
            {recipesText.rename}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
