import type { Clock } from '../../electron/engine/runtime/clock.ts';

/** Real time, so many times quicker: back-offs of minutes pass in seconds while HTTP runs as it is. */
export function createFastClock(speed: number): Clock {
  const startedAt = Date.now();
  return {
    uptime: () => performance.now() * speed,
    now: () => Math.round(startedAt + (Date.now() - startedAt) * speed),
    after(delayMs, wake) {
      const timer = setTimeout(wake, delayMs / speed);
      return () => clearTimeout(timer);
    },
  };
}
