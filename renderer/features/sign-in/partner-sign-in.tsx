import OpenInNew from '@mui/icons-material/OpenInNew';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { signInText } from '../../text/sign-in-text.ts';

/** SES-1: the code flow in the system browser. */
export function PartnerSignIn() {
  const { run, isRunning, outcome, fault } = useCommand('session.signInPartner');
  const [waiting, setWaiting] = useState<AbortController | null>(null);
  // Leaving the form gives up the sign-in, so that no forgotten browser tab signs someone in later.
  useEffect(() => () => waiting?.abort(), [waiting]);

  const start = (): void => {
    const controller = new AbortController();
    setWaiting(controller);
    void run({}, controller.signal);
  };
  // Null after Cancel: the answer to a cancelled sign-in is no news.
  const problem = waiting === null ? '' : problemSentence({ outcome, fault });
  if (isRunning && waiting !== null) {
    return (
      <Box component="output" sx={{ display: 'grid', gap: 1 }}>
        <Typography sx={{ fontWeight: 600 }}>{signInText.waiting}</Typography>
        <LinearProgress aria-label={signInText.waiting} />
        <Typography variant="caption" color="textSecondary">
          {signInText.waitingNote}
        </Typography>
        <Button variant="outlined" onClick={() => setWaiting(null)}>
          {signInText.cancel}
        </Button>
      </Box>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {problem && <Alert severity="error">{problem}</Alert>}
      <Button variant="contained" size="medium" endIcon={<OpenInNew />} onClick={start}>
        {signInText.partner}
      </Button>
      <Typography variant="caption" color="textSecondary">
        {signInText.partnerNote}
      </Typography>
    </Box>
  );
}
