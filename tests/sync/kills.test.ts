import { expect, test } from 'vitest';
import { layer } from '../chaos/kills/layer.ts';
import { FAILPOINTS } from '../chaos/kills/failpoints.ts';

test(
  'OFF-2 L3: three hundred times killed, at named places and at any time, nothing kept is lost and nothing is done twice',
  { timeout: 300_000 },
  async () => {
    const { runs, counts, violations } = await layer.run({
      seed: 1,
      runs: layer.perCommit,
      stopAtFirst: false,
      progress: () => undefined,
    });
    expect(violations).toEqual([]);
    expect(runs).toBeGreaterThanOrEqual(layer.perCommit);
    expect(counts['kept deeds']).toBeGreaterThan(600);
    expect(counts['death at a failpoint']).toBeGreaterThan(40);
    const reached = FAILPOINTS.filter(({ name }) => `failpoint ${name}` in counts);
    expect(reached.length).toBeGreaterThan(FAILPOINTS.length / 3);
  },
);
