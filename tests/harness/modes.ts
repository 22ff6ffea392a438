import { aSandbox } from '../sandbox/sandbox-client.ts';
import type { Mode } from './capability-modes.ts';
import { createFastClock } from './fast-clock.ts';
import { startEngine, type EngineSetup, type TestEngine } from './start-engine.ts';

/** Back-offs of minutes pass in seconds. */
const SPEED = 80;

/** Signed in, everything fetched, on a clock that runs quicker. */
export async function engineIn(mode: Mode, more: EngineSetup & { readonly seed?: number } = {}): Promise<TestEngine> {
  const clock = more.clock ?? createFastClock(SPEED);
  const sandbox = more.sandbox ?? (await aSandbox({ clock: () => clock.now() }));
  sandbox.configure({ capabilities: mode, seed: more.seed ?? 1 });
  return (await startEngine({ ...more, sandbox, clock })).ready();
}
