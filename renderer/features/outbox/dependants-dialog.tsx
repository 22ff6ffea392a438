import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { outboxText } from '../../text/outbox-text.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';

type Props = { readonly count: number | null; readonly onClose: () => void; readonly onConfirm: () => void };

/** SYNC 3.4: a change that others build on is undone with them or not at all. */
export function DependantsDialog({ count, onClose, onConfirm }: Props) {
  return (
    <Dialog open onClose={onClose} aria-labelledby="dependants-title">
      <DialogTitle id="dependants-title">{outboxText.dependantsTitle}</DialogTitle>
      <DialogContent>{outboxText.dependantsBody(count)}</DialogContent>
      <DialogActions>
        <Button color="error" onClick={onConfirm}>
          {outboxText.undoAll}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={onClose}>
          {outboxText.keep}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
