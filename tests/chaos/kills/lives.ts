import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standing } from '../lab/deed.ts';
import type { Order } from './order.ts';

const HEAL_LIMIT_MS = 60_000;
const LONGEST_START_MS = 1500;

/** One life of a victim. */
export function startLife(entry: string, order: Order) {
  return spawn(process.execPath, [entry, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Kills it when its time is over, unless it died by itself before. Its time begins when `hasBegun` says so: machines differ. */
export async function dieBy(
  victim: ReturnType<typeof startLife>,
  milliseconds: number,
  hasBegun: () => boolean = () => true,
): Promise<string> {
  const exited = once(victim, 'exit');
  let isOurs = false;
  let timer: NodeJS.Timeout | undefined;
  const born = Date.now();
  const watch = (): void => {
    // A life whose sign-in a kill has spoilt does nothing; only the next start mends that.
    if (!hasBegun() && Date.now() - born < LONGEST_START_MS) {
      timer = setTimeout(watch, 5);
      return;
    }
    timer = setTimeout(() => {
      isOurs = true;
      victim.kill('SIGKILL');
    }, milliseconds);
  };
  watch();
  const [code, signal] = (await exited) as [number | null, string | null];
  clearTimeout(timer);
  if (isOurs) return 'at a random time';
  return signal === 'SIGKILL' ? 'at a failpoint' : `of itself (${String(code ?? signal)})`;
}

/** The last life: comes to rest and tells how it stands; a sentence when it does not. */
export async function healed(entry: string, order: Order): Promise<Standing | string> {
  const victim = startLife(entry, order);
  const timer = setTimeout(() => victim.kill('SIGKILL'), HEAL_LIMIT_MS);
  const [code] = (await once(victim, 'exit')) as [number | null];
  clearTimeout(timer);
  if (code !== 0) return `the last life did not come to rest (${String(code)})`;
  return JSON.parse(readFileSync(join(order.folder, 'standing'), 'utf8')) as Standing;
}
