import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { timeOf } from './figures.ts';

const TICK_MS = 10;
const REST_MS = 300;

/** What some work took: by the clock, and of the processor. The second says the same on a busy machine. */
export type Taken = { readonly wall: number[]; readonly processor: number[] };

export function nothingTaken(): Taken {
  return { wall: [], processor: [] };
}

/** Adds what the work takes of a process and of its children, which have to end meanwhile. Linux only, as the figures of memory are. */
export async function take(taken: Taken, work: () => unknown, pid: number = process.pid): Promise<void> {
  const before = processorMs(pid);
  taken.wall.push(await timeOf(work));
  // Less than a tick cannot be seen.
  taken.processor.push(Math.max(TICK_MS, processorMs(pid) - before));
}

/** Until a process has nothing more to do: what the last work left behind is no part of the next. */
export async function rest(pid: number): Promise<void> {
  for (let before = -1, now = processorMs(pid); now !== before; now = processorMs(pid)) {
    before = now;
    await pause(REST_MS);
  }
}

function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  // utime, stime, and both of the children that were waited for.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0);
}
