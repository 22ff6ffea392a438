import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useNotices } from '../../state/notices.ts';
import { lockText } from '../../text/lock-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

type Props = {
  readonly heading: 'h2' | 'h3';
  readonly unsentCount: number;
  readonly mayExport: boolean;
  readonly onDone?: () => void;
};

/** SES-5: everything goes, after the word was typed and the person has read what would be lost. */
export function WipeLaptop({ heading, unsentCount, mayExport, onDone }: Props) {
  const [word, setWord] = useState('');
  const { bridge } = useEngine();
  const wipe = useCommand('session.wipe');
  const exporting = useCommand('outbox.exportTo');
  const noticed = useNotices((notices) => notices.noticed);
  const problem = problemSentence(wipe) || problemSentence(exporting);

  const exportFirst = async (): Promise<void> => {
    const chosen = await bridge.chooseFieldlinkTarget(lockText.exportName);
    if (!chosen) return;
    const result = await exporting.run({ file: chosen.grant, remove: false });
    if (result?.ok) noticed(lockText.exported(result.value.count), 'success');
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const result = await wipe.run({ what: 'everything', confirm: word });
    if (!result?.ok) return;
    noticed(lockText.wiped, 'success');
    onDone?.();
  };
  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h2" component={heading}>
        {lockText.wipeAllTitle}
      </Typography>
      <Typography>{lockText.wipeAllBody}</Typography>
      {unsentCount > 0 && (
        <Alert
          severity="warning"
          action={
            mayExport && (
              <Button color="inherit" disabled={exporting.isRunning} onClick={() => void exportFirst()}>
                {lockText.exportFirst}
              </Button>
            )
          }
        >
          {lockText.wouldLose(unsentCount)}
        </Alert>
      )}
      {problem && <Alert severity="error">{problem}</Alert>}
      <TextField
        label={lockText.word}
        value={word}
        autoComplete="off"
        onChange={(event) => setWord(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 20, spellCheck: false } }}
      />
      <Button
        type="submit"
        color="error"
        variant="contained"
        size="medium"
        disabled={word.trim().toLowerCase() !== 'wipe'}
        loading={wipe.isRunning}
      >
        {lockText.wipeAllConfirm}
      </Button>
    </Box>
  );
}
