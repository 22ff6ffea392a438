import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { must } from '../../shared/lib/must.ts';
import { startPaperCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild } from './engine-child.ts';
import { figure, type Figure } from './figures.ts';
import { syncedAccounts } from './waiting.ts';

const ACCOUNTS = 10;
const USERS_EACH = 100_000;
const REST_MS = 15_000;

/** The engine's memory while it fetches a million users, at rest after that, and at rest after a start on them (SYNC 5.5). */
export async function memoryFigures(folder: string, built: BuiltEngine): Promise<readonly Figure[]> {
  const cloud = await startPaperCloud(ACCOUNTS, USERS_EACH, 0);
  const home = join(folder, 'memory');
  try {
    const first = await startEngineChild(home, cloud.url, built);
    await syncedAccounts(first, ACCOUNTS);
    await pause(REST_MS);
    const fetched = first.memory();
    await first.stop();
    const second = await startEngineChild(home, cloud.url, built);
    await syncedAccounts(second, ACCOUNTS);
    await pause(REST_MS);
    const again = second.memory();
    await second.stop();
    const floor = {
      unit: 'MB',
      floorName: 'a process of Node that does nothing',
      floorSamples: [await emptyMb()],
    } as const;
    const users = `${(ACCOUNTS * USERS_EACH).toLocaleString('en')} users`;
    return [
      figure({ ...floor, name: `engine memory, most while ${users} were fetched`, samples: [fetched.peak] }),
      figure({ ...floor, name: `engine memory, at rest after ${users} were fetched`, samples: [fetched.now] }),
      figure({ ...floor, name: `engine memory, at rest after a start on ${users}`, samples: [again.now] }),
    ];
  } finally {
    await cloud.stop();
  }
}

export async function emptyMb(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e9)'], { stdio: 'ignore' });
  await pause(1000);
  const status = readFileSync(`/proc/${must(child.pid, 'the process has started')}/status`, 'utf8');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
}
