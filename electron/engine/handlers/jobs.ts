import type { AppContract } from '../../../shared/contract/contract.ts';
import type { AccountId, ImportId, JobId } from '../../../shared/model/ids.ts';
import type { Job } from '../../../shared/model/job.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { StoredJob } from '../database/job-repository.ts';
import { trackUpload } from '../sync/push-loop.ts';
import type { EngineContext } from './engine-context.ts';

export const jobs: Handlers<AppContract, EngineContext>['jobs'] = {
  list({ limit }, context) {
    const listed = context.jobs.list(limit).map((job) => toJob(job, context));
    return { jobs: listed, activeCount: listed.filter(({ finishedAt }) => finishedAt === null).length };
  },
  pause: ({ id }, context) => setPaused(id, context, true),
  resume: ({ id }, context) => setPaused(id, context, false),
  async cancel({ id }, context) {
    const job = context.jobs.get(id);
    if (!job) return refuse('job.not-found', id);
    if (job.finishedAt !== null) return refuse('job.not-possible', job.state);
    if (job.kind === 'import-send' && job.importId !== null) {
      // What was not sent goes back into the preview; what was sent stays sent.
      await context.imports.takeBack(job.importId);
      context.jobs.finish(id, 'cancelled');
      context.changed('outbox', 'users', 'imports', 'jobs', 'sync', 'accounts');
      return done({});
    }
    context.jobs.cancel(id);
    return done({});
  },
  clear(_input, context) {
    context.jobs.clearFinished();
    return done({});
  },
};

function setPaused(id: string, context: EngineContext, isPaused: boolean) {
  const { repositories, jobs: tracker, scheduler, changed } = context;
  const job = tracker.get(id);
  if (!job) return refuse('job.not-found', id);
  if (job.kind !== 'import-send' || job.importId === null || job.finishedAt !== null)
    return refuse('job.not-possible', job.kind);
  const { importId } = job;
  repositories.journal.write((tx) => repositories.uploads.setPaused(tx, importId, isPaused));
  trackUpload(repositories, tracker, importId);
  changed('jobs', 'outbox');
  if (!isPaused) scheduler.wake('change');
  return done({});
}

function toJob(job: StoredJob, { repositories, jobs: tracker, connection, session }: EngineContext): Job {
  const rate = tracker.rate(job.id);
  const rest = job.totalCount === null ? null : job.totalCount - job.doneCount;
  const isUpload = job.kind === 'import-send';
  const isOpen = job.finishedAt === null;
  const batch = isUpload && isOpen && job.importId !== null ? repositories.uploads.get(job.importId) : null;
  // The rows know whether they pause; the job may not have heard of it before the program ended.
  const state = batch ? (batch.isPaused ? 'paused' : job.state === 'paused' ? 'running' : job.state) : job.state;
  const isHeldUp =
    isUpload && isOpen && state === 'running' && (connection.state() !== 'online' || session.status() !== 'signed-in');
  return {
    ...{
      kind: job.kind,
      subject: job.subject,
      doneCount: job.doneCount,
      totalCount: job.totalCount,
      problemCount: job.problemCount,
    },
    ...{ detail: job.detail, startedAt: job.startedAt, finishedAt: job.finishedAt, rate },
    id: job.id as JobId,
    state: isHeldUp ? 'waiting' : state,
    reason: isHeldUp ? (session.status() === 'signed-in' ? 'waits-for-network' : 'waits-for-sign-in') : job.reason,
    accountId: job.accountLid as AccountId | null,
    accountName: job.accountLid === null ? '' : (repositories.accounts.key(job.accountLid)?.name ?? ''),
    importId: job.importId as ImportId | null,
    etaSeconds: rate !== null && rest !== null && isOpen && !isHeldUp ? rest / rate : null,
    canPause: isUpload && isOpen,
    canCancel: isOpen,
  };
}
