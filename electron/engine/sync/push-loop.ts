import type { Repositories } from '../database/repositories.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Connection } from './connection.ts';
import { pushChanges, type PushContext } from './push-changes.ts';
import { createUploadPusher } from './push-uploads.ts';
import type { Session } from './session.ts';

/** Single edits first, always: no import stands in front of them (SYNC 3.7). */
const CHANGES_PER_ROUND = 100;

export type PushLoop = {
  /** Sends all that may go now. Returns when the next thing may go, as a time; null: nothing waits for a time. */
  run(signal: AbortSignal): Promise<number | null>;
};

export function createPushLoop(
  options: PushContext & {
    readonly connection: Connection;
    readonly session: Session;
    readonly jobs: JobTracker;
    readonly changed: () => void;
  },
): PushLoop {
  const { repositories, cloud, clock, connection, session, jobs, changed } = options;
  const pusher = createUploadPusher(options, changed);

  async function round(actor: string): Promise<boolean> {
    const capabilities = await cloud.capabilities();
    if (!capabilities) return false;
    // In probe mode one request finds out whether anybody is there.
    const limit = connection.failures() > PROBE_AFTER ? 1 : CHANGES_PER_ROUND;
    const ready = repositories.outbox.ready(actor, clock.now(), limit);
    if (ready.length > 0) {
      await pushChanges(options, ready, capabilities);
      changed();
      return true;
    }
    for (const batch of repositories.uploads.list(actor, null)) {
      if (batch.isPaused || batch.waitingCount === 0) continue;
      if ((await pusher.push(batch, capabilities)) > 0) {
        trackUpload(repositories, jobs, batch.importId);
        return true;
      }
    }
    return false;
  }

  return {
    async run(signal) {
      const actor = session.actor();
      while (!signal.aborted && !connection.isOffline() && session.status() === 'signed-in') {
        const gate = connection.gatedUntil();
        if (gate > 0) return gate;
        if (!(await round(actor))) return nextWake(repositories, clock, connection, actor);
      }
      return null;
    },
  };
}

const PROBE_AFTER = 10;
const PROBE_PAUSE_MS = 15_000;

function nextWake(repositories: Repositories, clock: Clock, connection: Connection, actor: string): number | null {
  const times = [repositories.outbox.nextAt(actor), repositories.uploads.nextAt(actor)].filter(
    (at): at is number => at !== null,
  );
  const next = times.length > 0 ? Math.min(...times) : null;
  const isWaiting =
    repositories.outbox.counts(actor, null).waitingCount + repositories.uploads.waitingCount(actor, null).waitingCount >
    0;
  // Ready work that could not go (nobody answered the capabilities) is tried again without a time of its own.
  if (isWaiting && connection.failures() > 0)
    return Math.max(next ?? 0, clock.now() + Math.min(PROBE_PAUSE_MS, 1000 * connection.failures()));
  return next;
}

/** Brings the job of an upload in line with its rows. */
export function trackUpload(repositories: Repositories, jobs: JobTracker, importId: string): void {
  const batch = repositories.uploads.get(importId);
  const job = repositories.jobs.openOfImport(importId);
  if (!batch || !job) return;
  const finished = batch.sentCount + batch.refusedCount;
  const progress = { doneCount: finished, totalCount: finished + batch.waitingCount, problemCount: batch.refusedCount };
  if (batch.waitingCount === 0) jobs.finish(job.id, 'done', progress);
  else jobs.update(job.id, { ...progress, state: batch.isPaused ? 'paused' : 'running' });
}
