import type { Repositories } from '../database/repositories.ts';
import type { UploadBatch } from '../database/upload-repository.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import { createClockWatch } from './clock-watch.ts';
import type { Connection } from './connection.ts';
import { pushChanges, type PushContext } from './push-changes.ts';
import { createUploadPusher, type UploadGate } from './push-uploads.ts';
import type { Session } from './session.ts';
import { mayGo, roomOf, stopIfFailing } from './upload-pace.ts';

/** Single edits first, always: no import stands in front of them (SYNC 3.7). */
const CHANGES_PER_ROUND = 100;

export type PushLoop = {
  /** Sends all that may go now. Returns when the next thing may go, as a time; null: nothing waits for a time. */
  run(signal: AbortSignal): Promise<number | null>;
  /** How many times anything has been sent since the start. */
  rounds(): number;
};

export function createPushLoop(
  options: Omit<PushContext, 'mayGoOn' | 'clockWatch'> & {
    readonly connection: Connection;
    readonly session: Session;
    readonly jobs: JobTracker;
    readonly changed: () => void;
  },
): PushLoop {
  const { repositories, cloud, clock, connection, session, jobs, changed } = options;
  let signal = new AbortController().signal;
  let rounds = 0;
  const isStopped = (): boolean => signal.aborted || connection.isOffline() || session.status() !== 'signed-in';
  const mayGoOn = (): boolean => !isStopped() && connection.gatedUntil() === 0 && connection.failures() === 0;
  const clockWatch = createClockWatch({ repositories, clock });
  const context: PushContext = { ...options, clockWatch, mayGoOn };
  const pusher = createUploadPusher(context, changed);

  /** False when nothing can go now. */
  async function round(actor: string): Promise<boolean> {
    const capabilities = await cloud.capabilities();
    if (!capabilities) return false;
    // In probe mode one request finds out whether anybody is there.
    const limit = connection.failures() > PROBE_AFTER ? 1 : CHANGES_PER_ROUND;
    clockWatch.look();
    const ready = repositories.outbox.ready(actor, clock.now(), limit);
    if (ready.length > 0) {
      await pushChanges(context, ready, capabilities);
      changed();
      return true;
    }
    for (const batch of repositories.uploads.list(actor, null)) {
      if (batch.isPaused || batch.waitingCount === 0 || !mayGo(repositories, batch)) continue;
      const most = Math.min(limit, roomOf(batch));
      const changes = repositories.outbox.readyOfImport(batch.importId, clock.now(), most);
      if (changes.length > 0) {
        await pushChanges(context, changes, capabilities);
        stopIfFailing(repositories, batch);
        trackUpload(repositories, jobs, batch.importId);
        changed();
        return true;
      }
      if ((await pusher.push(batch, capabilities, gateOf(batch, actor))) > 0) return true;
    }
    return false;
  }

  /** Asked before every request of an upload: whatever came meanwhile goes before its next rows. */
  function gateOf(batch: UploadBatch, actor: string): UploadGate {
    const { outbox, uploads } = repositories;
    let seen = batch;
    return {
      room() {
        const now = uploads.get(batch.importId);
        const isNext = now && !now.isPaused && session.actor() === actor;
        const at = clock.now();
        const hasWaiting = outbox.ready(actor, at, 1).length + outbox.readyOfImport(batch.importId, at, 1).length > 0;
        return isNext && !hasWaiting ? roomOf(now) : 0;
      },
      kept() {
        stopIfFailing(repositories, seen);
        seen = uploads.get(batch.importId) ?? seen;
        trackUpload(repositories, jobs, batch.importId);
      },
    };
  }

  /** When to look again: the gate, the next change whose time comes, or soon when work is ready and nobody answers. */
  function nextWake(actor: string): number | null {
    const now = clock.now();
    const times = [repositories.outbox.nextAt(actor), repositories.uploads.nextAt(actor)];
    if (hasReadyWork(repositories, actor, now)) {
      times.push(now + Math.min(PROBE_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(connection.failures(), 10)));
    }
    const known = times.filter((at): at is number => at !== null);
    return known.length === 0 ? null : Math.max(Math.min(...known), connection.gatedUntil());
  }

  async function run(stopped: AbortSignal): Promise<number | null> {
    signal = stopped;
    while (!isStopped()) {
      // Asked anew in every round: another person may have come meanwhile.
      const actor = session.actor();
      if (connection.gatedUntil() > 0) return nextWake(actor);
      const hasMoved = await round(actor);
      if (hasMoved) rounds += 1;
      // With nobody there every further request would only become another change with an unknown fate.
      if (!hasMoved || connection.failures() > 0) return isStopped() ? null : nextWake(actor);
    }
    return null;
  }

  // One run after the other: two at once would claim the same changes.
  let last: Promise<unknown> = Promise.resolve();
  return {
    rounds: () => rounds,
    run(stopped) {
      const next = last.then(() => run(stopped));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

const PROBE_AFTER = 10;
const PROBE_PAUSE_MS = 15_000;
const FIRST_PAUSE_MS = 250;

function hasReadyWork({ outbox, uploads, accounts }: Repositories, actor: string, now: number): boolean {
  if (outbox.ready(actor, now, 1).length > 0) return true;
  return uploads.list(actor, null).some(({ importId, isPaused, waitingCount, accountLid }) => {
    if (isPaused || waitingCount === 0 || !accounts.key(accountLid)?.sid) return false;
    return uploads.ready(importId, now, 1).length > 0 || outbox.readyOfImport(importId, now, 1).length > 0;
  });
}

/** Brings the job of an upload in line with its rows. */
export function trackUpload(repositories: Repositories, jobs: JobTracker, importId: string): void {
  const batch = repositories.uploads.get(importId);
  const job = repositories.jobs.openOfImport(importId);
  if (!batch || !job) return;
  const problemCount = batch.refusedCount + batch.askedCount;
  const doneCount = batch.sentCount + problemCount;
  const progress = { doneCount, totalCount: doneCount + batch.waitingCount, problemCount };
  if (batch.waitingCount === 0) jobs.finish(job.id, 'done', progress);
  else jobs.update(job.id, { ...progress, state: batch.isPaused ? 'paused' : 'running' });
}
