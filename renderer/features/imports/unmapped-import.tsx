import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { PageLayout } from '../../components/page-layout.tsx';
import { EmailColumnQuestion } from './email-column-question.tsx';
import type { ImportHeader, ImportReading } from './import-header.ts';
import { RecipeMenu } from './recipe-menu.tsx';
import { useRecipe, type UsedRecipe } from './use-recipe.ts';

type Props = {
  readonly header: ImportHeader;
  readonly reading: ImportReading;
  readonly onUsed: (used: UsedRecipe) => void;
  readonly children: ReactNode;
};

/** A file whose e-mail column nobody knows yet: the person names it, or uses a recipe that does. */
export function UnmappedImport({ header, reading, onUsed, children }: Props) {
  const recipe = useRecipe(header, onUsed);
  return (
    <PageLayout title={header.fileName} actions={<RecipeMenu header={header} recipe={recipe} />}>
      <EmailColumnQuestion header={header} reading={reading} recipe={recipe} />
      <Box sx={{ mt: 2 }}>{children}</Box>
    </PageLayout>
  );
}
