import { parentPort, workerData } from 'node:worker_threads';
import { openCheckpoints } from './database/checkpoints.ts';

/** A thread that moves what was written from the logs into the files, so that no query waits for the disk. */
const checkpoints = openCheckpoints(workerData as readonly string[]);
parentPort?.on('message', (message: 'wrote' | 'stop') => {
  if (message === 'wrote') {
    checkpoints.run();
    return;
  }
  checkpoints.close();
  parentPort?.close();
});
