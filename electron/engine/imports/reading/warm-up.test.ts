import { expect, test } from 'vitest';
import { warmUp } from './warm-up.ts';

test('IMP-2: what a reader reads to find its speed is whole, and it is over when a file is there', async () => {
  let asked = 0;
  await warmUp(() => {
    asked += 1;
    return false;
  });
  const whole = asked;
  asked = 0;
  await warmUp(() => {
    asked += 1;
    return asked === 3;
  });
  expect(whole).toBeGreaterThan(3);
  expect(asked).toBe(3);
});
