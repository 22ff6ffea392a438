import type { z } from 'zod';
import type { AppContract } from '../../../shared/contract/contract.ts';
import type { AccountId, ChangeId, ImportId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { ItemState } from '../database/upload-repository.ts';
import { isoTime } from '../runtime/clock.ts';
import { retryChange } from '../sync/retry.ts';
import { undoChange } from '../sync/undo.ts';
import type { EngineContext } from './engine-context.ts';

type ListedChange = z.output<AppContract['outbox']['list']['output']>['changes'][number];

const ITEM_STATES: Readonly<Record<'all' | 'waiting' | 'sent' | 'refused', readonly ItemState[]>> = {
  all: ['queued', 'inflight', 'unknown', 'sent', 'refused'],
  waiting: ['queued', 'inflight', 'unknown'],
  sent: ['sent'],
  refused: ['refused'],
};

export const outbox: Handlers<AppContract, EngineContext>['outbox'] = {
  list({ accountId, offset, limit }, context) {
    const { repositories, session } = context;
    const actor = session.actor();
    const { changes, total } = repositories.outbox.page(actor, accountId, { offset, limit });
    const batches = repositories.uploads
      .list(actor, accountId)
      .filter(({ waitingCount, refusedCount, sentCount }) => waitingCount + refusedCount + sentCount > 0);
    const attention =
      repositories.outbox.counts(actor, accountId).attentionCount +
      repositories.uploads.waitingCount(actor, accountId).attentionCount;
    return {
      changes: changes.map((change) => listed(change, context)),
      batches: batches.map(({ importId, accountLid, fileName, waitingCount, sentCount, refusedCount, createdAt }) => ({
        importId: importId as ImportId,
        accountId: accountLid as AccountId,
        accountName: repositories.accounts.key(accountLid)?.name ?? '',
        ...{ fileName, waitingCount, sentCount, refusedCount, createdAt },
        canUndo: waitingCount + refusedCount > 0,
      })),
      total,
      attentionCount: attention,
    };
  },
  importItems({ importId, state, offset, limit }, { repositories }) {
    const { items, total } = repositories.uploads.items(importId, ITEM_STATES[state], { offset, limit });
    return {
      total,
      items: items.map(
        ({ row, firstName, lastName, name, email, role, state: itemState, reason, serverMessage, correlationId }) => ({
          ...{ row, email, role, reason, serverMessage, correlationId },
          name: name || `${firstName} ${lastName}`.trim(),
          state: itemState,
        }),
      ),
    };
  },
  undo({ id, withDependants }, { repositories, clock, jobs, changed }) {
    const outcome = undoChange(repositories, clock, id, withDependants);
    switch (outcome.kind) {
      case 'not-found':
        return refuse('change.not-found', id);
      case 'already-sent':
        return refuse('change.already-sent', id);
      case 'has-dependants':
        return refuse('change.has-dependants', id, { count: outcome.count });
      case 'undone':
        for (const importId of outcome.importIds) {
          const job = repositories.jobs.openOfImport(importId);
          if (job) jobs.finish(job.id, 'cancelled');
        }
        changed('outbox', 'users', 'accounts', 'sync', 'session');
        return done({ undoneCount: outcome.count });
    }
  },
  async undoImport({ importId }, { imports, repositories, changed }) {
    const batch = repositories.uploads.get(importId);
    if (!batch) return refuse('import.not-found', importId);
    const returnedCount = await imports.takeBack(importId);
    if (returnedCount === 0 && batch.waitingCount > 0) return refuse('change.already-sent', importId);
    changed('outbox', 'users', 'imports', 'jobs', 'sync', 'session', 'accounts');
    return done({ returnedCount });
  },
  retry({ id }, { repositories, scheduler, changed, identifiers }) {
    const change = repositories.outbox.get(id);
    if (!change) return refuse('change.not-found', id);
    if (change.state === 'inflight') return refuse('change.already-sent', id);
    retryChange(repositories, identifiers, change);
    changed('outbox', 'users', 'accounts', 'sync');
    scheduler.wake('change');
    return done({});
  },
};

function listed(change: QueuedChange, { repositories, session }: EngineContext): ListedChange {
  const blockedBy = repositories.outbox
    .needs(change.seq)
    .find((lid) => repositories.ids.isMinted(lid) && repositories.ids.sidOf(lid) === null);
  const isWaitingForSignIn =
    session.status() === 'expired' && (change.state === 'queued' || change.state === 'waiting');
  const state = isWaitingForSignIn ? 'auth-wait' : blockedBy && change.state === 'queued' ? 'blocked' : change.state;
  const account = change.accountLid ?? (change.type === 'account' ? change.lid : null);
  return {
    id: change.opId as ChangeId,
    ...{ seq: change.seq, groupId: change.groupId, kind: change.kind, type: change.type, entityId: change.lid },
    entityName: nameOf(change, repositories),
    accountId: account as AccountId | null,
    accountName: account === null ? '' : (repositories.accounts.key(account)?.name ?? ''),
    fields: Object.entries(change.patch).map(([field, value]) => ({
      field,
      from: change.kind === 'create' ? null : textOf(change.seen[field] ?? ''),
      to: textOf(value),
    })),
    state,
    reason: state === 'blocked' ? 'depends-on-other' : change.reason,
    serverMessage: change.serverMessage,
    correlationId: change.correlationId,
    attempts: change.attempts,
    nextAttemptAt: change.nextAt > 0 ? isoTime(change.nextAt) : null,
    createdAt: change.createdAt,
    canUndo: change.state !== 'inflight' && change.state !== 'unknown',
    canRetry: change.state !== 'inflight',
  };
}

function nameOf(change: QueuedChange, { accounts, users }: EngineContext['repositories']): string {
  if (change.type === 'account') return accounts.key(change.lid)?.name ?? '';
  const user = users.get(change.lid);
  return user
    ? user.name || `${user.firstName} ${user.lastName}`.trim() || user.email
    : textOf(change.patch['email'] ?? '');
}

function textOf(value: QueuedChange['patch'][string]): string {
  return typeof value === 'string' ? value : value.join(', ');
}
