import { expect, test } from 'vitest';
import { isoTime, pause, systemClock, type Clock } from './clock.ts';

test('SYNC 3.0: a pause ends with its time or with its signal, and leaves no timer behind', async () => {
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    uptime: () => 0,
    after: (_delay, wake) => {
      timers.add(wake);
      return () => void timers.delete(wake);
    },
  };
  const byTime = pause(clock, 1000);
  for (const wake of timers) wake();
  await byTime;
  const controller = new AbortController();
  const bySignal = pause(clock, 1000, controller.signal);
  controller.abort();
  await bySignal;
  await pause(clock, 1000, controller.signal);
  expect(timers.size).toBe(0);
});

test('SYNC 3.0: instants are ISO 8601 in UTC, and the real clock calls back', async () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
  await new Promise<void>((resolve) => void systemClock.after(1, resolve));
  let isWoken = false;
  const cancel = systemClock.after(1, () => (isWoken = true));
  cancel();
  await new Promise<void>((resolve) => void systemClock.after(5, resolve));
  expect(isWoken).toBe(false);
});
