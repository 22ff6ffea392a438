import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useSession } from '../client/use-session.ts';
import { frameText } from '../text/frame-text.ts';

// Not an output element: the alert brings its own element and would be announced assertively without this.
const POLITE = 'status';

/** SES-3: an expired sign-in stops sending and nothing else. */
export function SessionBanner({ onSignIn }: { readonly onSignIn: () => void }) {
  const session = useSession();
  if (!session || session.status === 'signed-in') return null;
  const isSigningIn = session.status === 'signing-in';
  return (
    <Alert
      severity="info"
      square
      role={POLITE}
      action={
        <Button color="inherit" onClick={onSignIn}>
          {frameText.signIn}
        </Button>
      }
    >
      {isSigningIn ? frameText.signingIn : frameText.expired(session.waitingCount)}
    </Alert>
  );
}
