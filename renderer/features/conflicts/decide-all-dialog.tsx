import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useCommand } from '../../client/use-command.ts';
import { focusOnMount } from '../../components/focus-on-mount.ts';
import { conflictsText } from '../../text/conflicts-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';

type Props = {
  readonly choice: 'mine' | 'theirs';
  readonly total: number;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
};

/** One answer for the whole list, after the number has been read. */
export function DecideAllDialog({ choice, total, onClose, onDone }: Props) {
  const { run, isRunning, outcome, fault } = useCommand('conflicts.resolveAll');
  const isMine = choice === 'mine';
  const problem = problemSentence({ outcome, fault });
  const confirm = async (): Promise<void> => {
    const result = await run({ accountId: null, choice });
    if (!result?.ok) return;
    onDone(conflictsText.decidedAll(result.value.resolvedCount, isMine));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="decide-all-title" maxWidth="sm">
      <DialogTitle id="decide-all-title">{conflictsText.allTitle(total, isMine)}</DialogTitle>
      <DialogContent>
        {problem && <Alert severity="error">{problem}</Alert>}
        {conflictsText.allBody(isMine)}
      </DialogContent>
      <DialogActions>
        <Button color={isMine ? 'error' : 'primary'} loading={isRunning} onClick={() => void confirm()}>
          {isMine ? conflictsText.keepMineAll : conflictsText.keepTheirsAll}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={onClose}>
          {conflictsText.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
