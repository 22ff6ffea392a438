import type { Layer, LayerOptions, LayerResult, Violation } from '../layer.ts';
import { MODES } from '../../harness/capability-modes.ts';
import { openNetworkFaults } from './network-faults.ts';
import { runRound } from './round.ts';
import { VARIANTS } from './variants.ts';

/** So many requests go to one cloud before all of it is judged. */
const REQUESTS_PER_ROUND = 250;

/** L4 of SYNC 4.2: real HTTP through every way to fail. */
export const layer: Layer = {
  name: 'L4',
  title: 'every fault of network and cloud over real HTTP',
  unit: 'requests',
  perCommit: 2500,
  nightly: 200_000,
  hasOwnProcesses: true,
  run,
};

/** Every variant at least once, every second one without capabilities; then the other way round, as the number of requests allows. */
async function run(options: LayerOptions): Promise<LayerResult> {
  const network = await openNetworkFaults();
  const counts: Record<string, number> = {};
  const count = (what: string, by: number): void => void (counts[what] = (counts[what] ?? 0) + by);
  const violations: Violation[] = [];
  const rounds = MODES.flatMap((_, pass) =>
    VARIANTS.map((variant, index) => {
      const [modeName, mode] = MODES[(index + pass) % MODES.length] ?? MODES[0];
      return { variant, modeName, mode };
    }),
  );
  const requests = Math.min(REQUESTS_PER_ROUND, Math.ceil(options.runs / rounds.length));
  let runs = 0;
  try {
    for (let index = 0; runs < options.runs || index < VARIANTS.length; index += 1) {
      if (options.stopAtFirst && violations.length > 0) break;
      const round = rounds[index % rounds.length] ?? rounds[0];
      if (!round) break;
      const seed = options.seed * 1000 + index;
      const result = await runRound({ ...round, seed, network, requests });
      runs += result.requests;
      const { name } = round.variant;
      count(`requests ${name}`, result.requests);
      count(`hits ${name}`, result.hits);
      count(`deeds ${round.modeName}`, result.deeds);
      count(`requests ${round.modeName}`, result.requests);
      for (const { invariant, what } of result.findings) {
        count(`${invariant} ${name}`, 1);
        const where = `${name}, ${round.modeName}`;
        violations.push({ invariant, seed, run: runs, what: `${where}: ${what}`, trace: result.trace });
      }
      options.progress(runs);
    }
  } finally {
    network.close();
  }
  return { runs, counts, violations };
}
