import { existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Deed } from './deed.ts';

/** Each line is in the file when the call returns: what the operating system has, a kill does not take. */
export type Diary = {
  /** Before the engine is asked. Returns the number to call `done` with. */
  ask(deed: Record<string, unknown> & { readonly kind: Deed['kind'] }): number;
  /** After the engine said it is kept. */
  done(n: number): void;
  note(line: object): void;
};

export function openDiary(path: string): Diary {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').length : 0;
  const file = openSync(path, 'a');
  let n = lines;
  const note = (line: object): void => void writeSync(file, `${JSON.stringify(line)}\n`);
  return {
    ask(deed) {
      n += 1;
      note({ deed: { ...deed, n } });
      return n;
    },
    done: (number) => note({ done: number }),
    note,
  };
}

/** Where nothing dies, a list is enough. */
export function createMemoryDiary(console: string, deeds: Deed[]): Diary {
  return {
    ask(deed) {
      deeds.push({ ...deed, console, n: deeds.length, isDone: false } as unknown as Deed);
      return deeds.length - 1;
    },
    done(n) {
      const deed = deeds[n];
      if (deed) deed.isDone = true;
    },
    note: () => undefined,
  };
}

export type DiaryRead = {
  readonly deeds: readonly Deed[];
  readonly deaths: readonly string[];
  readonly faults: readonly string[];
};

export function readDiary(path: string, console: string): DiaryRead {
  const deeds: Deed[] = [];
  const byNumber = new Map<number, Deed>();
  const deaths: string[] = [];
  const faults: string[] = [];
  if (!existsSync(path)) return { deeds, deaths, faults };
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const entry = JSON.parse(line) as { deed?: Deed; done?: number; died?: string; fault?: unknown };
    if (entry.deed) {
      const deed = { ...entry.deed, console, isDone: false };
      deeds.push(deed);
      byNumber.set(deed.n, deed);
    }
    const finished = entry.done === undefined ? undefined : byNumber.get(entry.done);
    if (finished) finished.isDone = true;
    if (entry.died !== undefined) deaths.push(entry.died);
    if (entry.fault !== undefined) faults.push(JSON.stringify(entry.fault));
  }
  return { deeds, deaths, faults };
}
