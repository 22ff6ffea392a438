import Box from '@mui/material/Box';
import { lazy, Suspense, useState } from 'react';
import { Outlet, useMatch } from 'react-router';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineState } from '../client/engine-provider.tsx';
import { useSession } from '../client/use-session.ts';
import { frameText } from '../text/frame-text.ts';
import { EngineBanner } from './engine-banner.tsx';
import { NavigationBar } from './navigation-bar.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { SessionBanner } from './session-banner.tsx';
import { StorageBanner } from './storage-banner.tsx';
import { TopBar } from './top-bar.tsx';
import { WorkspaceStrip } from './workspace-strip.tsx';

// What most starts do not show loads when it is asked for.
const ActivityDrawer = lazy(async () => ({
  default: (await import('../features/activity/activity-drawer.tsx')).ActivityDrawer,
}));
const SignInPage = lazy(async () => ({ default: (await import('../features/sign-in/sign-in-page.tsx')).SignInPage }));
const StorageDialog = lazy(async () => ({ default: (await import('./storage-dialog.tsx')).StorageDialog }));
const SignInDialog = lazy(async () => ({ default: (await import('./sign-in-dialog.tsx')).SignInDialog }));

/** What stands around every screen (SHL-1, SHL-3, SHL-9). */
export function Frame() {
  const [isActivityOpen, setActivityOpen] = useState(false);
  const [isSignInOpen, setSignInOpen] = useState(false);
  const [isStorageOpen, setStorageOpen] = useState(false);
  const session = useSession();
  const engine = useEngineState();
  const shownId = useMatch('/accounts/:accountId/*')?.params.accountId;
  const accountId = shownId === undefined || shownId === 'new' ? null : (shownId as AccountId);

  if (session && session.identity === null) {
    return (
      <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
        <WorkspaceStrip />
        <EngineBanner state={engine} />
        <Box sx={{ flex: 1, minHeight: 0 }}>
          <Suspense>
            <SignInPage />
          </Suspense>
        </Box>
        <NoticeBar />
      </Box>
    );
  }
  const openSignIn = (): void => setSignInOpen(true);
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box
        component="a"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
        sx={{
          position: 'absolute',
          left: -9999,
          '&:focus': { left: 8, top: 8, zIndex: 2000, bgcolor: 'background.paper', p: 1 },
        }}
      >
        {frameText.skip}
      </Box>
      <WorkspaceStrip />
      {session?.cloud.isSandbox && <SandboxStripe />}
      <TopBar accountId={accountId} onActivity={() => setActivityOpen(true)} onSignIn={openSignIn} />
      <EngineBanner state={engine} />
      <SessionBanner onSignIn={openSignIn} />
      <StorageBanner onDetails={() => setStorageOpen(true)} />
      <Box sx={{ flex: 1, minHeight: 0, display: 'flex' }}>
        <NavigationBar accountId={accountId} />
        <Box
          component="main"
          id="main"
          tabIndex={-1}
          sx={{
            flex: 1,
            minWidth: 0,
            outline: 'none',
            overflow: 'hidden',
            display: 'flex',
            flexDirection: 'column',
            '& > *': { flex: 1, minHeight: 0 },
          }}
        >
          <Outlet />
        </Box>
      </Box>
      <Suspense>
        {isActivityOpen && <ActivityDrawer onClose={() => setActivityOpen(false)} />}
        {isStorageOpen && <StorageDialog onClose={() => setStorageOpen(false)} />}
        {isSignInOpen && <SignInDialog onClose={() => setSignInOpen(false)} />}
      </Suspense>
      <NoticeBar />
    </Box>
  );
}

// A pattern and not only a colour: nobody should mistake the sandbox for a customer's cloud.
function SandboxStripe() {
  return (
    <Box
      aria-hidden
      sx={{
        height: 4,
        flexShrink: 0,
        background:
          'repeating-linear-gradient(135deg, var(--mui-palette-warning-main) 0 10px, var(--mui-palette-background-paper) 10px 16px)',
      }}
    />
  );
}
