import { expect, test } from 'vitest';
import { createThrottle } from './throttle.ts';

function harness() {
  const passed: string[][] = [];
  const timers: (() => void)[] = [];
  const clock = {
    now: () => 0,
    uptime: () => 0,
    after: (_delay: number, wake: () => void) => (timers.push(wake), () => undefined),
  };
  const announce = createThrottle<string>(clock, (names) => passed.push([...names].toSorted()));
  return { announce, passed, tick: () => timers.shift()?.() };
}

test('SHL-9: the first news passes at once, more within a moment pass together and only once', () => {
  const { announce, passed, tick } = harness();
  announce(['users']);
  announce(['users', 'jobs']);
  announce(['sync']);
  expect(passed).toEqual([['users']]);
  tick();
  expect(passed).toEqual([['users'], ['jobs', 'sync', 'users']]);
  tick();
  tick();
  expect(passed).toHaveLength(2);
  announce(['users']);
  expect(passed).toHaveLength(3);
});

test('SHL-9: news that comes while news is passed on is not lost', () => {
  const { announce, passed, tick } = harness();
  announce(['users']);
  announce(['jobs']);
  tick();
  announce(['outbox']);
  tick();
  expect(passed.flat()).toEqual(['users', 'jobs', 'outbox']);
});
