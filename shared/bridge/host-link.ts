import { z } from 'zod';

/** What main tells the engine process at its start. */
export const engineStart = z.object({
  type: z.literal('start'),
  directory: z.string(),
  cloud: z.object({ url: z.string(), label: z.string(), isSandbox: z.boolean() }),
  isDemoSignIn: z.boolean(),
  appVersion: z.string(),
  /** Number of this engine: pages tell a restart by it. */
  engine: z.number(),
  hasKeychain: z.boolean(),
  /** The system can ask whoever sits here to prove who it is (Touch ID). */
  canConfirmPerson: z.boolean(),
});
export type EngineStart = z.output<typeof engineStart>;

/** From main to the engine. Page traffic is opaque to main: it only knows which page it belongs to. */
export const toEngine = z.discriminatedUnion('type', [
  engineStart,
  z.object({ type: z.literal('page-opened'), page: z.number() }),
  z.object({ type: z.literal('page-message'), page: z.number(), message: z.unknown() }),
  z.object({ type: z.literal('page-closed'), page: z.number() }),
  z.object({ type: z.literal('file-granted'), grant: z.string(), path: z.string() }),
  z.object({ type: z.literal('answer'), id: z.number(), value: z.string().nullable(), error: z.string().nullable() }),
  z.object({ type: z.literal('power'), state: z.enum(['suspend', 'resume', 'lock-screen']) }),
  /** Seconds since anybody touched this computer. */
  z.object({ type: z.literal('idle'), seconds: z.number() }),
  /** Another workspace was locked: this one locks as well, when it has a PIN. */
  z.object({ type: z.literal('lock') }),
  z.object({ type: z.literal('stop') }),
]);
export type ToEngine = z.output<typeof toEngine>;

/** From the engine to main: ready, page traffic, and the few things only the shell can do. */
export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('page-message'), page: z.number(), message: z.unknown() }),
  z.object({
    type: z.literal('ask'),
    id: z.number(),
    what: z.enum(['open-external', 'load-secret', 'save-secret', 'clear-secret', 'confirm-person', 'print-pdf']),
    value: z.string(),
    /** Which secret: the sign-in, or the key of the secrets in the journal. */
    name: z.enum(['session', 'journal-key']),
  }),
  z.object({
    type: z.literal('status'),
    partner: z.string(),
    waitingCount: z.number(),
    attentionCount: z.number(),
    isLocked: z.boolean(),
  }),
  z.object({ type: z.literal('failed'), reason: z.string(), message: z.string() }),
]);
export type FromEngine = z.output<typeof fromEngine>;
