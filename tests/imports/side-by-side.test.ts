import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { ACCOUNT, startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

const list = (name: string, rows: number): string =>
  `NAME,EMAIL\n${Array.from({ length: rows }, (_, row) => `${name} ${row},${name}${row}@customer.example\n`).join('')}`;

it('IMP-14: a preview keeps its rows when another one is cancelled while its file is read', async () => {
  const { desk } = harness;
  const first = await harness.open(list('ann', 3000), 'first.csv');
  const opening = harness.open(list('bo', 20_000), 'second.csv');
  await until(
    'the second file is being read',
    async () => (await desk.list(ACCOUNT)).map(({ state }) => state),
    (states) => states.includes('reading'),
  );
  await desk.cancel(first);
  const second = await opening;
  const { total, rows } = await desk.rows({ id: second, filter: 'all', offset: 19_999, limit: 1 });
  expect([total, rows[0]?.values.email]).toEqual([20_000, 'bo19999@customer.example']);
});
