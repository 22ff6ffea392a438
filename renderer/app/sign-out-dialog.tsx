import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import { useEffect, useRef } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useSession } from '../client/use-session.ts';
import { useNotices } from '../state/notices.ts';
import { frameText } from '../text/frame-text.ts';
import { problemSentence } from '../text/problem-sentence.ts';

/** Signs out; with changes waiting the person first says what becomes of them. */
export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const { run, isRunning, outcome, fault } = useCommand('session.signOut');
  const waitingCount = useSession()?.waitingCount ?? 0;
  const noticed = useNotices((notices) => notices.noticed);
  const isAsked = useRef(false);

  const signOut = async (waiting: 'ask' | 'keep' | 'discard'): Promise<void> => {
    const result = await run({ waiting });
    if (!result?.ok) return;
    noticed(frameText.signedOut, 'success');
    onClose();
  };
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void signOut('ask');
  });

  const needsChoice = outcome?.ok === false && outcome.refusal.code === 'session.changes-waiting';
  const problem = needsChoice ? '' : problemSentence({ outcome, fault });
  return (
    <Dialog open onClose={onClose} aria-labelledby="sign-out-title" maxWidth="sm">
      <DialogTitle id="sign-out-title">{needsChoice ? frameText.signOutTitle : frameText.signOut}</DialogTitle>
      <DialogContent sx={{ minWidth: 360 }}>
        {needsChoice && frameText.signOutBody(Number(outcome.refusal.details?.['count'] ?? waitingCount))}
        {problem && <Alert severity="error">{problem}</Alert>}
        {isRunning && !needsChoice && <LinearProgress aria-label={frameText.signOut} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{frameText.cancel}</Button>
        {needsChoice && (
          <>
            <Button color="error" disabled={isRunning} onClick={() => void signOut('discard')}>
              {frameText.discard}
            </Button>
            <Button variant="contained" disabled={isRunning} onClick={() => void signOut('keep')}>
              {frameText.keep}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
