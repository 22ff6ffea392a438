import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { useCommand } from '../../client/use-command.ts';
import type { LockState } from '../../client/use-lock-state.ts';
import { useNotices } from '../../state/notices.ts';
import { lockText } from '../../text/lock-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { clockTime } from '../../text/times.ts';

const EMPTY = { current: '', next: '', repeat: '' };

/** Sets, changes and removes the PIN. */
export function PinSettings({ state }: { readonly state: LockState }) {
  const [typed, setTyped] = useState(EMPTY);
  const [isChecked, setChecked] = useState(false);
  const setPin = useCommand('session.setPin');
  const noticed = useNotices((notices) => notices.noticed);
  const isWaiting = state.waitSeconds > 0;
  const isDifferent = typed.next !== typed.repeat;
  const problem = isWaiting ? lockText.tryAgainAt(clockTime(state.retryAt ?? '')) : problemSentence(setPin);

  const save = async (pin: string | null): Promise<void> => {
    const result = await setPin.run({ pin, currentPin: state.hasPin ? typed.current : null });
    if (!result?.ok) return;
    setTyped(EMPTY);
    setChecked(false);
    noticed(pin === null ? lockText.pinRemoved : lockText.pinSet, 'success');
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (typed.next !== '' && !isDifferent) void save(typed.next);
  };
  const field = (name: keyof typeof EMPTY, label: string, helperText = '', isWrong = false) => (
    <TextField
      label={label}
      type="password"
      autoComplete={name === 'current' ? 'current-password' : 'new-password'}
      value={typed[name]}
      error={isWrong}
      helperText={helperText || undefined}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    <Box component="form" noValidate onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h2" component="h3">
        {lockText.pinTitle}
      </Typography>
      <Typography color="textSecondary">{lockText.pinNote}</Typography>
      {problem && <Alert severity={isWaiting ? 'warning' : 'error'}>{problem}</Alert>}
      {state.hasPin && field('current', lockText.currentPin)}
      {field('next', lockText.newPin, lockText.newPinNote)}
      {field(
        'repeat',
        lockText.repeatPin,
        isChecked && isDifferent ? lockText.pinsDiffer : '',
        isChecked && isDifferent,
      )}
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button type="submit" variant="outlined" disabled={isWaiting} loading={setPin.isRunning}>
          {state.hasPin ? lockText.changePin : lockText.setPin}
        </Button>
        {state.hasPin && (
          <Button disabled={isWaiting || typed.current === '' || setPin.isRunning} onClick={() => void save(null)}>
            {lockText.removePin}
          </Button>
        )}
      </Box>
    </Box>
  );
}
