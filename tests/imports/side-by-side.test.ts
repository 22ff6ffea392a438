import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

const list = (name: string, rows: number): string =>
  `NAME,EMAIL\n${Array.from({ length: rows }, (_, row) => `${name} ${row},${name}${row}@customer.example\n`).join('')}`;

it('IMP-14: a preview keeps its rows when another one is cancelled while its file is read', async () => {
  const { desk, repositories } = harness;
  const first = await harness.open(list('ann', 3000), 'first.csv');
  const opening = harness.open(list('bo', 20_000), 'second.csv');
  const stored = repositories.journal.sql.prepare<[], { count: number }>(
    'SELECT count(*) * 128 AS count FROM import_packs',
  );
  await until(
    'the second file is being read',
    () => stored.get()?.count ?? 0,
    (count) => count > 5000,
  );
  await desk.cancel(first);
  const second = await opening;
  const emailAt = async (offset: number): Promise<string | undefined> =>
    (await desk.rows({ id: second, filter: 'all', offset, limit: 1 })).rows[0]?.values.email;
  expect([await emailAt(0), await emailAt(3000), await emailAt(19_999)]).toEqual([
    'bo0@customer.example',
    'bo3000@customer.example',
    'bo19999@customer.example',
  ]);
});
