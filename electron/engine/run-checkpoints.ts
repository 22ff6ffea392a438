import { Worker } from 'node:worker_threads';
import type { Store } from './database/store.ts';
import type { Clock } from './runtime/clock.ts';

export type Checkpoints = { stop(): Promise<void> };

const EVERY_MS = 150;
/** The writer helps itself when the thread does not keep up; 64 MB of log. */
const LAST_RESORT_PAGES = 16_000;

/**
 * Checkpoints beside the work (PERF 7): inside a commit they take hundreds of milliseconds on a slow disk, and every query waits for
 * them. Nothing runs while nothing is written.
 */
export function runCheckpoints(
  entry: string,
  stores: readonly Store<'cache' | 'journal'>[],
  { clock, report }: { readonly clock: Clock; readonly report: (error: unknown) => void },
): Checkpoints {
  const worker = new Worker(entry, { workerData: stores.map(({ sql }) => sql.name) });
  const gone = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  let isPausing = false;
  let isStopped = false;
  const helpItself = (pages: number): void => {
    for (const { sql } of stores) if (sql.open) sql.pragma(`wal_autocheckpoint = ${pages}`);
  };
  worker.once('error', (error) => {
    report(error);
    helpItself(OWN_PAGES);
  });
  for (const store of stores) {
    store.whenWritten(() => {
      if (isPausing || isStopped) return;
      isPausing = true;
      clock.after(EVERY_MS, () => {
        isPausing = false;
        if (!isStopped) worker.postMessage('wrote');
      });
    });
  }
  helpItself(LAST_RESORT_PAGES);
  return {
    async stop() {
      isStopped = true;
      worker.postMessage('stop');
      await gone;
    },
  };
}

const OWN_PAGES = 4000;
