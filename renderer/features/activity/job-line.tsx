import Pause from '@mui/icons-material/Pause';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Stop from '@mui/icons-material/StopCircleOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import type { Job } from '../../../shared/model/job.ts';
import { useCommand } from '../../client/use-command.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { Pill, type Tone } from '../../components/pill.tsx';
import { activityText, jobLabels, jobProgress, jobReason, jobStates } from '../../text/activity-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { dateTimeText } from '../../text/times.ts';

const tones: Readonly<Record<Job['state'], Tone>> = {
  queued: 'neutral',
  running: 'accent',
  paused: 'warning',
  waiting: 'warning',
  done: 'success',
  failed: 'error',
  cancelled: 'neutral',
};

/** One job with its progress and what can be done about it. */
export function JobLine({ job, onLeave }: { readonly job: Job; readonly onLeave: () => void }) {
  const pause = useCommand('jobs.pause');
  const resume = useCommand('jobs.resume');
  const cancel = useCommand('jobs.cancel');
  const isOpen = job.finishedAt === null;
  const reason = jobReason(job);
  const problem = problemSentence(pause) || problemSentence(resume) || problemSentence(cancel);
  const where = [job.subject, job.accountName].filter(Boolean).join(' · ');
  return (
    <Box
      component="li"
      sx={{
        px: 2,
        py: 1.5,
        borderBottom: '1px solid',
        borderColor: 'divider',
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 0.5,
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 30 }}>
        <Typography variant="h3" component="h3" sx={{ flex: 1 }} noWrap>
          {jobLabels[job.kind]}
        </Typography>
        <Pill tone={tones[job.state]}>{jobStates[job.state]}</Pill>
        {job.canPause && job.state !== 'paused' && (
          <IconAction
            label={activityText.pause}
            onClick={() => void pause.run({ id: job.id })}
            disabled={pause.isRunning}
          >
            <Pause fontSize="small" />
          </IconAction>
        )}
        {job.state === 'paused' && (
          <IconAction
            label={activityText.resume}
            onClick={() => void resume.run({ id: job.id })}
            disabled={resume.isRunning}
          >
            <PlayArrow fontSize="small" />
          </IconAction>
        )}
        {job.canCancel && (
          <IconAction
            label={activityText.cancel}
            onClick={() => void cancel.run({ id: job.id })}
            disabled={cancel.isRunning}
          >
            <Stop fontSize="small" />
          </IconAction>
        )}
      </Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
        <Typography noWrap title={where} sx={{ flex: 1 }} dir="auto">
          {where}
        </Typography>
        <Typography variant="caption" color="textSecondary" noWrap>
          {dateTimeText(job.finishedAt ?? job.startedAt)}
        </Typography>
      </Box>
      {isOpen && <Progress job={job} />}
      <Typography variant="caption" color="textSecondary">
        {jobProgress(job)}
      </Typography>
      {job.problemCount > 0 && (
        <Box sx={{ fontSize: '0.75rem', color: 'error.main', fontWeight: 600 }}>
          <Link to="/outbox" onClick={onLeave} style={{ color: 'inherit' }}>
            {activityText.problems(job.problemCount)}
          </Link>
        </Box>
      )}
      {reason && <Typography variant="caption">{reason}</Typography>}
      {problem && <Alert severity="info">{problem}</Alert>}
    </Box>
  );
}

function Progress({ job }: { readonly job: Job }) {
  const isKnown = job.totalCount !== null && job.totalCount > 0;
  const percent = isKnown ? Math.min(100, (100 * job.doneCount) / (job.totalCount ?? 1)) : 0;
  return (
    <LinearProgress
      aria-label={jobLabels[job.kind]}
      variant={isKnown || job.state !== 'running' ? 'determinate' : 'indeterminate'}
      value={percent}
      sx={{ height: 6, borderRadius: 3 }}
    />
  );
}
