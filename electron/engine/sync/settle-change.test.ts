import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '../remote/answer.ts';
import { settleChange } from './settle-change.ts';

const NOW = 1_000_000;
const kinds = fc.constantFrom('create', 'patch', 'delete');
const text = fc.string({ maxLength: 5 });
const lost = fc.record({
  kind: fc.constant('lost'),
  reason: fc.constantFrom('dns', 'timeout', 'tls', 'captive-portal', 'not-json'),
  message: text,
});
const broken = fc.record({
  kind: fc.constant('broken'),
  status: fc.integer({ min: 500, max: 599 }),
  message: text,
  correlationId: text,
});
const throttled = fc.record({
  kind: fc.constant('throttled'),
  status: fc.constantFrom(429, 503),
  retryAfterMs: fc.option(fc.nat(3_600_000)),
  message: text,
  correlationId: text,
});
const refused = fc.record({
  kind: fc.constant('refused'),
  status: fc.integer({ min: 400, max: 499 }),
  message: text,
  body: fc.constant(null),
  correlationId: text,
});
const unauthorised = fc.record({ kind: fc.constant('unauthorised'), correlationId: text });
const notOk = fc.oneof(lost, broken, throttled, refused, unauthorised) as fc.Arbitrary<Answer>;
const share = fc.double({ min: 0, max: 0.999, noNaN: true });

test('OFF-2 L1: no answer but a 2xx, or the server’s word that what is to be deleted is gone, ends a change', () => {
  fc.assert(
    fc.property(kinds, fc.nat(1000), notOk, share, (kind, attempts, answer, random) => {
      const { kind: outcome } = settleChange({ kind, attempts }, answer, NOW, random);
      const isGone = answer.kind === 'refused' && (answer.status === 404 || answer.status === 410);
      expect(outcome === 'acknowledged').toBe(kind === 'delete' && isGone);
    }),
    { numRuns: 2000 },
  );
});

test('OFF-2 L1: what goes again has a time in the future, never a tight loop', () => {
  fc.assert(
    fc.property(
      kinds,
      fc.nat(1000),
      fc.oneof(lost, broken, unauthorised) as fc.Arbitrary<Answer>,
      share,
      (kind, attempts, answer, random) => {
        const settlement = settleChange({ kind, attempts }, answer, NOW, random);
        expect(settlement).toMatchObject({ kind: 'again' });
        expect(settlement.kind === 'again' ? settlement.nextAt : 0).toBeGreaterThanOrEqual(NOW + 200);
      },
    ),
  );
});

test('OFF-2 L3: only after a 5xx or no answer is the fate unknown', () => {
  fc.assert(
    fc.property(kinds, notOk, share, (kind, answer, random) => {
      const settlement = settleChange({ kind, attempts: 1 }, answer, NOW, random);
      const isUnknown = settlement.kind === 'again' && settlement.state === 'unknown';
      expect(isUnknown).toBe(answer.kind === 'lost' || answer.kind === 'broken');
    }),
  );
});

const refusal = (status: number): Answer => ({ kind: 'refused', status, message: '', body: null, correlationId: '' });

test.each([
  ['create', 409, { kind: 'look' }],
  ['create', 404, { kind: 'conflict', reason: 'gone-on-server' }],
  ['patch', 404, { kind: 'conflict', reason: 'gone-on-server' }],
  ['patch', 410, { kind: 'conflict', reason: 'gone-on-server' }],
  ['delete', 404, { kind: 'acknowledged', body: null }],
  ['patch', 409, { kind: 'quarantine', reason: 'not-accepted' }],
  ['patch', 412, { kind: 'merge' }],
  ['delete', 412, { kind: 'merge' }],
  ['patch', 403, { kind: 'quarantine', reason: 'not-permitted' }],
  ['create', 400, { kind: 'quarantine', reason: 'not-accepted' }],
  ['create', 422, { kind: 'quarantine', reason: 'not-accepted' }],
] as const)('OFF-2 L1: a %s that is answered %i becomes %j', (kind, status, settlement) => {
  expect(settleChange({ kind, attempts: 1 }, refusal(status), NOW, 0.5)).toEqual(settlement);
});

test('OFF-2 L1: a create that is answered as changed meanwhile was not executed, and goes again as it is', () => {
  const settlement = settleChange({ kind: 'create', attempts: 1 }, refusal(412), NOW, 0.5);
  expect(settlement).toMatchObject({ kind: 'again', state: 'queued', countsAttempt: true });
});

test('OFF-2 L11: the time of a Retry-After is kept, and a push-back is no attempt', () => {
  const answer: Answer = { kind: 'throttled', status: 429, retryAfterMs: 30_000, message: '', correlationId: '' };
  expect(settleChange({ kind: 'patch', attempts: 3 }, answer, NOW, 0.5)).toEqual({
    kind: 'again',
    state: 'waiting',
    reason: 'cloud-busy',
    nextAt: NOW + 30_000,
    countsAttempt: false,
  });
});
