import { z } from 'zod';
import { accountId, instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

/** One line of "ready to leave the office?". */
const check = z.strictObject({
  what: z.enum(['sign-in', 'accounts', 'pinned-account', 'pins', 'queue', 'attention', 'storage']),
  state: z.enum(['ready', 'missing', 'stale', 'warning']),
  accountId: accountId.nullable(),
  accountName: z.string(),
  /** When this part was last complete. */
  syncedAt: instant.nullable(),
  /** Users, changes, megabytes: what the line counts. */
  count: z.int().nonnegative().nullable(),
  isFetching: z.boolean(),
});
export type OfflineCheck = z.output<typeof check>;

/** OFF-1. What is complete on this laptop before the network is left behind. */
export const offline = {
  state: query({
    input: z.strictObject({}),
    output: z.strictObject({
      pinned: z.array(
        z.strictObject({
          accountId,
          name: z.string(),
          pinnedAt: instant,
          isComplete: z.boolean(),
          syncedAt: instant.nullable(),
          userCount: z.int().nonnegative().nullable(),
          isFetching: z.boolean(),
        }),
      ),
      isReady: z.boolean(),
      checks: z.array(check),
      now: instant,
    }),
  }),
  pin: command({
    input: z.strictObject({ accountIds: z.array(accountId).min(1).max(1000), pinned: z.boolean() }),
    output: z.strictObject({ pinnedCount: z.int().nonnegative() }),
    permission: 'accounts.view',
    refusals: ['account.not-found'],
  }),
  /** Fetches everything of the pinned accounts now. */
  prepare: command({ input: z.strictObject({}), output: z.strictObject({}), permission: null, refusals: [] }),
};
