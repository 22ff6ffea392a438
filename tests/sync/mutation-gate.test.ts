import { expect, test } from 'vitest';
import { judgeAll } from '../chaos/gate.ts';
import { MUTANTS } from '../chaos/mutants/mutants.ts';
import { mutated } from '../chaos/mutants/plant.ts';

/** Those that the layers see within a few runs; the night judges all of them. */
const QUICK: readonly string[] = [
  ...['mine-wins', 'no-pause', 'quarantine-on-429'],
  ...['no-inflight-reset', 'drop-on-5xx', 'last-writer-wins', 'no-rebase', 'fresh-etag-on-retry'],
  ...['coalesce-into-inflight', 'dropped-412', 'delete-wins', 'conflict-resolved-silently'],
  ...['overtaking', 'poison-blocks-all'],
];

test('SYNC 4.3: every seeded bug still has its place in the source', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  // Throws, and names the mutant, when the place is not there exactly once.
  for (const mutant of MUTANTS) expect(mutated(mutant).get(mutant.file)).toContain(mutant.replace);
});

test('SYNC 4.3: the layers see the bugs that are planted for them', async () => {
  const quick = MUTANTS.filter(({ id }) => QUICK.includes(id));
  expect(quick).toHaveLength(QUICK.length);
  const budget = { corpus: 1, L1: 5000, L2: 200 };
  const verdicts = await judgeAll(quick, { seed: 1, budget, jobs: 2, tell: () => undefined });
  expect(verdicts.filter(({ caughtBy }) => caughtBy === null).map(({ id }) => id)).toEqual([]);
}, 300_000);
