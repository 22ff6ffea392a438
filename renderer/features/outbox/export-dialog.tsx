import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { useNotices } from '../../state/notices.ts';
import { outboxText } from '../../text/outbox-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

/** A copy for another laptop, or the work handed over: the person says which before a file is written. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [remove, setRemove] = useState(false);
  const { bridge } = useEngine();
  const status = useSyncStatus(null);
  const { run, isRunning, outcome, fault } = useCommand('outbox.exportTo');
  const noticed = useNotices((notices) => notices.noticed);
  const problem = problemSentence({ outcome, fault });
  const write = async (): Promise<void> => {
    const file = await bridge.chooseFieldlinkTarget(outboxText.queueFileName((status?.now ?? '').slice(0, 10)));
    if (!file) return;
    const result = await run({ file: file.grant, remove });
    if (!result?.ok) return;
    noticed(outboxText.exported(result.value.count, file.name), 'success');
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="export-title" maxWidth="sm">
      <DialogTitle id="export-title">{outboxText.exportTitle}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        {problem && <Alert severity="error">{problem}</Alert>}
        <Typography>{outboxText.exportBody}</Typography>
        <RadioGroup
          aria-label={outboxText.exportTitle}
          value={remove ? 'remove' : 'keep'}
          onChange={(_, value) => setRemove(value === 'remove')}
          sx={{ gap: 1 }}
        >
          <Option value="keep" label={outboxText.exportKeep} note={outboxText.exportKeepNote} />
          <Option value="remove" label={outboxText.exportRemove} note={outboxText.exportRemoveNote} />
        </RadioGroup>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{outboxText.cancel}</Button>
        <Button variant="contained" loading={isRunning} onClick={() => void write()}>
          {outboxText.chooseFile}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Option({ value, label, note }: { readonly value: string; readonly label: string; readonly note: string }) {
  return (
    <FormControlLabel
      value={value}
      control={<Radio size="small" sx={{ py: 0 }} />}
      sx={{ alignItems: 'flex-start', m: 0 }}
      label={
        <Box>
          <Typography>{label}</Typography>
          <Typography variant="caption" color="textSecondary">
            {note}
          </Typography>
        </Box>
      }
    />
  );
}
