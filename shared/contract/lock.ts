import { z } from 'zod';
import { instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

export const AUTO_LOCK_MINUTES = [0, 1, 5, 15, 30, 60] as const;

const secret = z.string().max(200);
const nothing = z.strictObject({});

/** SES-5: the console's own lock, and what takes everything off this laptop. Part of the session area. */
export const lockOperations = {
  /** The one question that is answered while the console is locked: it tells nothing of a customer. */
  lockState: query({
    input: nothing,
    output: z.strictObject({
      isLocked: z.boolean(),
      hasPin: z.boolean(),
      /** The system can confirm who sits here (Touch ID). */
      canUseSystem: z.boolean(),
      /** 0: only by hand. */
      autoLockMinutes: z.literal(AUTO_LOCK_MINUTES),
      /** No PIN is looked at before; null when one may be tried now. */
      retryAt: instant.nullable(),
      /** Wrong PINs in a row. */
      failedCount: z.int().nonnegative(),
      /** Changes and rows of imports of all persons that no cloud has: what a wipe would lose. */
      unsentCount: z.int().nonnegative(),
      now: instant,
    }),
  }),
  /** 4 to 12 digits, or a passphrase of 8 characters or more; null takes the PIN away. */
  setPin: command({
    input: z.strictObject({ pin: secret.nullable(), currentPin: secret.nullable() }),
    output: nothing,
    permission: null,
    refusals: ['lock.wrong-pin', 'lock.wait', 'lock.pin-invalid'],
  }),
  setAutoLock: command({
    input: z.strictObject({ minutes: z.literal(AUTO_LOCK_MINUTES) }),
    output: nothing,
    permission: null,
    refusals: [],
  }),
  lock: command({ input: nothing, output: nothing, permission: null, refusals: ['lock.no-pin'] }),
  unlock: command({
    input: z.strictObject({ pin: secret }),
    output: nothing,
    permission: null,
    refusals: ['lock.wrong-pin', 'lock.wait'],
  }),
  unlockBySystem: command({ input: nothing, output: nothing, permission: null, refusals: ['lock.not-confirmed'] }),
  /** For a forgotten PIN: the same person signs in at the cloud once more. Unlocks and takes the PIN away. */
  unlockBySignIn: command({
    input: z.discriminatedUnion('way', [
      z.strictObject({ way: z.literal('browser') }),
      z.strictObject({
        way: z.literal('password'),
        email: z.string().max(254),
        password: z.string().max(1000),
        accountNumber: z.string().max(20).optional(),
      }),
    ]),
    output: nothing,
    permission: null,
    refusals: [
      'session.unreachable',
      'session.cancelled',
      'session.rejected',
      'session.wrong-credentials',
      'session.account-number-needed',
      'session.user-not-permitted',
      'session.already-running',
      'lock.other-person',
    ],
  }),
  /** Somebody works in a window: the time of the auto-lock starts again. */
  noteActivity: command({ input: nothing, output: nothing, permission: null, refusals: [] }),
  /**
   * `cache`: the copies of the cloud's records; the queue stays and is shown again with the next sync. `everything`: also the queue, the
   * history, drafts, copies, sign-in and keys; `confirm` is then the word "wipe".
   */
  wipe: command({
    input: z.strictObject({ what: z.enum(['cache', 'everything']), confirm: z.string().max(20) }),
    output: nothing,
    permission: null,
    refusals: ['wipe.not-confirmed', 'lock.locked'],
  }),
};

/** What is answered while the console is locked. */
export const ANSWERED_WHILE_LOCKED: ReadonlySet<string> = new Set([
  'session.lockState',
  'session.lock',
  'session.unlock',
  'session.unlockBySystem',
  'session.unlockBySignIn',
  'session.wipe',
]);
