import type { JobKind, JobRepository, StoredJob } from '../database/job-repository.ts';
import type { Store } from '../database/store.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import type { Identifiers } from '../runtime/identifiers.ts';

/** The parts of a job a caller may change. */
export type JobProgress = Partial<
  Pick<StoredJob, 'state' | 'doneCount' | 'totalCount' | 'problemCount' | 'reason' | 'detail'>
>;

export type JobTracker = {
  start(job: {
    kind: JobKind;
    accountLid: string | null;
    importId: string | null;
    subject: string;
    totalCount: number | null;
    state?: StoredJob['state'];
  }): string;
  update(id: string, progress: JobProgress): void;
  finish(id: string, state: 'done' | 'failed' | 'cancelled', progress?: JobProgress): void;
  get(id: string): StoredJob | null;
  list(limit: number): readonly StoredJob[];
  /** Units a second over the last seconds; null without movement. */
  rate(id: string): number | null;
  /** Aborted when the person cancels the job. */
  signal(id: string): AbortSignal;
  cancel(id: string): void;
  clearFinished(): void;
};

const SAVE_EVERY_MS = 1000;
const WINDOW_MS = 5000;

type Running = {
  job: StoredJob;
  readonly controller: AbortController;
  savedAt: number;
  readonly samples: { at: number; count: number }[];
};

/** Keeps progress in memory and writes it once a second, so that a drawer of moving bars costs the disk nothing. */
export function createJobTracker(options: {
  readonly jobs: JobRepository;
  readonly journal: Store<'journal'>;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly changed: () => void;
}): JobTracker {
  const { jobs, journal, clock, identifiers, changed } = options;
  const running = new Map<string, Running>();

  function save(entry: Running): void {
    entry.savedAt = clock.now();
    journal.write((tx) => jobs.put(tx, entry.job));
  }

  /** A job that waits for a person or the network may have been started by an earlier run of the program. */
  function entryOf(id: string): Running | null {
    const known = running.get(id);
    if (known) return known;
    const stored = jobs.get(id);
    if (!stored || stored.finishedAt !== null) return null;
    const entry = { job: stored, controller: new AbortController(), savedAt: 0, samples: [] };
    running.set(id, entry);
    return entry;
  }

  return {
    start({ kind, accountLid, importId, subject, totalCount, state = 'running' }) {
      const id = identifiers.next();
      const job: StoredJob = {
        ...{ id, kind, state, accountLid, importId, subject, totalCount },
        ...{ doneCount: 0, problemCount: 0, reason: '', detail: '', startedAt: isoTime(clock.now()), finishedAt: null },
      };
      const entry = { job, controller: new AbortController(), savedAt: 0, samples: [] };
      running.set(id, entry);
      save(entry);
      changed();
      return id;
    },
    update(id, progress) {
      const entry = entryOf(id);
      if (!entry) return;
      const isNews = progress.state !== undefined && progress.state !== entry.job.state;
      entry.job = { ...entry.job, ...progress };
      entry.samples.push({ at: clock.now(), count: entry.job.doneCount });
      while ((entry.samples[0]?.at ?? 0) < clock.now() - WINDOW_MS && entry.samples.length > 2) entry.samples.shift();
      if (isNews || clock.now() - entry.savedAt >= SAVE_EVERY_MS) save(entry);
      changed();
    },
    finish(id, state, progress = {}) {
      const entry = entryOf(id);
      if (!entry) return;
      entry.job = { ...entry.job, ...progress, state, finishedAt: isoTime(clock.now()) };
      save(entry);
      running.delete(id);
      changed();
    },
    get: (id) => running.get(id)?.job ?? jobs.get(id),
    list: (limit) => jobs.list(limit).map((job) => running.get(job.id)?.job ?? job),
    rate(id) {
      const samples = running.get(id)?.samples ?? [];
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || last.at <= first.at || last.count <= first.count) return null;
      return ((last.count - first.count) * 1000) / (last.at - first.at);
    },
    signal: (id) => entryOf(id)?.controller.signal ?? AbortSignal.abort(),
    cancel: (id) => entryOf(id)?.controller.abort(),
    clearFinished() {
      journal.write((tx) => jobs.clearFinished(tx));
      changed();
    },
  };
}
