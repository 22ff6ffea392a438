import { NO_CAPABILITIES, type Capabilities } from '../../../shared/cloud/wire.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import { FOCUSES, WEIGHTS, type StepKind } from './focuses.ts';
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
  /** How many of the addresses of new users are such that others choose too. */
  readonly sharedShare?: number;
  /** What such a history looks closer at. */
  readonly focus?: string;
};

/** One step, in words that make sense at any moment: numbers in [0, 1) choose among what is there then. */
export type Step = {
  readonly kind: StepKind;
  readonly client: number;
  readonly choice: readonly [number, number, number];
  readonly fault: Fault;
  readonly retryAfter: RetryAfter;
};

export type Plan = { readonly setup: Setup; readonly steps: readonly Step[] };

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
  const focus = chance(0.4) ? one(FOCUSES) : null;
  const [mode, capabilities] = MODES[focus?.modes ? one(focus.modes) : run % MODES.length] ?? ['none', {}];
  const roughness = focus?.roughness ?? one([0.04, 0.15, 0.35]);
  const setup: Setup = {
    ...{ mode, capabilities: { ...NO_CAPABILITIES, ...capabilities } },
    hasRevisions: mode !== 'none' || chance(0.5),
    accessTokenSeconds: one([300, 3600, 86_400]),
    goneStatus: one([410, 400]),
    userCount: focus?.userCounts ? one(focus.userCounts) : chance(0.12) ? 30 : 4,
    people: [0, chance(0.5) ? 0 : 1],
    isFresh: chance(0.1),
    ending: focus?.ending ?? (chance(0.65) ? 'now' : 'wait'),
    verdict: one(['leave', 'mine', 'undo', 'resolve']),
  };
  // Most bugs need few steps; one history in ten is long, for those that need many.
  const isLong = chance(0.1);
  const length = isLong ? 40 + Math.floor(random() * 80) : 8 + Math.floor(random() * 9);
  const warmUp = isLong ? 0 : Math.floor(random() * 14);
  const number = (): number => Math.floor(random() * 1000) / 1000;
  const weights = WEIGHTS.map(([weight, kind]) => [weight * (focus?.weights[kind] ?? 1), kind] as const);
  const total = weights.reduce((sum, [weight]) => sum + weight, 0);
  const step = (): Step => {
    let at = random() * total;
    const kind = weights.find(([weight]) => (at -= weight) < 0)?.[1] ?? 'move';
    const isFault = kind === 'move' && chance(roughness);
    return {
      kind,
      client: chance(0.5) ? 1 : 0,
      choice: [number(), number(), number()],
      fault: isFault ? one(chance(0.5) ? IN_FAULTS : OUT_FAULTS) : 'none',
      retryAfter: { seconds: one([1, 5, 30, 120]), form: one(['seconds', 'date', 'absent']) },
    };
  };
  const named = focus === null ? {} : { focus: focus.name, sharedShare: focus.sharedShare ?? 0.15 };
  return { setup: { ...setup, ...named, warmUp }, steps: Array.from({ length }, step) };
}
