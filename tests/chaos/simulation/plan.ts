import { NO_CAPABILITIES, type Capabilities } from '../../../shared/cloud/wire.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import { IN_FAULTS, OUT_FAULTS, type Fault, type RetryAfter } from './wire.ts';

/** What a history starts with. */
export type Setup = {
  readonly mode: string;
  readonly capabilities: Capabilities;
  readonly hasRevisions: boolean;
  readonly accessTokenSeconds: number;
  readonly goneStatus: 410 | 400;
  readonly userCount: number;
  /** Which person works at each program. */
  readonly people: readonly number[];
  /** The second program has fetched nothing yet. */
  readonly isFresh: boolean;
  /** After the chaos: does the person press "sync now", or wait? */
  readonly ending: 'now' | 'wait';
  /** What the person then decides about what stands. */
  readonly verdict: 'leave' | 'mine' | 'undo' | 'resolve';
  /** So many requests and answers arrive before the first step. */
  readonly warmUp?: number;
};

export type StepKind = (typeof WEIGHTS)[number][1];

/** One step, in words that make sense at any moment: numbers in [0, 1) choose among what is there then. */
export type Step = {
  readonly kind: StepKind;
  readonly client: number;
  readonly choice: readonly [number, number, number];
  readonly fault: Fault;
  readonly retryAfter: RetryAfter;
};

export type Plan = { readonly setup: Setup; readonly steps: readonly Step[] };

const WEIGHTS = [
  [560, 'move'],
  [90, 'time'],
  [80, 'edit user'],
  [30, 'add user'],
  [12, 'add account'],
  [24, 'edit account'],
  [16, 'undo'],
  [20, 'retry'],
  [10, 'offline'],
  [10, 'sync now'],
  [14, 'upload'],
  [6, 'pause'],
  [6, 'open'],
  [50, 'portal edits'],
  [10, 'portal agrees'],
  [10, 'portal deletes'],
  [8, 'portal adds'],
  [14, 'power cut'],
  [12, 'power cut soon'],
  [12, 'clock jumps'],
  [4, 'sleep'],
  [8, 'tokens expire'],
  [3, 'sign-in ends'],
  [8, 'change tokens expire'],
  [12, 'blind listing'],
  [3, 'capabilities change'],
  [9, 'somebody else signs in'],
  [14, 'delete user'],
  [16, 'resolve'],
  [8, 'drop field'],
  [8, 'move change'],
  [3, 'pin'],
] as const;
const TOTAL = WEIGHTS.reduce((sum, [weight]) => sum + weight, 0);

const FULL: Capabilities = {
  ...{ etag: true, idempotencyKey: true, idempotencyTtlSeconds: 86_400, delta: true, externalRef: true },
  ...{ batchSize: 20, pageSize: 100, createAccounts: true, tenantFeed: false },
};

/** What CLOUD_API.md calls optional: all of it, nothing of it, and mixtures. */
const MODES: readonly (readonly [string, Partial<Capabilities>])[] = [
  ['all', { ...FULL, tenantFeed: true }],
  ['none', { ...NO_CAPABILITIES, createAccounts: true }],
  ['all', { ...FULL, batchSize: 0, idempotencyTtlSeconds: 900 }],
  ['none', { ...NO_CAPABILITIES, pageSize: 3, createAccounts: true }],
  ['mixed', { ...FULL, etag: false, tenantFeed: true }],
  ['mixed', { ...FULL, idempotencyKey: false, pageSize: 2, batchSize: 3 }],
  ['mixed', { ...FULL, externalRef: false, delta: false, batchSize: 3, pageSize: 4 }],
  ['mixed', { ...NO_CAPABILITIES, idempotencyKey: true, idempotencyTtlSeconds: 900, createAccounts: true }],
  ['mixed', { ...NO_CAPABILITIES, externalRef: true, delta: true, createAccounts: true }],
  ['mixed', { ...NO_CAPABILITIES, etag: true, batchSize: 20, createAccounts: true }],
];

export function otherMode(choice: number): Capabilities {
  return { ...NO_CAPABILITIES, ...MODES[Math.floor(choice * MODES.length)]?.[1] };
}

/** The history number `run` of a seed: always the same. */
export function planOf(seed: number, run: number): Plan {
  const random = seededRandom(Math.imul(seed, 1_000_003) + Math.imul(run, 7919));
  for (let warm = 0; warm < 3; warm += 1) random();
  const chance = (share: number): boolean => random() < share;
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const [mode, capabilities] = MODES[run % MODES.length] ?? ['none', {}];
  const roughness = one([0.04, 0.15, 0.35]);
  const setup: Setup = {
    ...{ mode, capabilities: { ...NO_CAPABILITIES, ...capabilities } },
    hasRevisions: mode !== 'none' || chance(0.5),
    accessTokenSeconds: one([300, 3600, 86_400]),
    goneStatus: one([410, 400]),
    userCount: chance(0.12) ? 30 : 4,
    people: [0, chance(0.5) ? 0 : 1],
    isFresh: chance(0.1),
    ending: chance(0.65) ? 'now' : 'wait',
    verdict: one(['leave', 'mine', 'undo', 'resolve']),
  };
  // Most bugs need few steps; one history in ten is long, for those that need many.
  const isLong = chance(0.1);
  const length = isLong ? 40 + Math.floor(random() * 80) : 8 + Math.floor(random() * 9);
  const warmUp = isLong ? 0 : Math.floor(random() * 14);
  const number = (): number => Math.floor(random() * 1000) / 1000;
  const step = (): Step => {
    let at = random() * TOTAL;
    const kind = WEIGHTS.find(([weight]) => (at -= weight) < 0)?.[1] ?? 'move';
    const isFault = kind === 'move' && chance(roughness);
    return {
      kind,
      client: chance(0.5) ? 1 : 0,
      choice: [number(), number(), number()],
      fault: isFault ? one(chance(0.5) ? IN_FAULTS : OUT_FAULTS) : 'none',
      retryAfter: { seconds: one([1, 5, 30, 120]), form: one(['seconds', 'date', 'absent']) },
    };
  };
  return { setup: { ...setup, warmUp }, steps: Array.from({ length }, step) };
}
