import LockOutlined from '@mui/icons-material/LockOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Divider from '@mui/material/Divider';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useCommand } from '../../client/use-command.ts';
import { useLockState, type LockState } from '../../client/use-lock-state.ts';
import { useNotices } from '../../state/notices.ts';
import { lockText } from '../../text/lock-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { PinSettings } from './pin-settings.tsx';
import { WipeLaptop } from './wipe-laptop.tsx';

const MINUTES = [0, 1, 5, 15, 30, 60] as const;

/** SES-5: PIN, auto-lock, lock now, wipe. */
export function SecurityDialog({ onClose }: { readonly onClose: () => void }) {
  const state = useLockState();
  return (
    <Dialog open onClose={onClose} aria-labelledby="security-title" maxWidth="sm" fullWidth>
      <DialogTitle id="security-title">{lockText.security}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2.5 }}>
        {state && (
          <>
            <PinSettings state={state} />
            <Divider />
            <LockSettings state={state} />
            <Divider />
            <WipeSettings unsentCount={state.unsentCount} onDone={onClose} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {lockText.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function LockSettings({ state }: { readonly state: LockState }) {
  const setAutoLock = useCommand('session.setAutoLock');
  const lock = useCommand('session.lock');
  const problem = problemSentence(setAutoLock) || problemSentence(lock);
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h2" component="h3">
        {lockText.lockTitle}
      </Typography>
      {problem && <Alert severity="error">{problem}</Alert>}
      <TextField
        select
        label={lockText.autoLock}
        value={state.autoLockMinutes}
        disabled={!state.hasPin}
        helperText={state.hasPin ? lockText.autoLockNote : lockText.autoLockNeedsPin}
        onChange={(event) => {
          const chosen = MINUTES.find((minutes) => minutes === Number(event.target.value));
          if (chosen !== undefined) void setAutoLock.run({ minutes: chosen });
        }}
      >
        {MINUTES.map((minutes) => (
          <MenuItem key={minutes} value={minutes}>
            {lockText.minutes(minutes)}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Button
          variant="outlined"
          startIcon={<LockOutlined />}
          disabled={!state.hasPin}
          onClick={() => void lock.run({})}
        >
          {lockText.lockNow}
        </Button>
        <Typography variant="caption" color="textSecondary">
          {lockText.shortcut}
        </Typography>
      </Box>
    </Box>
  );
}

function WipeSettings({ unsentCount, onDone }: { readonly unsentCount: number; readonly onDone: () => void }) {
  const [asked, setAsked] = useState<'cache' | 'everything' | null>(null);
  const wipe = useCommand('session.wipe');
  const noticed = useNotices((notices) => notices.noticed);
  const problem = problemSentence(wipe);
  const wipeCache = async (): Promise<void> => {
    if (!(await wipe.run({ what: 'cache', confirm: '' }))?.ok) return;
    noticed(lockText.cacheWiped, 'success');
    onDone();
  };
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {asked !== 'everything' && (
        <Typography variant="h2" component="h3">
          {asked === 'cache' ? lockText.wipeCacheTitle : lockText.wipeTitle}
        </Typography>
      )}
      {problem && <Alert severity="error">{problem}</Alert>}
      {asked === null && (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <Button color="error" variant="outlined" onClick={() => setAsked('cache')}>
            {lockText.wipeCache}
          </Button>
          <Button color="error" variant="outlined" onClick={() => setAsked('everything')}>
            {lockText.wipeAll}
          </Button>
        </Box>
      )}
      {asked === 'cache' && (
        <>
          <Typography>{lockText.wipeCacheBody}</Typography>
          <Box>
            <Button color="error" variant="contained" loading={wipe.isRunning} onClick={() => void wipeCache()}>
              {lockText.wipeCacheConfirm}
            </Button>
          </Box>
        </>
      )}
      {asked === 'everything' && <WipeLaptop heading="h3" unsentCount={unsentCount} mayExport onDone={onDone} />}
      {asked !== null && (
        <Box>
          <Button onClick={() => setAsked(null)}>{lockText.cancel}</Button>
        </Box>
      )}
    </Box>
  );
}
