import { expect, test } from 'vitest';
import type { Clock } from '../../electron/engine/runtime/clock.ts';
import { addAccount, changesOf } from '../harness/edits.ts';
import { createManualClock } from '../harness/manual-clock.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { until } from '../harness/until.ts';
import { aFault, aSandbox } from '../sandbox/sandbox-client.ts';

const HOUR_MS = 3_600_000;

/** A cloud that keeps keys for ten minutes and no references, and a laptop whose clock can be set. */
async function inDoubt() {
  const time = createManualClock();
  let offset = 0;
  const clock: Clock = { ...time, now: () => time.now() + offset };
  const sandbox = await aSandbox({
    clock: () => time.now(),
    settings: { capabilities: { batchSize: 0, idempotencyTtlSeconds: 600, externalRef: false } },
  });
  const engine = await (await startEngine({ sandbox, clock })).ready();
  sandbox.configure({ faults: [aFault({ kind: 'drop-after-commit', method: 'POST', path: 'accounts' })] });
  await addAccount(engine, 'Kept Once');
  await until(
    'in doubt',
    async () => (await changesOf(engine))[0]?.state,
    (state) => state === 'unknown',
  );
  sandbox.configure({ faults: [] });
  return { engine, clock, time, setBack: () => (offset = -HOUR_MS) };
}

function copies({ sandbox }: TestEngine): number {
  return sandbox.oracle.accounts().filter(({ name }) => name === 'Kept Once').length;
}

test('OFF-2 L6: after the clock was set back no key counts as young, and the cloud is asked instead', async () => {
  const { engine, time, setBack } = await inDoubt();
  setBack();
  time.advance(HOUR_MS + 100_000);
  await engine.settled();
  expect(copies(engine)).toBe(1);
  expect(await changesOf(engine)).toEqual([]);
});

test('OFF-2 L11: nothing waits for a time of the clock that was set back', async () => {
  const { engine, time, setBack } = await inDoubt();
  setBack();
  time.advance(120_000);
  await engine.settled();
  expect(copies(engine)).toBe(1);
  expect(await changesOf(engine)).toEqual([]);
});

test('OFF-2 L6: nor when the clock was set back while the program was not running', async () => {
  const { engine, clock, time, setBack } = await inDoubt();
  engine.crash();
  setBack();
  time.advance(HOUR_MS / 2);
  const again = await engine.restart({ clock });
  await until(
    'at rest',
    () => again.engine.context.scheduler.isSyncing(),
    (isSyncing) => !isSyncing,
  );
  time.advance(HOUR_MS / 2 + 100_000);
  await again.settled();
  expect(copies(again)).toBe(1);
  expect(await changesOf(again)).toEqual([]);
});
