import { z } from 'zod';

/** SYNC 3.8. `offline` is the person's own choice (work offline); the others are observed. */
export const connectionState = z.enum(['online', 'unreachable', 'no-link', 'offline', 'signed-out', 'checking']);
export type ConnectionState = z.output<typeof connectionState>;

/** Why the cloud does not answer, when it does not. */
export const unreachableReason = z.enum([
  'none',
  'dns',
  'refused',
  'broken-off',
  'timeout',
  'tls',
  'captive-portal',
  'proxy',
  'server-error',
  'not-json',
  'rate-limited',
  /** Ours: nothing can be written on this computer, so nothing is sent or fetched. */
  'disk-full',
]);
export type UnreachableReason = z.output<typeof unreachableReason>;
