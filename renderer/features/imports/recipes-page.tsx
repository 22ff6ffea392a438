import FolderOpen from '@mui/icons-material/FolderOpenOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Link, useParams } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { FormPanel } from '../../components/form-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { useNotices } from '../../state/notices.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { importText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { recipesText } from '../../text/recipes-text.ts';
import { LearnedList } from './learned-list.tsx';
import { RecipeLine, type ListedRecipe } from './recipe-line.tsx';

/** IMP-13: the recipes of this laptop, and what was learned of columns. All of it works without a network. */
export function RecipesPage() {
  const accountId = useParams()['accountId'] as AccountId;
  const { bridge } = useEngine();
  const { data, error, refetch } = useEngineQuery('recipes.list', {});
  const { run, isRunning, outcome, fault } = useCommand('recipes.open');
  const noticed = useNotices((notices) => notices.noticed);
  const open = async (): Promise<void> => {
    const chosen = await bridge.chooseFieldlinkFile();
    const opened = chosen && (await run({ file: chosen.grant }));
    if (opened?.ok) noticed(recipesText.opened(opened.value.name, opened.value.isKnown), 'success');
  };
  const problem = problemSentence({ outcome, fault });
  const own = data?.recipes.filter(({ isBuiltIn }) => !isBuiltIn) ?? [];
  const builtIn = data?.recipes.filter(({ isBuiltIn }) => isBuiltIn) ?? [];
  return (
    <Box sx={{ height: '100%', overflow: 'auto' }}>
      <PageLayout
        title={recipesText.title}
        actions={
          <>
            <Button component={Link} to={`/accounts/${accountId}/import`}>
              {importText.back}
            </Button>
            <Button variant="outlined" startIcon={<FolderOpen />} loading={isRunning} onClick={() => void open()}>
              {recipesText.openFile}
            </Button>
          </>
        }
      >
        <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 860 }}>
          {problem && <Alert severity="error">{problem}</Alert>}
          <FormPanel title={recipesText.yours} note={recipesText.yoursNote} columns={1}>
            {error && !data && <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />}
            {!data && !error && <Skeleton variant="rounded" height={40} />}
            {data && own.length === 0 && <Typography color="textSecondary">{recipesText.empty}</Typography>}
            <RecipeList recipes={own} />
          </FormPanel>
          <LearnedList />
          <FormPanel title={recipesText.builtIn} note={recipesText.builtInNote} columns={1}>
            {!data && !error && <Skeleton variant="rounded" height={160} />}
            <RecipeList recipes={builtIn} />
          </FormPanel>
        </Box>
      </PageLayout>
    </Box>
  );
}

function RecipeList({ recipes }: { readonly recipes: readonly ListedRecipe[] }) {
  if (recipes.length === 0) return null;
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {recipes.map((recipe) => (
        <RecipeLine key={recipe.id} recipe={recipe} />
      ))}
    </Box>
  );
}
