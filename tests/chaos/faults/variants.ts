import { faultRule, type FaultRule } from '../../../shared/cloud/sandbox-control.ts';
import { NETWORK_FAULTS, type NetworkFault } from './network-faults.ts';

/** One way to fail: of the cloud, or of the way to it. */
export type Variant = {
  readonly name: string;
  readonly probability: number;
  readonly network: NetworkFault | null;
  readonly rules: (probability: number) => readonly FaultRule[];
};

const PAUSE = { retryAfterSeconds: 20 } as const;
const OFTEN = 0.2;
/** Each hit waits for a limit or a pause. */
const SELDOM = 0.06;

function cloud(
  name: string,
  rule: Omit<Partial<FaultRule>, 'kind'> & Pick<FaultRule, 'kind'>,
  probability = OFTEN,
): Variant {
  return { name, probability, network: null, rules: (share) => [faultRule.parse({ ...rule, probability: share })] };
}

const CLOUD: readonly Variant[] = [
  cloud('delay', { kind: 'delay', delayMs: 25 }),
  cloud('drop before commit', { kind: 'drop-before-commit' }),
  cloud('drop after commit', { kind: 'drop-after-commit' }),
  cloud('reset', { kind: 'reset' }),
  cloud('half-open', { kind: 'no-answer' }, SELDOM),
  cloud('truncated body', { kind: 'truncated-body' }),
  cloud('slow body', { kind: 'slow-body', delayMs: 4 }),
  cloud('slow-loris', { kind: 'slow-body', delayMs: 150 }, SELDOM),
  cloud('reorder', { kind: 'late-answer' }),
  cloud('duplicate delivery', { kind: 'duplicate' }),
  cloud('429 with seconds', { kind: 'rate-limit', ...PAUSE }, SELDOM),
  cloud('429 with a date', { kind: 'rate-limit', ...PAUSE, isRetryAfterDate: true }, SELDOM),
  cloud('429 without a time', { kind: 'rate-limit' }),
  cloud('503 with seconds', { kind: 'unavailable', ...PAUSE }, SELDOM),
  cloud('503 with a date', { kind: 'unavailable', ...PAUSE, isRetryAfterDate: true }, SELDOM),
  cloud('503 without a time', { kind: 'unavailable' }),
  cloud('500 before commit', { kind: 'server-error' }),
  cloud('500 after commit', { kind: 'server-error-after-commit' }),
  cloud('500 inside a batch', { kind: 'operation-errors', share: 0.2 }, 0.6),
  cloud('wrong ETag', { kind: 'wrong-etag' }),
  cloud('200 not JSON', { kind: 'not-json' }),
  cloud('200 with HTML', { kind: 'html-page' }),
  cloud('captive portal', { kind: 'portal-redirect' }),
  cloud('proxy sign-in', { kind: 'proxy-sign-in' }),
  cloud('401', { kind: 'unauthorised' }),
];

const NETWORK: readonly Variant[] = NETWORK_FAULTS.map((network) => ({
  name: network,
  probability: OFTEN,
  network,
  rules: () => [],
}));

export const VARIANTS: readonly Variant[] = [
  ...CLOUD,
  ...NETWORK,
  {
    name: 'everything at once',
    probability: 0.01,
    network: 'dns-failure',
    rules: (share) => CLOUD.filter(({ name }) => name !== 'duplicate delivery').flatMap(({ rules }) => rules(share)),
  },
];
