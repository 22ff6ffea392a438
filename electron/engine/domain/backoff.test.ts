import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, retryAfterMs } from './backoff.ts';

const share = fc.double({ min: 0, max: 0.999_999, noNaN: true });

test('SYNC 3.7: the wait is a random share of a bound that doubles up to five minutes', () => {
  expect([0, 1, 2, 8, 9, 30].map((attempts) => backoffMs(attempts, 0.999_999_9))).toEqual([
    1000, 2000, 4000, 256_000, 300_000, 300_000,
  ]);
  expect(backoffMs(9, 0)).toBe(0);
  fc.assert(
    fc.property(fc.nat(10_000), share, (attempts, random) => {
      const wait = backoffMs(attempts, random);
      return Number.isInteger(wait) && wait >= 0 && wait <= 300_000;
    }),
  );
});

test('SYNC 3.7: Retry-After in seconds is a floor with at most a fifth on top, and at most an hour', () => {
  expect(retryAfterMs('30', null, 0)).toBe(30_000);
  expect(retryAfterMs(' 30 ', null, 1)).toBe(36_000);
  expect(retryAfterMs('86400', null, 0)).toBe(3_600_000);
  fc.assert(
    fc.property(
      fc.nat(3000),
      share,
      (seconds, random) => (retryAfterMs(String(seconds), null, random) ?? -1) >= seconds * 1000,
    ),
  );
});

test('SYNC 3.7: Retry-After as a date counts against the date of the answer, not against the clock of the laptop', () => {
  const date = 'Mon, 02 Nov 2026 08:00:00 GMT';
  expect(retryAfterMs('Mon, 02 Nov 2026 08:00:45 GMT', date, 0)).toBe(45_000);
  expect(retryAfterMs('Mon, 02 Nov 2026 07:00:00 GMT', date, 0.5)).toBe(0);
});

test.each([
  [null, null],
  ['soon', null],
  ['Mon, 02 Nov 2026 08:00:45 GMT', null],
  ['', 'Mon, 02 Nov 2026 08:00:00 GMT'],
])('SYNC 3.7: Retry-After %j with Date %j says nothing', (header, date) => {
  expect(retryAfterMs(header, date, 0.5)).toBeNull();
});
