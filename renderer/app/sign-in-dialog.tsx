import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useSession } from '../client/use-session.ts';
import { SignInForm } from '../features/sign-in/sign-in-form.tsx';
import { signInText } from '../text/sign-in-text.ts';

/** Signing in again without leaving the screen. Closes by itself when it is done. */
export function SignInDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  return (
    <Dialog
      open={session?.status !== 'signed-in'}
      onClose={onClose}
      maxWidth="xs"
      fullWidth
      aria-labelledby="sign-in-title"
    >
      <DialogTitle id="sign-in-title">
        {signInText.dialogTitle}
        {session ? ` – ${session.cloud.label}` : ''}
      </DialogTitle>
      <DialogContent>
        <SignInForm />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{signInText.close}</Button>
      </DialogActions>
    </Dialog>
  );
}
