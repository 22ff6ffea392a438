import type { Clock } from '../../../electron/engine/runtime/clock.ts';

/** The clock of one computer: its timers follow the one virtual time, its wall clock may be wrong. */
export type ComputerClock = Clock & {
  /** Sets the wall clock forward or back; timers do not notice, as with a real one. */
  shift(milliseconds: number): void;
  /** The laptop sleeps: real time goes on, and its clock with it. */
  sleep(milliseconds: number): void;
  /** Everything that waits is forgotten: the program is gone. */
  clear(): void;
  readonly hasJumpedAt: () => number;
};

export type VirtualTime = {
  /** Milliseconds that have really passed, plus the start. */
  readonly now: () => number;
  computer(): ComputerClock;
  nextDue(): number | null;
  /** Moves to the next timer that is due until then and wakes it. False when there is none: then the time is `until`. */
  step(until: number): boolean;
};

type Timer = { readonly at: number; readonly order: number; readonly owner: object; readonly wake: () => void };

/** One time for all computers of a history. It stands still unless the scheduler moves it. */
export function createVirtualTime(startAt: number): VirtualTime {
  let now = startAt;
  let order = 0;
  const timers = new Set<Timer>();

  function next(): Timer | null {
    let best: Timer | null = null;
    for (const timer of timers) {
      if (!best || timer.at < best.at || (timer.at === best.at && timer.order < best.order)) best = timer;
    }
    return best;
  }

  return {
    now: () => now,
    computer() {
      const owner = {};
      let offset = 0;
      let jumpedAt = 0;
      return {
        now: () => now + offset,
        uptime: () => now,
        after(delayMs, wake) {
          order += 1;
          const timer = { at: now + Math.max(0, Math.ceil(delayMs)), order, owner, wake };
          timers.add(timer);
          return () => void timers.delete(timer);
        },
        shift(milliseconds) {
          offset += milliseconds;
          jumpedAt = now;
        },
        sleep(milliseconds) {
          offset += milliseconds;
        },
        clear() {
          for (const timer of timers) if (timer.owner === owner) timers.delete(timer);
        },
        hasJumpedAt: () => jumpedAt,
      };
    },
    nextDue: () => next()?.at ?? null,
    step(until) {
      const timer = next();
      if (!timer || timer.at > until) {
        now = Math.max(now, until);
        return false;
      }
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.wake();
      return true;
    },
  };
}
