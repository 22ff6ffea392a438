import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import { useState } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { Mapping } from './column-mapping.ts';
import type { ImportHeader } from './import-header.ts';
import { MappingStrip } from './mapping-strip.tsx';
import { ReadingBar, type ReadingChange } from './reading-bar.tsx';
import { focusOnMount } from '../../components/focus-on-mount.ts';

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
        <Dialog open onClose={() => setAsked(null)} aria-labelledby="reread-title">
          <DialogTitle id="reread-title">{previewText.rereadTitle}</DialogTitle>
          <DialogContent>{previewText.rereadBody}</DialogContent>
          <DialogActions>
            <Button color="error" onClick={() => reread(asked)}>
              {previewText.rereadConfirm}
            </Button>
            <Button variant="contained" ref={focusOnMount} onClick={() => setAsked(null)}>
              {previewText.cancelKeep}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Box>
  );
}
