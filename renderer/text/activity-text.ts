import type { Job, JobState } from '../../shared/model/job.ts';
import { needsColumnSentence } from './imports-text.ts';
import { count, counted } from './numbers.ts';
import { reasonSentence } from './outbox-text.ts';
import { durationText } from './times.ts';

export const activityText = {
  title: 'Activity',
  close: 'Close',
  clear: 'Clear finished',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  emptyTitle: 'Nothing is running',
  emptyBody: 'Syncs, imports and other long work appear here, with progress and a way to stop them.',
  problems: (problems: number) => `${counted(problems, 'problem needs', 'problems need')} you`,
  open: 'Open',
} as const;

export const jobLabels: Readonly<Record<Job['kind'], string>> = {
  'sync-accounts': 'Sync accounts',
  'sync-users': 'Sync users',
  'import-read': 'Read spreadsheet',
  'import-send': 'Upload',
  template: 'Save spreadsheet template',
};

export const jobStates: Readonly<Record<JobState, string>> = {
  queued: 'Waiting for its turn',
  running: 'Running',
  paused: 'Paused',
  waiting: 'Waiting for the cloud',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const units: Readonly<Record<Job['kind'], readonly [one: string, many: string]>> = {
  'sync-accounts': ['account', 'accounts'],
  'sync-users': ['user', 'users'],
  'import-read': ['row', 'rows'],
  'import-send': ['user', 'users'],
  template: ['user', 'users'],
};

/** `1,240 of 5,000 users · 310/s · about 12 s left`; '' when nothing was done. */
export function jobProgress(job: Job): string {
  const [one, many] = units[job.kind];
  const parts: string[] = [];
  if (job.totalCount !== null) parts.push(`${count(job.doneCount)} of ${counted(job.totalCount, one, many)}`);
  else if (job.doneCount > 0) parts.push(counted(job.doneCount, one, many));
  if (job.rate !== null && job.rate > 0)
    parts.push(job.rate < 10 ? `${job.rate.toFixed(1)}/s` : `${count(job.rate)}/s`);
  if (job.etaSeconds !== null) parts.push(`about ${durationText(job.etaSeconds)} left`);
  return parts.join(' · ');
}

/** Why the job waits or failed. */
export function jobReason(job: Job): string {
  if (job.reason === '') return job.detail;
  return [jobReasons[job.reason]?.(job) ?? reasonSentence(job.reason), job.detail].filter(Boolean).join(' ');
}

const jobReasons: Readonly<Record<string, (job: Job) => string>> = {
  'waits-for-network': () => 'It goes on by itself as soon as the cloud can be reached.',
  'waits-for-sign-in': () => 'Nobody is signed in. Sign in, and it goes on.',
  'import.no-email-column': () => needsColumnSentence,
  interrupted: ({ kind }) =>
    kind === 'import-read'
      ? 'It was interrupted. Upload the file again.'
      : 'It was interrupted and begins again by itself as soon as the cloud can be reached.',
};
