import { expect, test } from 'vitest';
import { layer } from '../chaos/faults/layer.ts';
import { VARIANTS } from '../chaos/faults/variants.ts';
import { layer as imports } from '../chaos/import/layer.ts';

const LONG = { timeout: 300_000 };
const QUIET = { stopAtFirst: false, progress: () => undefined };

test('OFF-2 L1: two consoles and the portal through every fault of network and cloud', LONG, async () => {
  const { runs, counts, violations } = await layer.run({ ...QUIET, seed: 1, runs: layer.perCommit });
  expect(violations).toEqual([]);
  expect(runs).toBeGreaterThanOrEqual(layer.perCommit);
  expect(VARIANTS.filter(({ name }) => !counts[`requests ${name}`])).toEqual([]);
});

test('IMP-8 L20: an import through kills, failing rows and lost answers arrives row by row once', LONG, async () => {
  const { counts, violations } = await imports.run({ ...QUIET, seed: 1, runs: imports.perCommit });
  expect(violations).toEqual([]);
  expect(counts['kills with all capabilities']).toBeGreaterThan(3);
  expect(counts['kills with none']).toBeGreaterThan(3);
});
