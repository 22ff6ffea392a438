import { Worker } from 'node:worker_threads';
import { checkCacheFile, type Findings } from './database/safety/check-store.ts';

/** Checks a database beside the work: 5 s for 1 GB would stop every query. Null when it was given up. */
export function runCheck(entry: string, path: string, signal: AbortSignal): Promise<Findings | null> {
  if (entry === '') return Promise.resolve(checkCacheFile(path));
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: path });
    const stop = (): void => {
      void worker.terminate();
      resolve(null);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (findings: Findings) => resolve(findings));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      resolve(null);
    });
  });
}
