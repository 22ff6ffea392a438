import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import Download from '@mui/icons-material/FileDownloadOutlined';
import Edit from '@mui/icons-material/EditOutlined';
import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useEngine } from '../../client/engine-provider.tsx';
import type { OutputFor } from '../../client/operation-types.ts';
import { useCommand } from '../../client/use-command.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { Pill } from '../../components/pill.tsx';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { recipesText } from '../../text/recipes-text.ts';
import { dateText } from '../../text/times.ts';
import { DeleteRecipeDialog } from './delete-recipe-dialog.tsx';
import { RecipeContent } from './recipe-content.tsx';
import { RenameRecipeDialog } from './rename-recipe-dialog.tsx';

export type ListedRecipe = OutputFor<'recipes.list'>['recipes'][number];

/** One recipe: what it does, and what can be done with it. */
export function RecipeLine({ recipe }: { readonly recipe: ListedRecipe }) {
  const { id, name, isBuiltIn, content, updatedAt } = recipe;
  const detailsId = useId();
  const { bridge } = useEngine();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null);
  const { attempt, isRunning } = useCommand('recipes.exportTo');
  const noticed = useNotices((notices) => notices.noticed);
  const exportIt = async (): Promise<void> => {
    const target = await bridge.chooseFieldlinkTarget(recipesText.fileName(name));
    if (!target) return;
    const exported = await attempt({ id, file: target.grant });
    if (exported.outcome?.ok) noticed(recipesText.exported(target.name), 'success');
    else noticed(problemSentence(exported), 'error');
  };
  const actionLabel = (action: string): string => `${action}: ${name}`;
  return (
    <Box
      component="li"
      sx={{ py: 0.5, borderTop: '1px solid', borderColor: 'divider', '&:first-of-type': { border: 0 } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography noWrap sx={{ fontWeight: 600 }} title={name} dir="auto">
            {name}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {[recipesText.summary(content), ...(updatedAt ? [recipesText.savedOn(dateText(updatedAt))] : [])].join(
              ' · ',
            )}
          </Typography>
        </Box>
        {isBuiltIn && <Pill>{recipesText.builtIn}</Pill>}
        <IconAction
          label={actionLabel(recipesText.showContent)}
          aria-expanded={isOpen}
          aria-controls={detailsId}
          onClick={() => setOpen((isShown) => !isShown)}
        >
          {isOpen ? <ExpandLess fontSize="small" /> : <ExpandMore fontSize="small" />}
        </IconAction>
        <IconAction label={actionLabel(recipesText.exportIt)} disabled={isRunning} onClick={() => void exportIt()}>
          <Download fontSize="small" />
        </IconAction>
        {!isBuiltIn && (
          <>
            <IconAction label={actionLabel(recipesText.rename)} onClick={() => setAsked('rename')}>
              <Edit fontSize="small" />
            </IconAction>
            <IconAction label={actionLabel(recipesText.remove)} onClick={() => setAsked('delete')}>
              <DeleteOutline fontSize="small" />
            </IconAction>
          </>
        )}
      </Box>
      <Box id={detailsId} sx={isOpen ? { pt: 0.75, pb: 1 } : { display: 'none' }}>
        {isOpen && <RecipeContent content={content} />}
      </Box>
      {asked === 'rename' && <RenameRecipeDialog recipe={recipe} onClose={() => setAsked(null)} />}
      {asked === 'delete' && <DeleteRecipeDialog recipe={recipe} onClose={() => setAsked(null)} />}
    </Box>
  );
}
