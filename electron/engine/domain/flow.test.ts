import { expect, test } from 'vitest';
import { FLOW_START, narrow, widen, type Flow } from './flow.ts';

function after(successes: number, flow: Flow = FLOW_START): Flow {
  let next = flow;
  for (let index = 0; index < successes; index += 1) next = widen(next);
  return next;
}

test('SYNC 3.7: one more connection after twenty successes, up to eight', () => {
  expect([0, 19, 20, 40, 1000].map((successes) => after(successes).width)).toEqual([2, 2, 3, 4, 8]);
});

test('SYNC 3.7: a push-back halves the connections, down to two, and the count begins anew', () => {
  expect(narrow(after(1000))).toEqual({ width: 4, successes: 0 });
  expect(narrow(narrow(narrow(after(1000)))).width).toBe(2);
  expect(after(19, narrow(after(19))).width).toBe(2);
});
