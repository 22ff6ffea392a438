import { z } from 'zod';
import { connectionState, unreachableReason } from '../model/connection.ts';
import { accountId, instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

export const sync = {
  /** Connection, age of the data and the queue: everything the frame shows (SHL-9). */
  status: query({
    input: z.strictObject({ accountId: accountId.nullable() }),
    output: z.strictObject({
      connection: connectionState,
      reason: unreachableReason,
      /** Last authenticated answer of the cloud. */
      lastContactAt: instant.nullable(),
      nextAttemptAt: instant.nullable(),
      /** When the accounts list, and the users of the account asked for, were last complete. */
      accountsSyncedAt: instant.nullable(),
      usersSyncedAt: instant.nullable(),
      isSyncing: z.boolean(),
      waitingCount: z.int().nonnegative(),
      attentionCount: z.int().nonnegative(),
      now: instant,
    }),
  }),
  /** Tries at once, whatever the back-off says. */
  now: command({
    input: z.strictObject({ accountId: accountId.nullable() }),
    output: z.strictObject({}),
    permission: null,
    refusals: [],
  }),
  /** "Work offline": nothing is sent or fetched until it is switched off again. */
  setOffline: command({
    input: z.strictObject({ offline: z.boolean() }),
    output: z.strictObject({}),
    permission: null,
    refusals: [],
  }),
};
