import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Conflict, GroupChoice } from '../../../shared/contract/conflicts.ts';
import { checkAccount } from '../../../shared/model/account-rules.ts';
import { foldText } from '../../../shared/lib/fold-text.ts';
import type { AccountFields } from '../../../shared/model/account.ts';
import type { AccountId, ChangeId } from '../../../shared/model/ids.ts';
import { checkUserEdit } from '../../../shared/model/user-rules.ts';
import type { UserFields } from '../../../shared/model/user.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { FieldValue, FieldValues } from '../domain/merge.ts';
import { nameOf } from '../sync/change-note.ts';
import { conflictView, type ConflictGroup } from '../sync/conflict-view.ts';
import { entityOf } from '../sync/entities.ts';
import { decidedPatch, resolveConflict, type Choice } from '../sync/resolve-conflict.ts';
import { uploadsInto } from '../sync/undo.ts';
import type { EngineContext } from './engine-context.ts';

const AREAS = ['conflicts', 'outbox', 'users', 'accounts', 'sync', 'session', 'history'] as const;

export const conflicts: Handlers<AppContract, EngineContext>['conflicts'] = {
  list({ accountId, offset, limit }, context) {
    const all = byAccount(context.repositories.outbox.conflicts(context.session.actor(), accountId), context);
    return { conflicts: all.slice(offset, offset + limit).map((change) => shown(change, context)), total: all.length };
  },
  get({ id }, context) {
    const change = conflictOf(id, context);
    return change && shown(change, context);
  },
  resolve({ id, theirsMark, groups }, context) {
    const change = conflictOf(id, context);
    if (!change) return refuse('change.not-found', id);
    const view = conflictView(context.repositories, change);
    if (view.theirsMark !== theirsMark) return refuse('conflict.moved', id);
    const choices = groups.map(toChoice);
    const problem = problemOf(change, view.theirs?.fields ?? change.seen, choices);
    if (problem) return refuse('conflict.invalid', `${problem.field}: ${problem.problem}`, problem);
    const isQueued = resolveConflict(context, change, choices);
    endUploadsInto(context, change);
    context.changed(...AREAS);
    // What stood behind the change may go now, whatever became of the change itself.
    context.scheduler.wake('change');
    return done({ isQueued });
  },
  resolveAll({ accountId, choice }, context) {
    const all = context.repositories.outbox.conflicts(context.session.actor(), accountId);
    let resolvedCount = 0;
    for (const { opId } of all) {
      // Giving up one change may have taken those that hung on it along.
      const change = conflictOf(opId, context);
      if (!change) continue;
      const { groups } = conflictView(context.repositories, change);
      const named = groups.length === 0 ? [{ group: 'record' }] : groups;
      resolveConflict(
        context,
        change,
        named.map(({ group }) => ({ group, choice, values: {} })),
      );
      endUploadsInto(context, change);
      resolvedCount += 1;
    }
    context.changed(...AREAS);
    context.scheduler.wake('change');
    return done({ resolvedCount });
  },
};

/** With an account that is given up its uploads have nothing more to send. */
function endUploadsInto({ repositories, jobs }: EngineContext, change: QueuedChange): void {
  for (const { importId, waitingCount } of uploadsInto(repositories, change)) {
    const job = waitingCount === 0 ? repositories.jobs.openOfImport(importId) : null;
    if (job) jobs.finish(job.id, 'cancelled');
  }
}

/** A screen shows them by account, page by page. */
function byAccount(changes: readonly QueuedChange[], { repositories }: EngineContext): readonly QueuedChange[] {
  const names = new Map<string, string>();
  const nameOfAccount = ({ accountLid, lid }: QueuedChange): string => {
    const id = accountLid ?? lid;
    const name = names.get(id) ?? `${foldText(repositories.accounts.key(id)?.name ?? '')}\n${id}`;
    names.set(id, name);
    return name;
  };
  return changes.toSorted((left, right) => {
    const [a, b] = [nameOfAccount(left), nameOfAccount(right)];
    return a === b ? left.seq - right.seq : a < b ? -1 : 1;
  });
}

function conflictOf(id: string, { repositories, session }: EngineContext): QueuedChange | null {
  const change = repositories.outbox.get(id);
  return change?.state === 'conflict' && change.actor === session.actor() ? change : null;
}

function shown(change: QueuedChange, { repositories }: EngineContext): Conflict {
  const { kind, theirs, theirsMark, groups } = conflictView(repositories, change);
  const account = change.accountLid ?? (change.type === 'account' ? change.lid : null);
  return {
    ...{ id: change.opId as ChangeId, kind, type: change.type, entityId: change.lid, theirsMark },
    entityName: nameOf(repositories, change),
    accountId: account as AccountId | null,
    accountName: account === null ? '' : (repositories.accounts.key(account)?.name ?? ''),
    mineAt: change.createdAt,
    theirsBy: theirs?.modifiedBy ?? '',
    theirsAt: theirs?.modifiedAt ?? null,
    groups: groups.map(toGroup),
  };
}

function toGroup({ group, isDisputed, fields }: ConflictGroup): Conflict['groups'][number] {
  return {
    ...{ group, isDisputed },
    fields: fields.map(({ field, base, mine, theirs }) => ({
      field,
      base: plain(base),
      mine: plain(mine),
      theirs: plain(theirs),
    })),
  };
}

function plain(value: FieldValue | null): string | string[] | null {
  return value === null || typeof value === 'string' ? value : [...value];
}

function toChoice({ group, choice, values }: GroupChoice): Choice {
  return { group, choice, values };
}

/** What the person typed must be as good as in the record's own form; values that stood before are not judged again. */
function problemOf(change: QueuedChange, theirs: FieldValues, choices: readonly Choice[]) {
  const edited = new Set(choices.flatMap(({ choice, values }) => (choice === 'edit' ? Object.keys(values) : [])));
  if (edited.size === 0) return null;
  const next = { ...entityOf(change.type).blank, ...theirs, ...decidedPatch(change, choices) };
  const problems =
    change.type === 'user'
      ? checkUserEdit(next as unknown as UserFields)
      : checkAccount(next as unknown as AccountFields);
  const found = problems.find(({ field }) => edited.has(field));
  return found ? { field: found.field, problem: found.problem } : null;
}
