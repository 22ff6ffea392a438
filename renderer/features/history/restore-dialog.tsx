import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { useCommand } from '../../client/use-command.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { OldNewList } from '../../components/old-new.tsx';
import { useNotices } from '../../state/notices.ts';
import { historyText, isAgain, restoreSentence } from '../../text/history-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { fieldPairs } from './field-pairs.ts';

type Props = { readonly entry: HistoryEntry; readonly onClose: () => void };

/** Says what will be queued before it is. */
export function RestoreDialog({ entry, onClose }: Props) {
  const { run, isRunning, outcome, fault } = useCommand('history.restore');
  const noticed = useNotices((notices) => notices.noticed);
  const again = isAgain(entry);
  const problem = problemSentence({ outcome, fault });
  const wanted = again ? entry.fields : entry.fields.map(({ field, from, to }) => ({ field, from: to, to: from }));
  const confirm = async (): Promise<void> => {
    if (!(await run({ id: entry.id }))?.ok) return;
    noticed(historyText.queued, 'success');
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="restore-title" maxWidth="sm" fullWidth>
      <DialogTitle id="restore-title">{again ? historyText.againTitle : historyText.undoTitle}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        {problem && <Alert severity="error">{problem}</Alert>}
        <Typography sx={{ overflowWrap: 'anywhere' }}>{restoreSentence(entry)}</Typography>
        {entry.kind === 'patch' && (
          <OldNewList emptyText={historyText.noValue} fields={fieldPairs(entry.type, 'patch', wanted)} />
        )}
      </DialogContent>
      <DialogActions>
        <Button ref={focusOnMount} onClick={onClose}>
          {historyText.cancel}
        </Button>
        <Button variant="contained" loading={isRunning} onClick={() => void confirm()}>
          {historyText.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
