import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useNavigate } from 'react-router';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { useNotices } from '../../state/notices.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import type { Upload } from './upload.ts';

type Props = { readonly upload: Upload; readonly onClose: () => void };

/** IMP-10: says row by row what cannot be taken back, before anything is. */
export function UndoImportDialog({ upload, onClose }: Props) {
  const { data: plan } = useEngineQuery('uploads.undoPlan', { id: upload.id });
  const { run, isRunning, outcome, fault } = useCommand('uploads.undo');
  const noticed = useNotices((notices) => notices.noticed);
  const navigate = useNavigate();
  const isPossible = plan ? plan.deleteCount + plan.restoreCount > 0 : false;
  const problem = problemSentence({ outcome, fault });
  const undo = async (): Promise<void> => {
    const undone = await run({ id: upload.id });
    if (!undone?.ok) return;
    noticed(uploadsText.undone(undone.value.queuedCount), 'success');
    void navigate(`/accounts/${upload.accountId}/uploads/${undone.value.id}`);
  };
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby="undo-import-title">
      <DialogTitle id="undo-import-title">{uploadsText.undoTitle}</DialogTitle>
      <DialogContent>
        {!plan && <Skeleton variant="rounded" height={56} />}
        {plan && (
          <DialogContentText color="textPrimary">
            {isPossible ? uploadsText.undoBody(plan.deleteCount, plan.restoreCount) : uploadsText.undoNothing}
          </DialogContentText>
        )}
        {plan && plan.left.length > 0 && (
          <>
            <Typography sx={{ mt: 1.5 }}>{uploadsText.undoLeft(plan.leftCount)}</Typography>
            <Box
              component="ul"
              // A scrollable list is reached and moved by the keyboard.
              tabIndex={0}
              sx={{ maxHeight: 220, overflow: 'auto', pl: 2.5, my: 0.5, fontSize: '0.8125rem' }}
            >
              {plan.left.map(({ row, name, email, obstacle }) => (
                <li key={row}>
                  <bdi>{name || email}</bdi>: {obstacle && uploadsText.obstacles[obstacle]}
                </li>
              ))}
              {plan.leftCount > plan.left.length && <li>{uploadsText.undoMore(plan.leftCount - plan.left.length)}</li>}
            </Box>
          </>
        )}
        {problem && (
          <Typography role="alert" color="error" sx={{ mt: 1 }}>
            {problem}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button ref={focusOnMount} onClick={onClose}>
          {uploadsText.undoKeep}
        </Button>
        <Button
          color="error"
          variant="contained"
          disabled={!isPossible}
          loading={isRunning}
          onClick={() => void undo()}
        >
          {uploadsText.undoConfirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
