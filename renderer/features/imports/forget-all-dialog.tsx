import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { recipesText } from '../../text/recipes-text.ts';

type Props = { readonly total: number; readonly onClose: () => void; readonly onForget: () => void };

export function ForgetAllDialog({ total, onClose, onForget }: Props) {
  return (
    <Dialog open onClose={onClose} aria-labelledby="forget-all-title" maxWidth="sm">
      <DialogTitle id="forget-all-title">{recipesText.forgetAllTitle}</DialogTitle>
      <DialogContent>{recipesText.forgetAllBody(total)}</DialogContent>
      <DialogActions>
        <Button color="error" onClick={onForget}>
          {recipesText.forgetAll}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={onClose}>
          {recipesText.forgetKeep}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
