import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import { useSession } from '../../client/use-session.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { signInText } from '../../text/sign-in-text.ts';
import { AdminSignIn } from './admin-sign-in.tsx';
import { PartnerSignIn } from './partner-sign-in.tsx';

/** Both ways to sign in, for the first time and again. */
export function SignInForm() {
  const session = useSession();
  const status = useSyncStatus(null);
  const isOffline =
    status?.connection === 'no-link' || status?.connection === 'offline' || status?.connection === 'unreachable';
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {isOffline && <Alert severity="warning">{signInText.offline}</Alert>}
      {session?.tokenStorage === 'session-only' && <Alert severity="info">{signInText.sessionOnly}</Alert>}
      <PartnerSignIn />
      <Divider sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>{signInText.or}</Divider>
      <AdminSignIn />
    </Box>
  );
}
