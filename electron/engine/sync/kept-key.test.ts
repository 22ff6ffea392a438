import { expect, test } from 'vitest';
import { isKeyKept } from './kept-key.ts';

const HOUR = 3_600_000;

test.each([
  ['of then, when it was the shorter one', HOUR, 900, 86_400, false],
  ['of now, when it is the shorter one', HOUR, 86_400, 900, false],
  ['of both, while both hold', HOUR, 86_400, 7200, true],
  ['of now, when the other was not written down', HOUR, null, 7200, true],
  ['of nobody, when the clock was set back', -1, 86_400, 86_400, false],
] as const)('OFF-2 L6: a key is trusted by the word %s', (_what, age, then, now, isKept) => {
  const capabilities = {
    ...{ etag: true, idempotencyKey: true, idempotencyTtlSeconds: now, delta: true, tenantFeed: true },
    ...{ externalRef: true, batchSize: 20, pageSize: 100, createAccounts: true },
  };
  expect(isKeyKept(age, then, capabilities)).toBe(isKept);
});
