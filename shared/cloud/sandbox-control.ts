import { z } from 'zod';
import { wireCapabilities } from './wire.ts';

/** Ours: the control surface of the sandbox cloud, below `sandbox-control`. Only on loopback, never on a real cloud. */
export const FAULT_KINDS = [
  'delay',
  'drop-before-commit',
  'drop-after-commit',
  'rate-limit',
  'unavailable',
  'server-error',
  'server-error-after-commit',
  'truncated-body',
  'not-json',
  'html-page',
  'unauthorised',
  'reset',
  'no-answer',
  'slow-body',
  'late-answer',
  'duplicate',
  'wrong-etag',
  'portal-redirect',
  'proxy-sign-in',
  'operation-errors',
] as const;

/** One fault rule. The first rule whose method and path match answers; `probability` decides with the seeded generator. */
export const faultRule = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  probability: z.number().min(0).max(1).default(1),
  /** '' means any. */
  method: z.string().max(10).default(''),
  /** A part of the path; '' means any. */
  path: z.string().max(300).default(''),
  delayMs: z.int().min(0).max(600_000).default(0),
  /** For rate-limit and unavailable; absent: no Retry-After header. */
  retryAfterSeconds: z.int().min(0).max(86_400).optional(),
  /** As an HTTP-date instead of seconds. */
  isRetryAfterDate: z.boolean().default(false),
  /** For operation-errors: which share of the operations of a batch fails; absent: one in a hundred. */
  share: z.number().min(0).max(1).optional(),
  /** How many requests it hits before it goes; absent: until removed. */
  times: z.int().positive().optional(),
});
export type FaultRule = z.output<typeof faultRule>;

export const sandboxSettings = z.strictObject({
  faults: z.array(faultRule),
  /** Seed of the fault decisions. */
  seed: z.int(),
  capabilities: wireCapabilities.partial(),
  /** Added to the real clock. */
  clockOffsetMs: z.int(),
  accessTokenSeconds: z.int().positive(),
});
export type SandboxSettings = z.output<typeof sandboxSettings>;

/** Who can sign in to the demo tenants. Public on purpose: the sandbox holds invented people only. */
export const DEMO_PARTNER = { email: 'pat.technician@partner.example', password: 'field-demo-partner' } as const;
export const DEMO_ADMIN = {
  email: 'ada.admin@harbour.example',
  password: 'field-demo-admin',
  accountNumber: '100000002',
} as const;
/** An administrator of two accounts: sign-in asks for the account number. */
export const DEMO_SHARED_ADMIN = { email: 'sam.shared@example.com', password: 'field-demo-shared' } as const;
/** A plain user: refused by this console. */
export const DEMO_USER = { email: 'una.user@harbour.example', password: 'field-demo-user' } as const;
