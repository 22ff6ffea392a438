import type { Clock } from './clock.ts';

const QUIET_MS = 60;

/** Collects names and passes them on at once, then at most every 60 ms: a busy sync must not make the screens ask all the time. */
export function createThrottle<T>(clock: Clock, pass: (names: ReadonlySet<T>) => void): (names: readonly T[]) => void {
  let collected = new Set<T>();
  let isQuiet = false;

  function flush(): void {
    if (collected.size === 0) {
      isQuiet = false;
      return;
    }
    const names = collected;
    collected = new Set();
    isQuiet = true;
    clock.after(QUIET_MS, flush);
    pass(names);
  }

  return (names) => {
    for (const name of names) collected.add(name);
    if (!isQuiet) flush();
  };
}
