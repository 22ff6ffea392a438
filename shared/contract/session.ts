import { z } from 'zod';
import { accountId } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { lockOperations } from './lock.ts';
import { command } from './refusals.ts';

const identity = z.strictObject({
  name: z.string(),
  email: z.string(),
  role: z.string(),
  /** The partner account or the customer account the person belongs to, when it is in the cache. */
  accountId: accountId.nullable(),
  accountName: z.string(),
});

export const session = {
  ...lockOperations,
  /** Who works here, and whether the cloud will take it (SES-1, SES-3). */
  state: query({
    input: z.strictObject({}),
    output: z.strictObject({
      /** `expired`: known person, no valid token: everything but sending works. */
      status: z.enum(['signed-out', 'signing-in', 'signed-in', 'expired']),
      identity: identity.nullable(),
      cloud: z.strictObject({ url: z.string(), label: z.string(), isSandbox: z.boolean() }),
      permissions: z.array(z.string()),
      /** `session-only`: this computer has no keychain, the sign-in ends with the program. */
      tokenStorage: z.enum(['keychain', 'session-only']),
      /** Changes of this person that wait for the cloud. */
      waitingCount: z.int().nonnegative(),
    }),
  }),
  /** Opens the system browser and waits for its answer (MiAccess style code flow with PKCE). Abort to give up. */
  signInPartner: command({
    input: z.strictObject({}),
    output: z.strictObject({ name: z.string() }),
    permission: null,
    refusals: [
      'session.unreachable',
      'session.cancelled',
      'session.rejected',
      'session.user-not-permitted',
      'session.already-running',
    ],
  }),
  signInAdmin: command({
    input: z.strictObject({
      email: z.string().max(254),
      password: z.string().max(1000),
      /** Asked for when the e-mail address exists in several accounts: 9 digits. */
      accountNumber: z.string().max(20).optional(),
    }),
    output: z.strictObject({ name: z.string() }),
    permission: null,
    refusals: [
      'session.unreachable',
      'session.wrong-credentials',
      'session.account-number-needed',
      'session.user-not-permitted',
    ],
  }),
  /** With changes waiting the person must say what becomes of them: they stay on this laptop for the next sign-in, or go. */
  signOut: command({
    input: z.strictObject({ waiting: z.enum(['ask', 'keep', 'discard']) }),
    output: z.strictObject({}),
    permission: null,
    refusals: ['session.changes-waiting'],
  }),
};
