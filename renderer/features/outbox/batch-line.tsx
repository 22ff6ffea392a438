import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import { useCommand } from '../../client/use-command.ts';
import { Pill } from '../../components/pill.tsx';
import { useNotices } from '../../state/notices.ts';
import { outboxText } from '../../text/outbox-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { ageText } from '../../text/times.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import type { Batch } from './outbox-entry.ts';

/** The rows of one Upload as one line; what became of each is a page of its own. */
export function BatchLine({ batch, nowMs }: { readonly batch: Batch; readonly nowMs: number }) {
  const { run, isRunning, outcome, fault } = useCommand('outbox.undoImport');
  const noticed = useNotices((notices) => notices.noticed);
  const total = batch.waitingCount + batch.sentCount + batch.refusedCount;
  const percent = total === 0 ? 0 : (100 * (batch.sentCount + batch.refusedCount)) / total;
  const takeBack = async (): Promise<void> => {
    const result = await run({ importId: batch.importId });
    const said = batch.hasPreview ? outboxText.undoneImport : outboxText.withdrawn;
    if (result?.ok) noticed(said(result.value.returnedCount), 'success');
  };
  const problem = problemSentence({ outcome, fault });
  return (
    <Box
      sx={{ bgcolor: 'background.paper', border: '1px solid', borderColor: 'divider', borderRadius: 1.5, minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2, py: 1 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography noWrap sx={{ fontWeight: 650 }} title={batch.fileName} dir="auto">
            {batch.fileName}
          </Typography>
          <Typography variant="caption" color="textSecondary" noWrap component="p">
            {batch.accountName} · {outboxText.age(ageText(Math.max(0, nowMs - Date.parse(batch.createdAt))))}
          </Typography>
        </Box>
        {batch.waitingCount > 0 && <Pill tone="note">{outboxText.waitingRows(batch.waitingCount)}</Pill>}
        {batch.sentCount > 0 && <Pill tone="success">{outboxText.sent(batch.sentCount)}</Pill>}
        {batch.refusedCount > 0 && <Pill tone="error">{outboxText.refused(batch.refusedCount)}</Pill>}
        <Button disabled={!batch.canUndo} loading={isRunning} onClick={() => void takeBack()}>
          {outboxText.undoImport}
        </Button>
        <Button
          component={Link}
          to={`/accounts/${batch.accountId}/uploads/${batch.importId}`}
          variant="outlined"
          aria-label={`${uploadsText.open}: ${batch.fileName}`}
        >
          {uploadsText.open}
        </Button>
      </Box>
      <LinearProgress
        variant="determinate"
        value={percent}
        aria-label={batch.fileName}
        sx={{ mx: 2, mb: 1.25, height: 4, borderRadius: 2 }}
      />
      {problem && <Alert severity="error">{problem}</Alert>}
    </Box>
  );
}
