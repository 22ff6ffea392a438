import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortInTurns } from './sort-in-turns.ts';

test('IMP-4: a list that is sorted in turns is in the same order as one that is sorted at once', async () => {
  const list = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 0, maxLength: 30_000, size: 'max' });
  await fc.assert(
    fc.asyncProperty(list, async (keys) => {
      const rows = keys.map((key, place) => ({ key, place }));
      let turns = 0;
      const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key;
      const sorted = await sortInTurns(rows, compare, () => {
        turns += 1;
        return Promise.resolve();
      });
      // Equal rows stay in their order too.
      expect(sorted).toEqual(rows.toSorted(compare));
      expect(turns).toBeGreaterThanOrEqual(Math.floor(keys.length / 4096));
    }),
    { numRuns: 20 },
  );
});
