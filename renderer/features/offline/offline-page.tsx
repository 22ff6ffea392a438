import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Skeleton from '@mui/material/Skeleton';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { useNotices } from '../../state/notices.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { offlineText } from '../../text/offline-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { dataAge } from '../../text/times.ts';
import { CheckLine } from './check-line.tsx';
import { Verdict } from './verdict.tsx';

/** OFF-1: is everything on this laptop before the network is left behind? */
export function OfflinePage() {
  const { data, error, refetch } = useEngineQuery('offline.state', {}, { keepPrevious: true });
  const status = useSyncStatus(null);
  const prepare = useCommand('offline.prepare');
  const noticed = useNotices((notices) => notices.noticed);
  const isFetching = data?.checks.some((check) => check.isFetching) === true;
  const fetchAll = async (): Promise<void> => {
    if ((await prepare.run({}))?.ok) noticed(offlineText.fetchStarted, 'success');
  };

  if (error && !data && !isEngineLost(error)) {
    return <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />;
  }
  const problem = problemSentence(prepare);
  return (
    <PageLayout
      title={offlineText.title}
      facts={status && <AgeLabel {...dataAge(status.lastContactAt, status.nowMs)} />}
      actions={
        <Button variant="contained" disabled={status?.connection === 'offline'} onClick={() => void fetchAll()}>
          {offlineText.fetchNow}
        </Button>
      }
    >
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 860 }}>
          {problem && <Alert severity="error">{problem}</Alert>}
          {data && status ? (
            <>
              <Verdict state={data} />
              {status.connection === 'offline' && <Alert severity="info">{offlineText.workOffline}</Alert>}
              {(status.connection === 'unreachable' || status.connection === 'no-link') && (
                <Alert severity="warning">{offlineText.noNetwork}</Alert>
              )}
              <Box sx={{ height: 4 }}>{isFetching && <LinearProgress aria-label={offlineText.fetching} />}</Box>
              <Box
                component="ul"
                aria-label={offlineText.checks}
                sx={{
                  m: 0,
                  p: 0,
                  listStyle: 'none',
                  bgcolor: 'background.paper',
                  border: '1px solid',
                  borderColor: 'divider',
                  borderRadius: 1.5,
                }}
              >
                {data.checks.map((check) => (
                  <CheckLine key={`${check.what}${check.accountId ?? ''}`} check={check} nowMs={status.nowMs} />
                ))}
              </Box>
            </>
          ) : (
            <>
              <Skeleton variant="rounded" height={76} />
              <Skeleton variant="rounded" height={280} />
            </>
          )}
        </Box>
      </Box>
    </PageLayout>
  );
}
