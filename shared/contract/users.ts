import { z } from 'zod';
import { accountId, userId } from '../model/ids.ts';
import { seats } from '../model/license.ts';
import { newUserForm, user, userForm, userRow } from '../model/user.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

export const users = {
  /**
   * USR-1: a page of an account's users by name. Without a search any offset is quick. With a search the best matches come
   * first to last by name and `total` stops at `isCapped` 1,000: the screen asks for more letters.
   */
  page: query({
    input: z.strictObject({
      accountId,
      search: z.string().max(200).default(''),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({ rows: z.array(userRow), total: z.int().nonnegative(), isCapped: z.boolean() }),
  }),
  get: query({ input: z.strictObject({ id: userId }), output: user.nullable() }),
  /** BIL-3: the licenses that the account has or its users have; `assigned` counts what waits in the Outbox too. */
  seats: query({ input: z.strictObject({ accountId }), output: z.strictObject({ seats: z.array(seats) }) }),
  /** USR-2. `details.userId` and `details.name` of the refusal `user.email-in-use` point at the other user. */
  add: command({
    /** `welcome`: the cloud sends the welcome e-mail as soon as it has the user, as the portal does. */
    input: z.strictObject({ accountId, fields: newUserForm, welcome: z.boolean().default(false) }),
    output: z.strictObject({ id: userId }),
    permission: 'users.add',
    refusals: ['account.not-found', 'account.deactivated', 'user.invalid', 'user.email-in-use'],
  }),
  /** USR-4. `seen` holds the values the person saw for the fields being changed. */
  edit: command({
    input: z.strictObject({ id: userId, changes: userForm.partial(), seen: userForm.partial() }),
    output: z.strictObject({}),
    permission: 'users.edit',
    refusals: [
      'user.not-found',
      'user.invalid',
      'user.email-in-use',
      'user.being-deleted',
      'account.deactivated',
      'edit.nothing-changed',
      'edit.stale',
      'edit.field-locked',
    ],
  }),
  /** USR-7: asks for one more welcome e-mail; a change that waits in the Outbox until it is sent. */
  welcome: command({
    input: z.strictObject({ id: userId }),
    output: z.strictObject({}),
    permission: 'users.edit',
    refusals: ['user.not-found', 'user.invalid', 'user.being-deleted', 'account.deactivated'],
  }),
  /** USR-9: deletes the user once the cloud has it; until then the list shows the user as being deleted. */
  remove: command({
    input: z.strictObject({ id: userId }),
    output: z.strictObject({}),
    permission: 'users.delete',
    refusals: ['user.not-found', 'user.not-deletable', 'account.deactivated'],
  }),
};
