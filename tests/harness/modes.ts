import type { Capabilities } from '../../shared/cloud/wire.ts';
import { aSandbox } from '../sandbox/sandbox-client.ts';
import { createFastClock } from './fast-clock.ts';
import { startEngine, type EngineSetup, type TestEngine } from './start-engine.ts';

/** What CLOUD_API.md calls optional, all there and all missing: both ways are built, both are tested. */
export const MODES = [
  ['with all capabilities', {}],
  ['with none', { etag: false, idempotencyKey: false, delta: false, externalRef: false, batchSize: 0 }],
] as const satisfies readonly (readonly [string, Partial<Capabilities>])[];
export type Mode = Partial<Capabilities>;

/** Back-offs of minutes pass in seconds. */
const SPEED = 80;

/** Signed in, everything fetched, on a clock that runs quicker. */
export async function engineIn(mode: Mode, more: EngineSetup & { readonly seed?: number } = {}): Promise<TestEngine> {
  const clock = more.clock ?? createFastClock(SPEED);
  const sandbox = more.sandbox ?? (await aSandbox({ clock: () => clock.now() }));
  sandbox.configure({ capabilities: mode, seed: more.seed ?? 1 });
  return (await startEngine({ ...more, sandbox, clock })).ready();
}
