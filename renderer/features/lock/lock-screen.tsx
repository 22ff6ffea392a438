import Fingerprint from '@mui/icons-material/Fingerprint';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { useLockState, type LockState } from '../../client/use-lock-state.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { ProductMark } from '../../components/product-mark.tsx';
import { frameText } from '../../text/frame-text.ts';
import { lockText } from '../../text/lock-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { clockTime } from '../../text/times.ts';
import { UnlockBySignIn } from './unlock-by-sign-in.tsx';
import { WipeLaptop } from './wipe-laptop.tsx';

/** SES-5: all there is of the console while it is locked. */
export function LockScreen() {
  const state = useLockState();
  const [view, setView] = useState<'pin' | 'forgot' | 'wipe'>('pin');
  if (!state) return null;
  return (
    <Box component="main" sx={{ height: '100%', overflow: 'auto', display: 'grid', placeItems: 'center', p: 3 }}>
      <Box sx={{ width: 400, maxWidth: '100%' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2 }}>
          <Box sx={{ flexShrink: 0, display: 'flex' }}>
            <ProductMark size={40} label={frameText.product} />
          </Box>
          <Box>
            <Typography variant="h1">{lockText.title}</Typography>
            <Typography color="textSecondary">{lockText.lead}</Typography>
          </Box>
        </Box>
        <Box
          sx={{ bgcolor: 'background.paper', border: '1px solid', borderColor: 'divider', borderRadius: 1.5, p: 2.5 }}
        >
          {view === 'pin' && <PinForm state={state} />}
          {view === 'forgot' && <UnlockBySignIn />}
          {view === 'wipe' && <WipeLaptop heading="h2" unsentCount={state.unsentCount} mayExport={false} />}
        </Box>
        <Box sx={{ mt: 1, display: 'flex', justifyContent: 'space-between', gap: 1 }}>
          <Button color="inherit" onClick={() => setView(view === 'pin' ? 'forgot' : 'pin')}>
            {view === 'pin' ? lockText.forgot : lockText.back}
          </Button>
          {view === 'forgot' && (
            <Button color="error" onClick={() => setView('wipe')} title={lockText.wipeInsteadNote}>
              {lockText.wipeInstead}
            </Button>
          )}
        </Box>
      </Box>
    </Box>
  );
}

function PinForm({ state }: { readonly state: LockState }) {
  const [pin, setPin] = useState('');
  const unlock = useCommand('session.unlock');
  const bySystem = useCommand('session.unlockBySystem');
  const isWaiting = state.waitSeconds > 0;
  const isWaitRefused = unlock.outcome?.ok === false && unlock.outcome.refusal.code === 'lock.wait';
  const problem = (isWaiting || isWaitRefused ? '' : problemSentence(unlock)) || problemSentence(bySystem);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (pin === '' || isWaiting || unlock.isRunning) return;
    await unlock.run({ pin });
    setPin('');
  };
  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 1.5 }}>
      {problem && <Alert severity="error">{problem}</Alert>}
      <Wait state={state} />
      <TextField
        label={lockText.pin}
        type="password"
        autoComplete="off"
        value={pin}
        inputRef={focusOnMount}
        onChange={(event) => setPin(event.target.value)}
      />
      <Button type="submit" variant="contained" size="medium" disabled={isWaiting} loading={unlock.isRunning}>
        {lockText.unlock}
      </Button>
      {state.canUseSystem && (
        <Button
          variant="outlined"
          size="medium"
          startIcon={<Fingerprint />}
          loading={bySystem.isRunning}
          onClick={() => void bySystem.run({})}
        >
          {lockText.bySystem}
        </Button>
      )}
    </Box>
  );
}

/** Said once when the wait begins and once when it ends; the seconds between are for the eyes. */
function Wait({ state: { retryAt, waitSeconds } }: { readonly state: LockState }) {
  const isWaiting = retryAt !== null && waitSeconds > 0;
  return (
    <>
      <Box component="output" sx={retryAt === null ? { display: 'none' } : {}}>
        {retryAt !== null && (
          <Alert severity={isWaiting ? 'warning' : 'info'} role="presentation">
            {isWaiting ? lockText.tryAgainAt(clockTime(retryAt)) : lockText.mayTry}
          </Alert>
        )}
      </Box>
      {isWaiting && (
        <Typography aria-hidden color="textSecondary">
          {lockText.secondsLeft(waitSeconds)}
        </Typography>
      )}
    </>
  );
}
