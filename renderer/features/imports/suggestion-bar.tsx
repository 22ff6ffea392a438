import AutoFixHigh from '@mui/icons-material/AutoFixHigh';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { suggestionText } from '../../text/import-suggestions.ts';
import type { ImportHeader } from './import-header.ts';

/** IMP-4: repairs that many rows need, each made in one step. */
export function SuggestionBar({ header }: { readonly header: ImportHeader }) {
  const { data } = useEngineQuery('imports.suggestions', { id: header.id });
  const { attempt, isRunning } = useCommand('imports.applySuggestion');
  const noticed = useNotices((notices) => notices.noticed);
  const suggestions = data?.suggestions ?? [];
  if (suggestions.length === 0) return null;
  return (
    <Box component="section" aria-label={previewText.suggestions} sx={{ display: 'flex', gap: 1, px: 0.5 }}>
      {suggestions.map(({ rowCount, ...suggestion }) => (
        <Chip
          key={JSON.stringify(suggestion)}
          icon={<AutoFixHigh />}
          variant="outlined"
          color="primary"
          disabled={isRunning}
          label={suggestionText(suggestion, rowCount)}
          onClick={() => {
            void attempt({ id: header.id, suggestion }).then((tried) => {
              if (tried.outcome?.ok) noticed(previewText.cellsChanged(tried.outcome.value.changedCount), 'success');
              else noticed(problemSentence(tried), 'error');
            });
          }}
        />
      ))}
    </Box>
  );
}
