import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../shared/cloud/sandbox-control.ts';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { connectionSentences, reasonSentences } from '../../renderer/text/connection.ts';
import { openNetworkFaults, type NetworkFault, type NetworkFaults } from '../chaos/faults/network-faults.ts';
import { addUser, commits } from '../harness/edits.ts';
import { createFastClock } from '../harness/fast-clock.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, aSandbox } from '../sandbox/sandbox-client.ts';

let network: NetworkFaults;
beforeEach(async () => {
  network = await openNetworkFaults();
});
afterEach(() => network.close());

/** A console whose way to the cloud can be broken. */
async function aConsole(settings: { accessTokenSeconds?: number } = {}) {
  const clock = createFastClock(80);
  const way: { fault: NetworkFault | null } = { fault: null };
  const fetch: Fetch = (input, init) =>
    way.fault === null ? globalThis.fetch(input, init) : network.fetch(way.fault, new Request(input).url, init);
  const sandbox = await aSandbox({ clock: () => clock.now() });
  sandbox.configure(settings);
  const engine = await (await startEngine({ sandbox, clock, fetch })).ready();
  return { engine, way };
}

/** What the screen says of the cloud once it says this. */
async function shows(engine: TestEngine, reason: string) {
  return until(
    `reason ${reason}`,
    () => engine.client.sync.status({ accountId: null }),
    (status) => status.reason === reason,
  );
}

describe('what stands between the console and the cloud is called by its name', () => {
  test.each([
    ['dns-failure', 'dns'],
    ['refused', 'refused'],
    ['reset-at-once', 'broken-off'],
    ['tls-reset', 'tls'],
    ['tls-stranger', 'tls'],
  ] as const)('SYNC 3.8: %s on the way is shown as %s, and afterwards the change arrives', async (fault, reason) => {
    const { engine, way } = await aConsole();
    way.fault = fault;
    await addUser(engine, 'Waiting');
    const { connection } = await shows(engine, reason);
    expect(connectionSentences[connection]).not.toBe(connectionSentences.online);
    expect(reasonSentences[reason]).toMatch(/\w\.$/u);
    expect(commits(engine)).toEqual([]);
    way.fault = null;
    await engine.settled();
    expect(commits(engine)).toEqual(['add waiting@new.example']);
  });

  test.each([
    ['drop-before-commit', 'broken-off', {}],
    ['drop-after-commit', 'broken-off', {}],
    ['reset', 'broken-off', {}],
    ['truncated-body', 'broken-off', {}],
    ['no-answer', 'timeout', {}],
    ['slow-body', 'timeout', { delayMs: 300 }],
    ['rate-limit', 'rate-limited', { retryAfterSeconds: 60 }],
    ['unavailable', 'rate-limited', { retryAfterSeconds: 60, isRetryAfterDate: true }],
    ['unavailable', 'server-error', {}],
    ['server-error', 'server-error', {}],
    ['server-error-after-commit', 'server-error', {}],
    ['not-json', 'not-json', {}],
    ['html-page', 'captive-portal', {}],
    ['portal-redirect', 'captive-portal', {}],
    ['proxy-sign-in', 'proxy', {}],
  ] as const satisfies readonly (readonly [FaultRule['kind'], string, Partial<FaultRule>])[])(
    'SYNC 3.8: %s is shown as %s with %j, and afterwards the change arrives once',
    async (kind, reason, more) => {
      const { engine } = await aConsole();
      engine.sandbox.configure({ faults: [aFault({ kind, ...more })] });
      await addUser(engine, 'Waiting');
      await shows(engine, reason);
      expect(reasonSentences[reason]).toMatch(/\w\.$/u);
      engine.sandbox.configure({ faults: [] });
      await engine.settled();
      expect(commits(engine)).toEqual(['add waiting@new.example']);
    },
  );
});

describe('the renewal of the sign-in', () => {
  test.each([
    ['no-answer', 'timeout', {}],
    ['portal-redirect', 'captive-portal', {}],
    ['html-page', 'captive-portal', {}],
    ['proxy-sign-in', 'proxy', {}],
    ['not-json', 'not-json', {}],
    ['server-error', 'server-error', {}],
  ] as const satisfies readonly (readonly [FaultRule['kind'], string, Partial<FaultRule>])[])(
    'SES-3: %s at the token endpoint is shown as %s and never ends the sign-in',
    async (kind, reason, more) => {
      const { engine } = await aConsole({ accessTokenSeconds: 31 });
      engine.sandbox.configure({ faults: [aFault({ kind, path: '/token', method: 'POST', ...more })] });
      await addUser(engine, 'Waiting');
      await shows(engine, reason);
      expect(await engine.client.session.state({})).toMatchObject({ status: 'signed-in' });
      engine.sandbox.configure({ faults: [], accessTokenSeconds: 3600 });
      await engine.settled();
      expect(commits(engine)).toEqual(['add waiting@new.example']);
    },
  );

  test('OFF-2 L11: a Retry-After of the token endpoint holds for everything', async () => {
    const sandbox = await aSandbox();
    sandbox.configure({ accessTokenSeconds: 1 });
    const engine = await (await startEngine({ sandbox, clock: systemClock })).ready();
    const rule = aFault({ kind: 'rate-limit', path: '/token', method: 'POST', retryAfterSeconds: 600 });
    sandbox.configure({ faults: [rule] });
    await addUser(engine, 'Waiting');
    await shows(engine, 'rate-limited');
    const before = sandbox.oracle.requests().length;
    await addUser(engine, 'Another');
    await until(
      'at rest',
      () => engine.engine.context.scheduler.isSyncing(),
      (isSyncing) => !isSyncing,
    );
    expect(sandbox.oracle.requests()).toHaveLength(before);
  });
});
