import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useEngineQuery } from '../client/engine-query.ts';
import type { OutputFor } from '../client/operation-types.ts';
import { useCommand } from '../client/use-command.ts';
import { Fact } from '../components/fact.tsx';
import { useNotices } from '../state/notices.ts';
import { problemSentence } from '../text/problem-sentence.ts';
import { asideSentence, rescueSentence, sizeText, storageText, warningSentence } from '../text/storage-text.ts';
import { dateTimeText } from '../text/times.ts';

type State = OutputFor<'storage.state'>;

/** What this computer keeps, whether it is sound, and what was repaired (OFF-5). */
export function StorageDialog({ onClose }: { readonly onClose: () => void }) {
  const { data } = useEngineQuery('storage.state', {});
  const verify = useCommand('storage.verify');
  const rebuild = useCommand('storage.rebuildCache');
  const noticed = useNotices((notices) => notices.noticed);
  const isRunning = verify.isRunning || rebuild.isRunning;
  const problem = problemSentence(verify) || problemSentence(rebuild);

  const check = async (): Promise<void> => {
    const result = await verify.run({});
    if (!result?.ok) return;
    const isSound = result.value.cache === 'sound' && result.value.journal === 'sound';
    noticed(isSound ? storageText.sound : storageText.rescued, isSound ? 'success' : 'info');
  };
  const fetchAgain = async (): Promise<void> => {
    if ((await rebuild.run({}))?.ok) noticed(storageText.rebuilt, 'success');
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="storage-title" maxWidth="sm" fullWidth>
      <DialogTitle id="storage-title">{storageText.title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        {(isRunning || data?.isChecking) && <LinearProgress aria-label={storageText.checking} />}
        {problem && <Alert severity="error">{problem}</Alert>}
        {data?.isDiskFull && <Alert severity="error">{storageText.diskFull}</Alert>}
        {data?.warnings.map((warning) => (
          <Alert key={warning.id} severity="warning">
            {warningSentence(warning)}
          </Alert>
        ))}
        {data && <Facts state={data} />}
        {data && <Rescues rescues={data.rescues} />}
        <Typography color="textSecondary">{storageText.rebuildNote}</Typography>
      </DialogContent>
      <DialogActions>
        <Button disabled={isRunning} onClick={() => void fetchAgain()}>
          {storageText.rebuild}
        </Button>
        <Button disabled={isRunning} onClick={() => void check()}>
          {storageText.verify}
        </Button>
        <Button variant="contained" onClick={onClose}>
          {storageText.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Facts({ state }: { readonly state: State }) {
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
      <Fact label={storageText.cache}>{sizeText(state.cacheBytes)}</Fact>
      <Fact label={storageText.journal}>{sizeText(state.journalBytes)}</Fact>
      <Fact label={storageText.backups}>{`${state.backupCount} (${sizeText(state.backupBytes)})`}</Fact>
      <Fact label={storageText.lastBackup}>{dateTimeText(state.lastBackupAt) || storageText.never}</Fact>
      <Fact label={storageText.lastCheck}>
        {state.isChecking ? storageText.checking : dateTimeText(state.lastCheckAt) || storageText.never}
      </Fact>
      <Fact label={storageText.free}>{sizeText(state.freeBytes)}</Fact>
      <Fact label={storageText.aside}>{sizeText(state.quarantineBytes)}</Fact>
      <Fact label={storageText.folder}>{state.folder}</Fact>
    </Box>
  );
}

function Rescues({ rescues }: { readonly rescues: State['rescues'] }) {
  return (
    <Box>
      <Typography variant="h2" component="h3" sx={{ mb: 1 }}>
        {storageText.rescues}
      </Typography>
      {rescues.length === 0 && <Typography color="textSecondary">{storageText.noRescues}</Typography>}
      {rescues.length > 0 && (
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
          {rescues.map((rescue) => (
            <Box component="li" key={rescue.id} sx={{ overflowWrap: 'anywhere', userSelect: 'text' }}>
              <Typography variant="caption" color="textSecondary" component="p">
                {dateTimeText(rescue.at)}
              </Typography>
              <Typography>{rescueSentence(rescue)}</Typography>
              <Typography color="textSecondary">{asideSentence(rescue)}</Typography>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}
