import { parentPort, workerData } from 'node:worker_threads';
import { checkCacheFile } from './database/safety/check-store.ts';

/** A thread that reads one database from end to end and says what it found. */
parentPort?.postMessage(checkCacheFile(String(workerData)));
