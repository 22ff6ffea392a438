import type { Capabilities } from '../../shared/cloud/wire.ts';

/** What CLOUD_API.md calls optional, all there and all missing: both ways are built, both are tested. */
export const MODES = [
  ['with all capabilities', {}],
  ['with none', { etag: false, idempotencyKey: false, delta: false, externalRef: false, batchSize: 0 }],
] as const satisfies readonly (readonly [string, Partial<Capabilities>])[];
export type Mode = Partial<Capabilities>;
