import { expect, test } from 'vitest';
import type { Layer } from '../chaos/layer.ts';
import { layer as corruption } from '../chaos/corruption/corruption-layer.ts';
import { layer as disk } from '../chaos/disk/disk-layer.ts';
import { layer as migration } from '../chaos/migration/migration-layer.ts';

/** A taste of what `npm run chaos` does at length. */
const TASTE: readonly (readonly [Layer, number])[] = [
  [corruption, 40],
  [disk, 20],
  [migration, 60],
];

test.each(TASTE)('OFF-5: $title: what was acknowledged is there afterwards, once', async (layer, runs) => {
  const { violations } = await layer.run({ seed: 8, runs, stopAtFirst: false, progress: () => undefined });
  expect(violations).toEqual([]);
});
