import History from '@mui/icons-material/SettingsBackupRestore';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { cleaningText, recipesText } from '../../text/recipes-text.ts';
import type { ImportHeader } from './import-header.ts';

/** IMP-3: under the filter “Cleaned”, every kind of cleaning can be taken back for the whole list. */
export function CleaningBar({ header }: { readonly header: ImportHeader }) {
  const { data } = useEngineQuery('imports.cleanings', { id: header.id });
  const { attempt, isRunning } = useCommand('imports.keepOriginal');
  const noticed = useNotices((notices) => notices.noticed);
  return (
    <Box component="section" aria-label={recipesText.keepAsIs} sx={{ display: 'flex', gap: 1, px: 0.5 }}>
      {data?.cleanings.map(({ code, rowCount }) => (
        <Chip
          key={code}
          icon={<History />}
          variant="outlined"
          color="primary"
          disabled={isRunning}
          label={cleaningText(code, rowCount)}
          onClick={() => {
            void attempt({ id: header.id, code }).then((tried) => {
              if (tried.outcome?.ok) noticed(previewText.cellsChanged(tried.outcome.value.changedCount), 'success');
              else noticed(problemSentence(tried), 'error');
            });
          }}
        />
      ))}
    </Box>
  );
}
