import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { focusOnMount } from './focus-on-mount.ts';

type Props = {
  readonly title: string;
  readonly body: string;
  /** Why it did not happen; '' or left out while there is nothing to say. */
  readonly problem?: string;
  readonly confirm: string;
  /** What lets everything be as it is: it has the focus, and Escape is the same. */
  readonly keep: string;
  readonly isHarmless?: boolean;
  readonly isRunning?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks once more before something that cannot be taken back as easily as it is done. */
export function ConfirmDialog({ title, body, problem = '', confirm, keep, onConfirm, onClose, ...rest }: Props) {
  const { isHarmless = false, isRunning = false } = rest;
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`} maxWidth="sm">
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent>
        <span id={`${id}-body`}>{body}</span>
        {problem && (
          <Alert severity="error" sx={{ mt: 1.5 }}>
            {problem}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button color={isHarmless ? 'primary' : 'error'} loading={isRunning} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={onClose}>
          {keep}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
