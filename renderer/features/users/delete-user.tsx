import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { whyNotDeletable } from '../../../shared/model/user-rules.ts';
import { displayNameOf, type User } from '../../../shared/model/user.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePermission } from '../../client/use-session.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { refusals } from '../../text/refusals.ts';
import { deleteUserText } from '../../text/users-text.ts';

/** USR-9: at the foot of the panel, where the portal has it; the reason in its place where it is not possible. */
export function DeleteUser({ user }: { readonly user: User }) {
  const [isAsking, setAsking] = useState(false);
  const mayDelete = usePermission('users.delete');
  const why = whyNotDeletable(user);
  if (!mayDelete || user.pending === 'deleting') return null;
  return (
    <Box sx={{ pt: 1.5, borderTop: '1px solid', borderColor: 'divider' }}>
      {why === null ? (
        <Button color="error" variant="outlined" onClick={() => setAsking(true)}>
          {deleteUserText.delete}
        </Button>
      ) : (
        <Typography variant="caption" color="textSecondary" component="p">
          {refusals['user.not-deletable']({ reason: why })}
        </Typography>
      )}
      {isAsking && <DeleteUserDialog user={user} onClose={() => setAsking(false)} />}
    </Box>
  );
}

function DeleteUserDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const { run, isRunning, outcome, fault } = useCommand('users.remove');
  const noticed = useNotices((notices) => notices.noticed);
  const name = displayNameOf(user);
  const isTyped = typed.trim().toLowerCase() === deleteUserText.word;
  const problem = problemSentence({ outcome, fault });
  const note = deleteUserText.notes[user.source];
  const remove = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isTyped || isRunning) return;
    if (!(await run({ id: user.id }))?.ok) return;
    noticed(deleteUserText.deleted(name), 'success');
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="delete-user-title" maxWidth="xs" fullWidth>
      {/* The dialog is drawn elsewhere, but its submit passes through the form of the panel all the same. */}
      <Box
        component="form"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.stopPropagation();
          void remove(event);
        }}
      >
        <DialogTitle id="delete-user-title">{deleteUserText.title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
          {problem && <Alert severity="error">{problem}</Alert>}
          <Typography sx={{ overflowWrap: 'anywhere' }}>{deleteUserText.body(name, user.email)}</Typography>
          {note && <Alert severity="info">{note}</Alert>}
          <TextField
            label={deleteUserText.type}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            inputRef={focusOnMount}
            autoComplete="off"
            sx={{ mt: 0.5 }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{deleteUserText.cancel}</Button>
          <Button type="submit" color="error" variant="contained" disabled={!isTyped} loading={isRunning}>
            {deleteUserText.delete}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
