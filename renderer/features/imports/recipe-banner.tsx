import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { previewText } from '../../text/imports-text.ts';
import { recipesText } from '../../text/recipes-text.ts';
import type { ImportHeader } from './import-header.ts';
import type { RecipeUse, UsedRecipe } from './use-recipe.ts';

type Props = {
  readonly header: ImportHeader;
  readonly recipe: RecipeUse;
  readonly used: UsedRecipe | null;
  readonly onClose: () => void;
};

/** IMP-13: offers a recipe that fits, and says what one did. It comes with the page, so that nothing below it moves by itself. */
export function RecipeBanner({ header, recipe, used, onClose }: Props) {
  const { fittingRecipe } = header;
  const { asked } = recipe;
  const decline = useCommand('recipes.decline');
  const lacks = used ? recipesText.lacks(used) : '';
  return (
    <>
      {used ? (
        <Alert severity={lacks === '' || used.isBuiltIn ? 'success' : 'warning'} sx={{ mb: 1 }} onClose={onClose}>
          {recipesText.used(used)} {lacks}
        </Alert>
      ) : (
        fittingRecipe && (
          <Alert
            severity="info"
            component="output"
            sx={{ mb: 1 }}
            action={
              <Box sx={{ display: 'flex', gap: 1 }}>
                <Button
                  size="small"
                  variant="contained"
                  loading={recipe.isRunning}
                  onClick={() => void recipe.use(fittingRecipe)}
                >
                  {recipesText.use}
                </Button>
                <Button
                  size="small"
                  color="inherit"
                  loading={decline.isRunning}
                  onClick={() => void decline.run({ importId: header.id })}
                >
                  {recipesText.notNow}
                </Button>
              </Box>
            }
          >
            {recipesText.offer(fittingRecipe.name)}
          </Alert>
        )
      )}
      {asked && (
        <ConfirmDialog
          title={recipesText.rereadTitle(asked.name)}
          body={recipesText.rereadBody}
          confirm={previewText.rereadConfirm}
          keep={previewText.cancelKeep}
          onConfirm={() => void recipe.confirm(asked)}
          onClose={recipe.drop}
        />
      )}
    </>
  );
}
