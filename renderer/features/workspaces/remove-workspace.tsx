import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import type { Workspace } from '../../../shared/bridge/workspaces.ts';
import { useCommand } from '../../client/use-command.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useLockState } from '../../client/use-lock-state.ts';
import { lockText } from '../../text/lock-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { workspaceText } from '../../text/workspace-text.ts';

type Props = { readonly workspace: Workspace; readonly isLast: boolean };

/** Wipes the workspace of this window first, through its engine; then what is left of it goes. */
export function RemoveWorkspace({ workspace, isLast }: Props) {
  const { bridge } = useEngine();
  const [isAsked, setAsked] = useState(false);
  const [word, setWord] = useState('');
  const unsentCount = useLockState()?.unsentCount ?? 0;
  const wipe = useCommand('session.wipe');
  const problem = problemSentence(wipe);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const result = await wipe.run({ what: 'everything', confirm: word });
    if (result?.ok) await bridge.removeWorkspace(workspace.id);
  };
  if (isLast) return <Typography color="textSecondary">{workspaceText.lastOne}</Typography>;
  if (!isAsked) {
    return (
      <Box>
        <Button color="error" onClick={() => setAsked(true)}>
          {workspaceText.remove}
        </Button>
      </Box>
    );
  }
  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h2" component="h3">
        {workspaceText.removeTitle(workspace.label)}
      </Typography>
      <Typography>{workspaceText.removeBody}</Typography>
      {unsentCount > 0 && <Alert severity="warning">{lockText.wouldLose(unsentCount)}</Alert>}
      {problem && <Alert severity="error">{problem}</Alert>}
      <TextField
        label={lockText.word}
        value={word}
        autoComplete="off"
        onChange={(event) => setWord(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 20, spellCheck: false } }}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button onClick={() => setAsked(false)}>{workspaceText.cancel}</Button>
        <Button
          type="submit"
          color="error"
          variant="contained"
          disabled={word.trim().toLowerCase() !== 'wipe'}
          loading={wipe.isRunning}
        >
          {workspaceText.removeConfirm}
        </Button>
      </Box>
    </Box>
  );
}
