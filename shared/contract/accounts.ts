import { z } from 'zod';
import { account, accountFields, accountState } from '../model/account.ts';
import { accountId } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

const accountRow = account
  .pick({
    id: true,
    name: true,
    serverId: true,
    accountNumber: true,
    state: true,
    isPartnerAccount: true,
    city: true,
    country: true,
    modifiedAt: true,
    pending: true,
  })
  .extend({
    /** Null until the users of the account have been fetched once: 0 would be a lie. */
    userCount: z.int().nonnegative().nullable(),
    waitingCount: z.int().nonnegative(),
    attentionCount: z.int().nonnegative(),
  });

export const accounts = {
  /** ACC-1: by name, account ID and account number as you type; sorted by name. */
  list: query({
    input: z.strictObject({
      state: accountState,
      search: z.string().max(200).default(''),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({
      rows: z.array(accountRow),
      total: z.int().nonnegative(),
      activeCount: z.int().nonnegative(),
      deactivatedCount: z.int().nonnegative(),
    }),
  }),
  get: query({ input: z.strictObject({ id: accountId }), output: account.nullable() }),
  /** ACC-2. The account exists on this laptop at once and in the cloud when it is sent. */
  add: command({
    input: z.strictObject({ fields: accountFields }),
    output: z.strictObject({ id: accountId }),
    permission: 'accounts.add',
    refusals: ['account.invalid'],
  }),
  /** ACC-3. `seen` holds the values the person saw for the fields being changed: the base of every later merge. */
  edit: command({
    input: z.strictObject({ id: accountId, changes: accountFields.partial(), seen: accountFields.partial() }),
    output: z.strictObject({}),
    permission: 'accounts.edit',
    refusals: ['account.not-found', 'account.invalid', 'account.deactivated', 'edit.nothing-changed', 'edit.stale'],
  }),
};
