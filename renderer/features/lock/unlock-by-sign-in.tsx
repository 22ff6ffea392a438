import OpenInNew from '@mui/icons-material/OpenInNew';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import LinearProgress from '@mui/material/LinearProgress';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState, type SubmitEvent } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { lockText } from '../../text/lock-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { signInText } from '../../text/sign-in-text.ts';

/** SES-5: a forgotten PIN, where there is a network: the same person proves it at the cloud. */
export function UnlockBySignIn() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [accountNumber, setAccountNumber] = useState('');
  const [isNumberAsked, setNumberAsked] = useState(false);
  const [waiting, setWaiting] = useState<AbortController | null>(null);
  const { run, isRunning, outcome, fault } = useCommand('session.unlockBySignIn');
  // Leaving gives up the sign-in, so that no forgotten browser tab unlocks the console later.
  useEffect(() => () => waiting?.abort(), [waiting]);

  const byBrowser = async (): Promise<void> => {
    const controller = new AbortController();
    setWaiting(controller);
    await run({ way: 'browser' }, controller.signal);
    setWaiting((current) => (current === controller ? null : current));
  };
  const byPassword = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (email.trim() === '' || password === '') return;
    const digits = accountNumber.replaceAll(/\s/gu, '');
    const result = await run({
      ...{ way: 'password', email: email.trim(), password },
      ...(digits === '' ? {} : { accountNumber: digits }),
    });
    if (result?.ok === false && result.refusal.code === 'session.account-number-needed') setNumberAsked(true);
  };
  const problem = problemSentence({ outcome, fault });
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h2">{lockText.forgotTitle}</Typography>
      <Typography color="textSecondary">{lockText.forgotLead}</Typography>
      {problem && !isRunning && <Alert severity="error">{problem}</Alert>}
      {waiting && isRunning ? (
        <Box component="output" sx={{ display: 'grid', gap: 1 }}>
          <Typography sx={{ fontWeight: 600 }}>{lockText.waiting}</Typography>
          <LinearProgress aria-label={lockText.waiting} />
          <Button variant="outlined" onClick={() => setWaiting(null)}>
            {lockText.cancel}
          </Button>
        </Box>
      ) : (
        <Button variant="contained" size="medium" endIcon={<OpenInNew />} onClick={() => void byBrowser()}>
          {lockText.byBrowser}
        </Button>
      )}
      <Divider sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>{signInText.or}</Divider>
      <Box component="form" noValidate onSubmit={(event) => void byPassword(event)} sx={{ display: 'grid', gap: 1.5 }}>
        <TextField
          label={signInText.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={signInText.password}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {isNumberAsked && (
          <TextField
            label={signInText.accountNumber}
            value={accountNumber}
            onChange={(event) => setAccountNumber(event.target.value)}
            helperText={signInText.accountNumberNote}
          />
        )}
        <Button type="submit" variant="outlined" size="medium" disabled={isRunning}>
          {lockText.byPassword}
        </Button>
      </Box>
    </Box>
  );
}
