import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import LinearProgress from '@mui/material/LinearProgress';
import Switch from '@mui/material/Switch';
import { useEffect, useState } from 'react';
import { useEngine } from '../../client/engine-provider.tsx';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { previewText } from '../../text/imports-text.ts';
import { planText } from '../../text/plan-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';
import { NewerFileAlert } from './newer-file-alert.tsx';
import { PlanCounts } from './plan-counts.tsx';
import { PlanSeats } from './plan-seats.tsx';
import type { RowFilter } from './preview-toolbar.tsx';
import { paceOf, type Pace } from './upload-pace.ts';

type Props = {
  readonly header: ImportHeader;
  readonly onClose: () => void;
  readonly onShow: (filter: RowFilter) => void;
  readonly onUpload: (pace: Pace) => void;
};

/** IMP-6: what Upload does, held against the account as it is now, before anything is sent. */
export function PlanDialog({ header, onClose, onShow, onUpload }: Props) {
  const { id, accountId, createCount, changeCount, conflictCount } = header;
  const { run, isRunning, outcome, fault } = useCommand('imports.recheck');
  const account = useEngineQuery('accounts.get', { id: accountId }).data;
  const users = useEngineQuery('users.page', { accountId, limit: 1 }).data;
  const [isCareful, setCareful] = useState(true);
  useEffect(() => void run({ id, accept: false }), [run, id]);
  const { bridge } = useEngine();
  const saving = useCommand('imports.savePlan');
  const noticed = useNotices((notices) => notices.noticed);
  const save = async (): Promise<void> => {
    const target = await bridge.chooseFieldlinkTarget(planText.fileName(header.accountName));
    if (!target) return;
    const saved = await saving.attempt({ id, file: target.grant });
    if (saved.outcome?.ok) noticed(planText.saved(target.name, saved.outcome.value.rowCount), 'success');
    else noticed(problemSentence(saved), 'error');
  };
  const goes = createCount + changeCount;
  const seats = account && users ? { limit: account.userLimit, used: users.total, more: createCount } : null;
  const problem = problemSentence({ outcome, fault });
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby="plan-title">
      <DialogTitle id="plan-title">{planText.title(header.accountName)}</DialogTitle>
      <DialogContent>
        <Box sx={{ height: 4, mb: 1 }}>{isRunning && <LinearProgress aria-label={planText.checking} />}</Box>
        <PlanCounts header={header} onShow={onShow} />
        <Box sx={{ display: 'grid', gap: 1, mt: 2 }}>
          {outcome?.ok && outcome.value.isFileNewer && <NewerFileAlert header={header} onReread={onClose} />}
          {problem && <Alert severity="error">{problem}</Alert>}
          {seats && seats.limit > 0 && createCount > 0 && (
            <Alert severity={seats.used + seats.more > seats.limit ? 'warning' : 'info'}>{planText.seats(seats)}</Alert>
          )}
          <PlanSeats id={id} />
          {createCount > 0 && <Alert severity="info">{planText.noWelcome(createCount)}</Alert>}
          {conflictCount > 0 && (
            <Alert
              severity="warning"
              action={
                <Button
                  color="inherit"
                  size="small"
                  disabled={isRunning}
                  onClick={() => void run({ id, accept: true })}
                >
                  {previewText.acceptMoved}
                </Button>
              }
            >
              {previewText.movedNote(conflictCount)}
            </Alert>
          )}
          <FormControlLabel
            control={<Switch checked={isCareful} onChange={(event) => setCareful(event.target.checked)} />}
            label={planText.careful}
          />
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void save()} loading={saving.isRunning} disabled={isRunning}>
          {planText.save}
        </Button>
        <Box sx={{ flex: 1 }} />
        <Button onClick={onClose}>{planText.back}</Button>
        <Button
          variant="contained"
          disabled={isRunning || header.rowCount === header.errorCount}
          onClick={() => onUpload(paceOf(goes, isCareful))}
        >
          {planText.upload(goes)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
