import { z } from 'zod';
import { accountId, changeId, instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { fieldValue, recordType } from '../model/change.ts';
import { command } from './refusals.ts';

/**
 * Why a change stands. `both-changed`: the same fields were changed here and there. `needs-confirmation`: the record moved under a change
 * that raises permissions. `gone-there`: changed here, deleted there. `changed-there`: deleted here, changed there.
 */
export const conflictKind = z.enum(['both-changed', 'needs-confirmation', 'gone-there', 'changed-there']);

/** Fields that are valid only together are decided together (SYNC 3.6). */
const conflictGroup = z.strictObject({
  group: z.string(),
  /** False: this part of the change is not disputed and goes along. */
  isDisputed: z.boolean(),
  fields: z.array(
    z.strictObject({
      field: z.string(),
      /** What the person saw when the change was made. */
      base: fieldValue.nullable(),
      mine: fieldValue.nullable(),
      theirs: fieldValue.nullable(),
    }),
  ),
});

export const conflict = z.strictObject({
  id: changeId,
  kind: conflictKind,
  type: recordType,
  entityId: z.uuid(),
  entityName: z.string(),
  accountId: accountId.nullable(),
  accountName: z.string(),
  mineAt: instant,
  theirsBy: z.string(),
  theirsAt: instant.nullable(),
  /** Names the server's version on the screen: a decision is taken about what was seen. */
  theirsMark: z.string(),
  groups: z.array(conflictGroup),
});
export type Conflict = z.output<typeof conflict>;

export const groupChoice = z.strictObject({
  group: z.string(),
  choice: z.enum(['mine', 'theirs', 'edit']),
  /** With `edit`: the values of the group's fields that the person typed. */
  values: z.record(z.string(), fieldValue).default({}),
});
export type GroupChoice = z.output<typeof groupChoice>;

/** OFF-3. Every lost race is a question with three columns, never a silent overwrite. */
export const conflicts = {
  list: query({
    input: z.strictObject({
      accountId: accountId.nullable(),
      offset: z.int().nonnegative().default(0),
      limit: z.int().positive().max(200).default(100),
    }),
    output: z.strictObject({ conflicts: z.array(conflict), total: z.int().nonnegative() }),
  }),
  get: query({ input: z.strictObject({ id: changeId }), output: conflict.nullable() }),
  /**
   * Decides one conflict. Groups that are not named keep "mine". "Mine" makes a new request on top of the server's values of now, so that
   * a further change over there asks again; when all groups are "theirs" the change is taken out of the queue.
   */
  resolve: command({
    input: z.strictObject({ id: changeId, theirsMark: z.string(), groups: z.array(groupChoice).max(100) }),
    output: z.strictObject({ isQueued: z.boolean() }),
    permission: null,
    refusals: ['change.not-found', 'conflict.moved', 'conflict.invalid'],
  }),
  /** The same decision for every conflict on the list. */
  resolveAll: command({
    input: z.strictObject({ accountId: accountId.nullable(), choice: z.enum(['mine', 'theirs']) }),
    output: z.strictObject({ resolvedCount: z.int().nonnegative() }),
    permission: null,
    refusals: [],
  }),
};
