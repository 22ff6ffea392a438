import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';

type Props = { readonly draft: ImportHeader; readonly onClose: () => void; readonly onCancelled: () => void };

/** IMP-5 "Cancel". */
export function CancelImportDialog({ draft, onClose, onCancelled }: Props) {
  const { run, isRunning, outcome, fault } = useCommand('imports.cancel');
  const noticed = useNotices((notices) => notices.noticed);
  const cancel = async (): Promise<void> => {
    const result = await run({ id: draft.id });
    if (!result?.ok) return;
    noticed(previewText.cancelled);
    onCancelled();
  };
  const problem = problemSentence({ outcome, fault });
  return (
    <Dialog open onClose={onClose} aria-labelledby="cancel-title" maxWidth="sm">
      <DialogTitle id="cancel-title">{previewText.cancelTitle}</DialogTitle>
      <DialogContent>
        {previewText.cancelBody(draft.rowCount, draft.queuedCount)}
        {problem && <Alert severity="error">{problem}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button color="error" loading={isRunning} onClick={() => void cancel()}>
          {previewText.cancelConfirm}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={onClose}>
          {previewText.cancelKeep}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
