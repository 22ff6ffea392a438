import type { Clock } from '../../electron/engine/runtime/clock.ts';

export type ManualClock = Clock & {
  /** Moves the time and wakes what is due, in the order of its times. */
  advance(milliseconds: number): void;
};

type Timer = { readonly at: number; readonly order: number; readonly wake: () => void };

/** A clock that stands still until a test moves it. */
export function createManualClock(startAt = Date.UTC(2026, 10, 2, 8)): ManualClock {
  let now = startAt;
  let order = 0;
  const timers = new Set<Timer>();

  function nextDue(until: number): Timer | undefined {
    return [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  return {
    now: () => now,
    uptime: () => now,
    after(delayMs, wake) {
      order += 1;
      const timer = { at: now + delayMs, order, wake };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (let timer = nextDue(end); timer; timer = nextDue(end)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.wake();
      }
      now = end;
    },
  };
}
