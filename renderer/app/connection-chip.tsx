import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import CloudOff from '@mui/icons-material/CloudOffOutlined';
import Lock from '@mui/icons-material/LockOutlined';
import PowerOff from '@mui/icons-material/PowerSettingsNew';
import SignalOff from '@mui/icons-material/SignalWifiOffOutlined';
import Sync from '@mui/icons-material/Sync';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Popover from '@mui/material/Popover';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import type { ConnectionState } from '../../shared/model/connection.ts';
import type { AccountId } from '../../shared/model/ids.ts';
import { useCommand } from '../client/use-command.ts';
import type { SyncStatus } from '../client/use-sync-status.ts';
import { connectionLabels, connectionSentences, reasonLabels, reasonSentences } from '../text/connection.ts';
import { frameText } from '../text/frame-text.ts';
import { problemSentence } from '../text/problem-sentence.ts';
import { asOfText, waitText } from '../text/times.ts';
import { ConnectionLinks } from './connection-links.tsx';

const looks: Readonly<Record<ConnectionState, { readonly colour: string; readonly icon: ReactNode }>> = {
  online: { colour: 'success.main', icon: <CheckCircle /> },
  unreachable: { colour: 'warning.main', icon: <CloudOff /> },
  'no-link': { colour: 'warning.main', icon: <SignalOff /> },
  offline: { colour: 'text.secondary', icon: <PowerOff /> },
  'signed-out': { colour: 'info.main', icon: <Lock /> },
  checking: { colour: 'text.secondary', icon: <Sync /> },
};

type Props = { readonly status: SyncStatus; readonly accountId: AccountId | null; readonly onSignIn: () => void };

/** SHL-9: the connection in one word, and everything about it one click away. */
export function ConnectionChip({ status, accountId, onSignIn }: Props) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { connection, reason } = status;
  const { colour, icon } = looks[connection];
  const label =
    connection === 'unreachable' && reason !== 'none'
      ? `${connectionLabels[connection]}: ${reasonLabels[reason]}`
      : connectionLabels[connection];
  return (
    <>
      <Button
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        startIcon={status.isSyncing ? <Sync /> : icon}
        sx={{ color: colour, border: '1px solid', borderColor: 'divider', minWidth: 0 }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {status.isSyncing && connection === 'online' ? frameText.syncing : label}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': frameText.connectionDetails,
            sx: { width: 340, p: 2, mt: 0.5, border: '1px solid', borderColor: 'divider' },
          },
        }}
      >
        <Typography
          variant="h2"
          sx={{ color: colour, display: 'flex', gap: 0.75, alignItems: 'center', '& svg': { fontSize: 18 } }}
        >
          {icon} {label}
        </Typography>
        <Typography sx={{ mt: 0.5 }}>{connectionSentences[connection]}</Typography>
        {connection === 'unreachable' && <Typography sx={{ mt: 0.5 }}>{reasonSentences[reason]}</Typography>}
        <Facts status={status} hasAccount={accountId !== null} />
        <Actions status={status} accountId={accountId} onSignIn={onSignIn} />
        <ConnectionLinks onLeave={() => setAnchor(null)} />
      </Popover>
    </>
  );
}

function Facts({ status, hasAccount }: { readonly status: SyncStatus; readonly hasAccount: boolean }) {
  const { nowMs } = status;
  const lines: readonly (readonly [string, string])[] = [
    [
      frameText.lastContact,
      status.lastContactAt ? asOfText(status.lastContactAt, nowMs).replace(/^as of /u, '') : frameText.never,
    ],
    // Whoever works offline has switched the attempts off.
    ...(status.nextAttemptAt && status.connection !== 'offline'
      ? [[frameText.nextAttempt, waitText(status.nextAttemptAt, nowMs)] as const]
      : []),
    [frameText.accountsData, asOfText(status.accountsSyncedAt, nowMs)],
    ...(hasAccount ? [[frameText.usersData, asOfText(status.usersSyncedAt, nowMs)] as const] : []),
  ];
  return (
    <Box
      component="dl"
      sx={{ m: 0, my: 1.5, display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 12px', fontSize: '0.75rem' }}
    >
      {lines.map(([term, text]) => (
        <Box key={term} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {term}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {text}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function Actions({ status, accountId, onSignIn }: Props) {
  const now = useCommand('sync.now');
  const offline = useCommand('sync.setOffline');
  const problem = problemSentence(now) || problemSentence(offline);
  const isOffline = status.connection === 'offline';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
      <FormControlLabel
        control={
          <Switch
            size="small"
            checked={isOffline}
            onChange={(_, isOn) => {
              // Never disabled by its own effect: it would lose the focus, and Escape would no longer close the popover.
              if (!offline.isRunning) void offline.run({ offline: isOn });
            }}
          />
        }
        label={frameText.workOffline}
        sx={{ ml: -0.5, gap: 0.5 }}
      />
      {status.connection === 'signed-out' ? (
        <Button variant="contained" onClick={onSignIn}>
          {frameText.signIn}
        </Button>
      ) : (
        <Button
          variant="outlined"
          // Never disabled by its own effect: a disabled button loses the focus, and Escape would no longer close the popover.
          disabled={isOffline}
          aria-busy={status.isSyncing}
          onClick={() => void now.run({ accountId })}
        >
          {status.isSyncing ? frameText.syncing : frameText.syncNow}
        </Button>
      )}
      {problem && <Typography color="error">{problem}</Typography>}
    </Box>
  );
}
