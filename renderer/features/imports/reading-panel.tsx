import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useState } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { Mapping } from './column-mapping.ts';
import type { ImportHeader } from './import-header.ts';
import { MappingStrip } from './mapping-strip.tsx';
import { ReadingBar, type ReadingChange } from './reading-bar.tsx';

type Change = ReadingChange & { readonly mapping?: Mapping };

/** How the file is read. Reading it again drops corrections, so with corrections it asks first. */
export function ReadingPanel({ header }: { readonly header: ImportHeader }) {
  const [asked, setAsked] = useState<Change | null>(null);
  const { run, isRunning, outcome, fault } = useCommand('imports.reread');
  const reread = (change: Change): void => {
    setAsked(null);
    void run({ id: header.id, ...change });
  };
  const onChange = (change: Change): void => {
    if (header.canUndo) setAsked(change);
    else reread(change);
  };
  const problem = problemSentence({ outcome, fault });
  if (!header.reading) return null;
  return (
    <Box
      sx={{
        bgcolor: 'background.paper',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1.5,
        px: 1.5,
        pt: 0.5,
        pb: 0.75,
        position: 'relative',
      }}
    >
      <Box sx={{ display: 'flex', gap: 2, minWidth: 0 }}>
        <ReadingBar reading={header.reading} isDisabled={isRunning} onChange={onChange} />
        <MappingStrip columns={header.columns} isDisabled={isRunning} onChange={(mapping) => onChange({ mapping })} />
      </Box>
      {isRunning && (
        <LinearProgress
          aria-label={previewText.rereading}
          sx={{ position: 'absolute', left: 0, right: 0, bottom: 0 }}
        />
      )}
      {problem && <Alert severity="error">{problem}</Alert>}
      {asked && (
        <ConfirmDialog
          title={previewText.rereadTitle}
          body={previewText.rereadBody}
          confirm={previewText.rereadConfirm}
          keep={previewText.cancelKeep}
          onConfirm={() => reread(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Box>
  );
}
