import { expect, test } from 'vitest';
import type { FaultRule } from '../../shared/cloud/sandbox-control.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import { aFault, aSandbox, aUser, call, harbourId, outcomes, tokenOf, type Reply } from './sandbox-client.ts';

/** Creates a user while the rules apply; 'dropped' when no whole answer came back. */
async function createUnder(sandbox: Sandbox, faults: readonly FaultRule[]): Promise<Reply | 'dropped'> {
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [...faults] });
  const path = `accounts/${harbourId(sandbox)}/users`;
  try {
    return await call(sandbox, path, { method: 'POST', token, body: aUser('Faulty') });
  } catch {
    return 'dropped';
  }
}

test.each([
  ['drop-before-commit', 'dropped', 0],
  ['drop-after-commit', 'dropped', 1],
  ['truncated-body', 'dropped', 1],
  ['rate-limit', 429, 0],
  ['unavailable', 503, 0],
  ['server-error', 500, 0],
  ['server-error-after-commit', 500, 1],
  ['not-json', 200, 1],
  ['html-page', 200, 0],
  ['unauthorised', 401, 0],
  ['reset', 'dropped', 1],
  ['slow-body', 201, 1],
  ['late-answer', 201, 1],
  ['wrong-etag', 201, 1],
  ['portal-redirect', 302, 0],
] as const)('CLI-2: fault %s is answered %s and commits %i', async (kind, outcome, commits) => {
  const sandbox = await aSandbox();
  const reply = await createUnder(sandbox, [aFault({ kind })]);
  expect(reply === 'dropped' ? reply : reply.status).toBe(outcome);
  expect(sandbox.oracle.log()).toHaveLength(commits);
  expect(sandbox.oracle.requests().at(-1)).toMatchObject({ method: 'POST', fault: kind });
});

test('CLI-2: fault html-page looks like the sign-in page of a site network, not-json like a broken proxy', async () => {
  const sandbox = await aSandbox();
  const page = await createUnder(sandbox, [aFault({ kind: 'html-page' })]);
  expect(page).toMatchObject({ text: expect.stringContaining('<form') });
  sandbox.configure({ faults: [] });
  const text = await createUnder(sandbox, [aFault({ kind: 'not-json' })]);
  expect(text).toMatchObject({ body: {}, text: expect.stringMatching(/^upstream/u) });
});

test('CLI-2: Retry-After comes in seconds or as a date of the sandbox clock, or not at all', async () => {
  const now = Date.UTC(2030, 5, 1, 12);
  const sandbox = await aSandbox({ clock: () => now });
  const retryAfter = async (rule: Partial<FaultRule>): Promise<string | null> => {
    sandbox.configure({ faults: [] });
    const reply = await createUnder(sandbox, [aFault({ kind: 'rate-limit', ...rule })]);
    return reply === 'dropped' ? '' : reply.headers.get('retry-after');
  };
  expect(await retryAfter({ retryAfterSeconds: 7 })).toBe('7');
  expect(await retryAfter({ retryAfterSeconds: 7, isRetryAfterDate: true })).toBe('Sat, 01 Jun 2030 12:00:07 GMT');
  expect(await retryAfter({})).toBeNull();
});

test('CLI-2: rules apply in order: a delay, then the first other one that matches', async () => {
  const sandbox = await aSandbox();
  const reply = await createUnder(sandbox, [
    aFault({ kind: 'unavailable', method: 'GET' }),
    aFault({ kind: 'delay', delayMs: 60 }),
    aFault({ kind: 'rate-limit', path: '/contacts' }),
    aFault({ kind: 'server-error', path: '/users' }),
    aFault({ kind: 'unauthorised' }),
  ]);
  expect(reply === 'dropped' ? reply : reply.status).toBe(500);
});

test('CLI-2: a delayed request is still carried out when its client has gone', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [aFault({ kind: 'delay', delayMs: 80 })] });
  const sent = fetch(`${sandbox.url}/admin/2017-09-01/accounts/${harbourId(sandbox)}/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(aUser('Patient')),
    signal: AbortSignal.timeout(40),
  });
  await expect(sent).rejects.toThrow('timeout');
  await expect.poll(() => sandbox.oracle.log().length).toBe(1);
});

test('CLI-2: a rule with times goes when it is used up', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [aFault({ kind: 'unavailable', times: 2 })] });
  const statuses: number[] = [];
  for (let round = 0; round < 3; round += 1) statuses.push((await call(sandbox, 'accounts', { token })).status);
  expect(statuses).toEqual([503, 503, 200]);
  expect(sandbox.settings().faults).toEqual([]);
});

test('CLI-2: the same seed decides the same faults', async () => {
  const run = async (seed: number): Promise<string> => {
    const sandbox = await aSandbox();
    const token = await tokenOf(sandbox);
    sandbox.configure({ seed, faults: [aFault({ kind: 'unavailable', probability: 0.5 })] });
    let trace = '';
    for (let round = 0; round < 40; round += 1) {
      trace += (await call(sandbox, 'accounts', { token })).status === 503 ? 'x' : '.';
    }
    return trace;
  };
  const [first, again, other] = [await run(11), await run(11), await run(12)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(first).toMatch(/x.*\.|\..*x/u);
});

test('CLI-2: faults never hit the control service', async () => {
  const sandbox = await aSandbox({ settings: { faults: [aFault({ kind: 'drop-before-commit' })] } });
  expect((await call(sandbox, 'status', { service: 'sandbox-control' })).status).toBe(200);
  const cleared = await call(sandbox, 'settings', { service: 'sandbox-control', method: 'PUT', body: { faults: [] } });
  expect(cleared.body['faults']).toEqual([]);
});

test('CLI-2: fault no-answer is executed, and the connection stays silent until the client gives up', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [aFault({ kind: 'no-answer' })] });
  const sent = fetch(`${sandbox.url}/admin/2017-09-01/accounts/${harbourId(sandbox)}/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(aUser('Silent')),
    signal: AbortSignal.timeout(60),
  });
  await expect(sent).rejects.toThrow('timeout');
  expect(sandbox.oracle.log()).toHaveLength(1);
});

test('CLI-2: fault duplicate delivers twice: a key makes it once, without one the second is judged by itself', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [aFault({ kind: 'duplicate', method: 'POST' })] });
  const path = `accounts/${harbourId(sandbox)}/users`;
  const headers = { 'idempotency-key': 'twice' };
  const keyed = await call(sandbox, path, { method: 'POST', token, headers, body: aUser('Keyed') });
  expect([keyed.status, keyed.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  expect((await call(sandbox, path, { method: 'POST', token, body: aUser('Keyless') })).status).toBe(409);
  expect(sandbox.oracle.log()).toHaveLength(2);
  expect(sandbox.oracle.requests().filter(({ fault }) => fault === 'duplicate')).toHaveLength(4);
});

test('CLI-2: fault late-answer lets a later request be answered first', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [aFault({ kind: 'late-answer', times: 1 })] });
  const order: string[] = [];
  const early = call(sandbox, 'accounts?early', { token }).then(() => order.push('early'));
  await expect.poll(() => sandbox.settings().faults).toEqual([]);
  await call(sandbox, 'accounts?late', { token }).then(() => order.push('late'));
  await early;
  expect(order).toEqual(['late', 'early']);
});

test('CLI-2: fault wrong-etag changes every tag of the answer, so that a change on it is refused', async () => {
  const sandbox = await aSandbox();
  const reply = await createUnder(sandbox, [aFault({ kind: 'wrong-etag' })]);
  if (reply === 'dropped') throw new Error('no answer');
  expect(reply.headers.get('etag')).toBe(reply.body['etag']);
  sandbox.configure({ faults: [] });
  const path = `accounts/${harbourId(sandbox)}/users/${String(reply.body['userId'])}`;
  const headers = { 'if-match': String(reply.body['etag']) };
  const token = await tokenOf(sandbox);
  expect((await call(sandbox, path, { method: 'PATCH', token, headers, body: { mobile: '1' } })).status).toBe(412);
});

test('CLI-2: fault operation-errors fails a share of a batch, executed or not', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  sandbox.configure({ faults: [aFault({ kind: 'operation-errors', share: 0.3 })] });
  const operations = Array.from({ length: 60 }, (_, index) => ({ op: 'add', body: aUser(`Share${index}`) }));
  const reply = await call(sandbox, `accounts/${harbourId(sandbox)}/users`, {
    method: 'PATCH',
    token,
    body: { operations },
  });
  const statuses = outcomes(reply).map(({ statusCode }) => statusCode);
  const failed = statuses.filter((status) => status === 500).length;
  expect(statuses).toHaveLength(60);
  expect(failed).toBeGreaterThan(8);
  expect(failed).toBeLessThan(30);
  const made = sandbox.oracle.log().length;
  expect(made).toBeGreaterThan(60 - failed);
  expect(made).toBeLessThan(60);
});
