import { expect, test } from 'vitest';
import type { Clock } from '../runtime/clock.ts';
import { createConnection } from './connection.ts';

const HOUR = 3_600_000;

function aConnection(startAt: number) {
  let now = startAt;
  const clock: Clock = { now: () => now, uptime: () => now, after: () => () => undefined };
  const connection = createConnection({ clock, hasLink: () => true, changed: () => undefined });
  return { connection, pass: (milliseconds: number) => void (now += milliseconds), now: () => now };
}

function asksToWait(retryAfterMs: number) {
  return { kind: 'throttled', status: 429, retryAfterMs, message: '', correlationId: '' } as const;
}

test('OFF-2 L11: a pause holds until its time, and not longer', () => {
  const { connection, pass, now } = aConnection(HOUR);
  connection.observe(asksToWait(5000));
  expect(connection.gatedUntil()).toBe(now() + 5000);
  pass(4999);
  expect(connection.gatedUntil()).toBe(now() + 1);
  pass(1);
  expect(connection.gatedUntil()).toBe(0);
});

test('OFF-2 L11: a pause of seconds does not become one of an hour when the clock is set back by an hour', () => {
  const { connection, pass } = aConnection(10 * HOUR);
  connection.observe(asksToWait(5000));
  pass(-HOUR);
  for (let seconds = 0; seconds < 600; seconds += 10) {
    expect(connection.gatedUntil()).toBe(0);
    pass(10_000);
  }
});

test('OFF-2 L11: a clock that is put right by seconds ends no pause', () => {
  const { connection, pass, now } = aConnection(HOUR);
  connection.observe(asksToWait(5000));
  pass(-2000);
  expect(connection.gatedUntil()).toBe(now() + 7000);
});
