import { expect, test } from 'vitest';
import { layer } from '../chaos/files/files-layer.ts';

/** A taste of what `npm run chaos -- files` does at length. */
const FILES = 200;

test(
  'IMP-2: any file whatsoever ends with a preview or a clear refusal, and no sound one with a wrong value',
  { timeout: 240_000 },
  async () => {
    const { runs, violations } = await layer.run({
      ...{ seed: 8, runs: FILES, stopAtFirst: false, progress: () => undefined },
    });
    expect([runs, violations]).toEqual([FILES, []]);
  },
);
