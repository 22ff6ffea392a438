import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faultRule, type FaultRule } from '../../../shared/cloud/sandbox-control.ts';
import type { Capabilities } from '../../../shared/cloud/wire.ts';
import { startSandbox, type Sandbox } from '../../../electron/sandbox/sandbox.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import type { Standing } from '../lab/deed.ts';
import { judge, traceOf, type Finding } from '../lab/judge.ts';
import { createPortal, type Portal } from '../lab/portal.ts';
import { readDiary } from '../lab/diary.ts';
import { FAILPOINTS, NETWORK_FAILPOINTS } from './failpoints.ts';
import { dieBy, healed, startLife } from './lives.ts';
import type { Order } from './order.ts';

/** So quick passes the time of a lane: waits of seconds pass between two kills. */
const SPEED = 20;
/** A third is killed so long after its birth at most, most of them before they have done anything. */
const LONGEST_START_MS = 250;
/** The others so long after the first thing they did. */
const LONGEST_WORK_MS = 160;
/** For those that are to die at a named place, after they have written about five deeds down: a busy machine takes longer to come so far. */
const LONGEST_LIFE_MS = 300;
const FIVE_DEEDS = 600;

export type LaneSetup = {
  readonly entry: string;
  readonly folder: string;
  readonly seed: number;
  readonly mode: Partial<Capabilities>;
};

export type LaneResult = {
  readonly kills: number;
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<string, number>>;
  /** The last deeds and deaths. */
  readonly trace: readonly string[];
};

/** One console and its cloud through so many kills, then everything is judged. */
export async function runLane(setup: LaneSetup, kills: number): Promise<LaneResult> {
  const { folder, seed, mode } = setup;
  const random = seededRandom(seed);
  const base = Date.now();
  const sandbox = await startSandbox({
    ...{ directory: null, port: 0, tenants: 'empty', clock: () => Math.round(base + (Date.now() - base) * SPEED) },
    settings: { capabilities: mode, seed },
  });
  const portal = createPortal(sandbox, random);
  portal.settle(12);
  mkdirSync(folder, { recursive: true });
  const counts: Record<string, number> = {};
  const count = (what: string, by = 1): void => void (counts[what] = (counts[what] ?? 0) + by);
  const order: Omit<Order, 'life' | 'seed' | 'failpoint' | 'task'> = { folder, url: sandbox.url, base, speed: SPEED };
  try {
    for (let life = 1; life <= kills; life += 1) {
      sandbox.configure({ faults: faultsOf(random) });
      const failpoint = drawFailpoint(random, life);
      const isClosing = failpoint?.name.startsWith('checkpoint') ?? false;
      const task = isClosing ? 'close' : 'work';
      const victim = startLife(setup.entry, { ...order, seed: seed * 1000 + life, life, failpoint, task });
      // Something of the portal's own between two lives, and with ETags in the midst of one too.
      if (random() < 0.5) portal.edit(true);
      if (mode.etag !== false && random() < 0.5) setTimeout(() => portal.edit(true), 60 + random() * 200);
      const death = await dieIn(victim, { random, isNamed: failpoint !== null, diary: join(folder, 'diary') });
      count(`death ${death}`);
    }
    sandbox.configure({ faults: [] });
    const standing = await healed(setup.entry, { ...order, seed, life: kills + 1, failpoint: null, task: 'heal' });
    return judged({ sandbox, folder, counts, count, kills, standing, portal });
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function dieIn(
  victim: ReturnType<typeof startLife>,
  life: { readonly random: () => number; readonly isNamed: boolean; readonly diary: string },
): Promise<string> {
  const { random, isNamed, diary } = life;
  if (!isNamed && random() < 0.33) return dieBy(victim, random() * LONGEST_START_MS);
  const size = (): number => (existsSync(diary) ? statSync(diary).size : 0);
  const before = size();
  if (isNamed) return dieBy(victim, LONGEST_LIFE_MS, () => size() > before + FIVE_DEEDS);
  return dieBy(victim, random() * LONGEST_WORK_MS, () => size() > before);
}

function judged(lane: {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly counts: Record<string, number>;
  readonly count: (what: string, by?: number) => void;
  readonly kills: number;
  readonly standing: Standing | string;
  readonly portal: Portal;
}): LaneResult {
  const { sandbox, folder, counts, count, kills, standing } = lane;
  const { deeds, deaths, faults } = readDiary(join(folder, 'diary'), 'victim');
  for (const name of deaths) count(`failpoint ${name}`);
  count('deeds', deeds.length);
  count('kept deeds', deeds.filter(({ isDone }) => isDone).length);
  count('requests', sandbox.oracle.requests().length);
  count('commits', sandbox.oracle.log().length);
  const findings: Finding[] = faults.map((what) => ({ invariant: 'I5', what }));
  if (typeof standing === 'string') findings.push({ invariant: 'I5', what: standing });
  else {
    count('stopped for a person', standing.stopped.length);
    findings.push(...judge({ oracle: sandbox.oracle, deeds, standings: [standing] }), ...lane.portal.judge(deeds));
  }
  return { kills, findings, counts, trace: traceOf(findings, deeds, sandbox.oracle.log()).concat(deaths) };
}

/** Half of the lives die at a named place, the others at any time. */
function drawFailpoint(random: () => number, life: number): Order['failpoint'] {
  if (random() < 0.4) return null;
  // A migration runs at the first start only.
  const places = [
    ...FAILPOINTS.filter(({ name }) => name.startsWith('migration') === (life === 1)),
    ...NETWORK_FAILPOINTS.map((name) => ({ name, passes: 20 })),
  ];
  const place = places[Math.floor(random() * places.length)];
  return place ? { name: place.name, pass: 1 + Math.floor(random() * place.passes) } : null;
}

function faultsOf(random: () => number): FaultRule[] {
  if (random() < 0.5) return [];
  const kinds = ['drop-after-commit', 'drop-before-commit', 'server-error-after-commit', 'truncated-body'] as const;
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'drop-after-commit';
  return [
    faultRule.parse({ kind, probability: 0.2, method: random() < 0.5 ? 'PATCH' : 'POST', path: 'accounts' }),
    faultRule.parse({ kind: 'rate-limit', retryAfterSeconds: 1, probability: 0.05 }),
  ];
}
