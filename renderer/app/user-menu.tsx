import AccountCircle from '@mui/icons-material/AccountCircleOutlined';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { roleLabel } from '../../shared/model/role.ts';
import { useEngine } from '../client/engine-provider.tsx';
import type { SessionState } from '../client/use-session.ts';
import { IconAction } from '../components/icon-action.tsx';
import { usePreferences } from '../state/preferences.ts';
import { frameText } from '../text/frame-text.ts';
import { offlineText } from '../text/offline-text.ts';
import { lockText } from '../text/lock-text.ts';
import { storageText } from '../text/storage-text.ts';
import { workspaceText } from '../text/workspace-text.ts';

const WorkspacesDialog = lazy(async () => ({
  default: (await import('../features/workspaces/workspaces-dialog.tsx')).WorkspacesDialog,
}));
const SecurityDialog = lazy(async () => ({
  default: (await import('../features/lock/security-dialog.tsx')).SecurityDialog,
}));
const StorageDialog = lazy(async () => ({ default: (await import('./storage-dialog.tsx')).StorageDialog }));
const SignOutDialog = lazy(async () => ({ default: (await import('./sign-out-dialog.tsx')).SignOutDialog }));

export function UserMenu({ session }: { readonly session: SessionState }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isSigningOut, setSigningOut] = useState(false);
  const [isStorageOpen, setStorageOpen] = useState(false);
  const [isWorkspacesOpen, setWorkspacesOpen] = useState(false);
  const [isSecurityOpen, setSecurityOpen] = useState(false);
  const { bridge } = useEngine();
  const { identity } = session;
  const name = identity?.name ?? '';
  const close = (): void => setAnchor(null);
  return (
    <>
      <IconAction
        label={frameText.userMenu(name)}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <AccountCircle />
      </IconAction>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': frameText.userMenu(name),
            sx: { width: 340, mt: 0.5, border: '1px solid', borderColor: 'divider' },
          },
        }}
      >
        <Box sx={{ p: 2, display: 'grid', gap: 0.25 }}>
          <Typography variant="h2" noWrap title={name} dir="auto">
            {name}
          </Typography>
          <Typography noWrap color="textSecondary" title={identity?.email}>
            {identity?.email}
          </Typography>
          <Typography noWrap color="textSecondary" title={identity?.accountName}>
            {[roleLabel(identity?.role ?? ''), identity?.accountName].filter(Boolean).join(' · ')}
          </Typography>
        </Box>
        <Divider />
        <Box sx={{ p: 2, display: 'grid', gap: 1.5 }}>
          <ThemeChoice />
          <DensityChoice />
        </Box>
        <Divider />
        <Box sx={{ p: 1, display: 'grid', justifyItems: 'start' }}>
          <Button color="inherit" component={Link} to="/offline" onClick={close}>
            {offlineText.title}
          </Button>
          <Button color="inherit" onClick={() => void bridge.openWindow().then(close)}>
            {frameText.newWindow}
          </Button>
          <Button
            color="inherit"
            onClick={() => {
              close();
              setStorageOpen(true);
            }}
          >
            {storageText.open}
          </Button>
          <Button
            color="inherit"
            onClick={() => {
              close();
              setWorkspacesOpen(true);
            }}
          >
            {workspaceText.open}
          </Button>
          <Button
            color="inherit"
            onClick={() => {
              close();
              setSecurityOpen(true);
            }}
          >
            {lockText.security}
          </Button>
          <Button
            color="inherit"
            onClick={() => {
              close();
              setSigningOut(true);
            }}
          >
            {frameText.signOut}
          </Button>
        </Box>
        {bridge.runtimeNotice && (
          <Typography variant="caption" color="textSecondary" component="p" sx={{ px: 2, pb: 1.5 }}>
            {bridge.runtimeNotice}
          </Typography>
        )}
      </Popover>
      <Suspense>
        {isSigningOut && <SignOutDialog onClose={() => setSigningOut(false)} />}
        {isWorkspacesOpen && <WorkspacesDialog onClose={() => setWorkspacesOpen(false)} />}
        {isSecurityOpen && <SecurityDialog onClose={() => setSecurityOpen(false)} />}
        {isStorageOpen && <StorageDialog onClose={() => setStorageOpen(false)} />}
      </Suspense>
    </>
  );
}

function ThemeChoice() {
  const { mode, setMode } = useColorScheme();
  return (
    <Choice
      label={frameText.theme}
      value={mode ?? 'system'}
      options={[
        ['light', frameText.light],
        ['dark', frameText.dark],
        ['system', frameText.system],
      ]}
      onChoose={setMode}
    />
  );
}

function DensityChoice() {
  const density = usePreferences((preferences) => preferences.density);
  const densityChosen = usePreferences((preferences) => preferences.densityChosen);
  return (
    <Choice
      label={frameText.density}
      value={density}
      options={[
        ['comfortable', frameText.comfortable],
        ['compact', frameText.compact],
      ]}
      onChoose={densityChosen}
    />
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChoose: (value: Value) => void;
};

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>): ReactNode {
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      <Typography variant="caption" color="textSecondary">
        {label}
      </Typography>
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        value={value}
        aria-label={label}
        onChange={(_, next: Value | null) => next !== null && onChoose(next)}
      >
        {options.map(([option, text]) => (
          <ToggleButton key={option} value={option}>
            {text}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Box>
  );
}
