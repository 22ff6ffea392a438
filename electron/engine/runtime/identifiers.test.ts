import { expect, test } from 'vitest';
import { createIdentifiers } from './identifiers.ts';

const UUID7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u;

function made(times: readonly number[]): readonly string[] {
  let now = 0;
  let byte = 0;
  const identifiers = createIdentifiers({ now: () => now, uptime: () => now, after: () => () => undefined }, (count) =>
    Uint8Array.from({ length: count }, () => (byte = (byte * 31 + 7) % 256)),
  );
  return times.map((time) => {
    now = time;
    return identifiers.next();
  });
}

test('SYNC 3.4: ids are UUIDv7 and rise with the time, within a millisecond and when the clock goes back', () => {
  const ids = made([
    ...Array.from({ length: 9000 }, () => 1_700_000_000_000),
    1_700_000_000_001,
    1_600_000_000_000,
    1_700_000_009_999,
  ]);
  expect(ids.every((id) => UUID7.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
});
