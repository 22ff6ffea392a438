import Close from '@mui/icons-material/Close';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Typography from '@mui/material/Typography';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { IconAction } from '../../components/icon-action.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { activityText } from '../../text/activity-text.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { JobLine } from './job-line.tsx';

type Props = { readonly onClose: () => void };

/** SHL-5. */
export function ActivityDrawer({ onClose }: Props) {
  const { data, error, refetch } = useEngineQuery('jobs.list', {});
  const clear = useCommand('jobs.clear');
  const jobs = data?.jobs ?? [];
  const hasFinished = jobs.some((job) => job.finishedAt !== null);
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      slotProps={{ paper: { 'aria-label': activityText.title, role: 'dialog' } }}
    >
      <Box sx={{ width: 420, maxWidth: '100vw', height: '100%', display: 'flex', flexDirection: 'column' }}>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            px: 2,
            minHeight: 52,
            borderBottom: '1px solid',
            borderColor: 'divider',
          }}
        >
          <Typography variant="h2" sx={{ flex: 1 }}>
            {activityText.title}
          </Typography>
          <Button disabled={!hasFinished} onClick={() => void clear.run({})}>
            {activityText.clear}
          </Button>
          <IconAction label={activityText.close} edge="end" onClick={onClose}>
            <Close fontSize="small" />
          </IconAction>
        </Box>
        {error && !data ? (
          <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />
        ) : data && jobs.length === 0 ? (
          <NoticePanel icon={<HourglassEmpty />} title={activityText.emptyTitle} body={activityText.emptyBody} />
        ) : (
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', overflow: 'auto', flex: 1 }}>
            {jobs.map((job) => (
              <JobLine key={job.id} job={job} onLeave={onClose} />
            ))}
          </Box>
        )}
      </Box>
    </Drawer>
  );
}
