import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useState } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { importText, previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { Mapping } from './column-mapping.ts';
import type { ImportHeader, ImportReading } from './import-header.ts';
import { MappingStrip } from './mapping-strip.tsx';
import { RecipeBanner } from './recipe-banner.tsx';
import type { RecipeUse } from './use-recipe.ts';
import { ReadingBar, type ReadingChange } from './reading-bar.tsx';

type Props = {
  readonly header: ImportHeader;
  readonly reading: ImportReading;
  readonly recipe: RecipeUse;
};

/** IMP-2: a file whose e-mail column was not recognised is not refused; the person says which one it is. */
export function EmailColumnQuestion({ header, reading, recipe }: Props) {
  // The engine keeps no mapping that it could not read with, so the other columns are remembered here until there is an e-mail column.
  const [chosen, setChosen] = useState<Mapping | null>(null);
  const { run, isRunning, outcome, fault } = useCommand('imports.reread');
  const columns = chosen === null ? header.columns : mapped(header.columns, chosen);
  const onMapping = (mapping: Mapping): void => {
    setChosen(mapping);
    if (mapping.some(({ field }) => field === 'email')) void run({ id: header.id, mapping });
  };
  const onReading = (change: ReadingChange): void => {
    setChosen(null);
    void run({ id: header.id, ...change });
  };
  const problem = problemSentence({ outcome, fault });
  return (
    <>
      <RecipeBanner header={header} recipe={recipe} used={null} onClose={() => undefined} />
      <Alert severity="warning" sx={{ mb: 1.5 }}>
        <strong>{importText.mapTitle}</strong>
        <br />
        {importText.mapBody(header.fileName)}
      </Alert>
      <Box
        sx={{
          bgcolor: 'background.paper',
          border: '1px solid',
          borderColor: 'divider',
          borderRadius: 1.5,
          px: 1.5,
          pt: 0.5,
          pb: 0.75,
          display: 'flex',
          gap: 2,
          minWidth: 0,
        }}
      >
        <ReadingBar reading={reading} isDisabled={isRunning} onChange={onReading} />
        <MappingStrip columns={columns} isDisabled={isRunning} onChange={onMapping} />
      </Box>
      {isRunning && <LinearProgress aria-label={previewText.rereading} />}
      {problem && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {problem}
        </Alert>
      )}
    </>
  );
}

function mapped(columns: ImportHeader['columns'], mapping: Mapping): ImportHeader['columns'] {
  return columns.map((column) => ({
    ...column,
    field: mapping.find(({ index }) => index === column.index)?.field ?? null,
  }));
}
