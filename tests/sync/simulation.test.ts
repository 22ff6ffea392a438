import { expect, test } from 'vitest';
import { layer1 } from '../chaos/layer-1.ts';
import type { LayerResult } from '../chaos/layer.ts';
import { runLayer, runWorker } from '../chaos/run-workers.ts';

const MINUTES = 60_000;
/** About a minute on two idle cores; the night plays a million (SYNC 4.2). */
const HISTORIES = 400;

/** What a person needs to see a failure again stands in the message. */
function expectKept({ violations }: LayerResult): void {
  const told = violations.map(({ invariant, seed, run, what, trace }) => {
    const again = `npm run chaos -- L2 --seed ${seed} --only ${run} --jobs 1`;
    return [`${invariant} in run ${run} of seed ${seed}: ${what}`, again, ...trace.slice(-60)].join('\n');
  });
  expect(told.join('\n\n')).toBe('');
}

test(
  'SYNC 4.2: what once broke a promise does not break it again',
  async () => {
    const result = await runWorker({ layer: 'corpus', seed: 1, runs: 1 });
    expect(result.runs).toBeGreaterThan(0);
    expectKept(result);
  },
  5 * MINUTES,
);

test(
  'SYNC 4.2: the same seed gives the same trace, twice in one process and in another one',
  async () => {
    const [one, other] = await Promise.all([1, 2].map(() => runWorker({ layer: 'twice', seed: 5, runs: 10 })));
    expectKept(one as LayerResult);
    expect(Object.keys(one?.counts ?? {})).toHaveLength(10);
    expect(one?.counts).toEqual(other?.counts);
  },
  5 * MINUTES,
);

test('SYNC 4.2: L1, merge, upcasts and the table of answers keep their properties', async () => {
  const { perCommit } = layer1;
  const result = await layer1.run({ seed: 1, runs: perCommit, stopAtFirst: false, progress: () => undefined });
  expect(result.runs).toBeGreaterThanOrEqual(perCommit);
  expectKept(result);
});

test(
  'SYNC 4.2: L2, whatever the network, the clocks, the cloud and the power do, every promise is kept',
  async () => {
    const result = await runLayer({ layer: 'L2', seed: 1, runs: HISTORIES, jobs: 2 });
    expectKept(result);
    expect(result.runs).toBe(HISTORIES);
    // A simulation in which nothing happens proves nothing.
    const happened = [
      'commits',
      'commits at the portal',
      'crashes',
      'changes',
      'undone',
      'retried conflict',
      'uploaded rows',
    ];
    expect(happened.filter((what) => (result.counts[what] ?? 0) < 15)).toEqual([]);
  },
  15 * MINUTES,
);
