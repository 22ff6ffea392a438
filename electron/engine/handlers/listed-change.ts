import type { z } from 'zod';
import type { AppContract } from '../../../shared/contract/contract.ts';
import type { NextAction } from '../../../shared/model/change.ts';
import type { AccountId, ChangeId } from '../../../shared/model/ids.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import { isoTime } from '../runtime/clock.ts';
import { nameOf } from '../sync/change-note.ts';
import type { EngineContext } from './engine-context.ts';

export type ListedChange = z.output<AppContract['outbox']['list']['output']>['changes'][number];

/** A queued change as the outbox shows it: what it is, why it stands, what happens next. */
export function listedChange(change: QueuedChange, context: EngineContext): ListedChange {
  const { repositories, session } = context;
  const ahead = waitsFor(change, context);
  const isWaitingForSignIn =
    session.status() === 'expired' && (change.state === 'queued' || change.state === 'waiting');
  const isBlocked = ahead?.isCreate === true && change.state === 'queued';
  const state = isWaitingForSignIn ? 'auth-wait' : isBlocked ? 'blocked' : change.state;
  const account = change.accountLid ?? (change.type === 'account' ? change.lid : null);
  return {
    id: change.opId as ChangeId,
    ...{ seq: change.seq, groupId: change.groupId, kind: change.kind, type: change.type, entityId: change.lid },
    entityName: nameOf(repositories, change),
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
    nextAction: nextAction(change, ahead, context),
    waitsFor: ahead?.change
      ? {
          id: ahead.change.opId as ChangeId,
          name: nameOf(repositories, ahead.change),
          needsAttention: needsPerson(ahead.change),
        }
      : null,
    canUndo: change.state !== 'inflight' && change.state !== 'unknown',
    canRetry: change.state !== 'inflight',
    canMove: change.state === 'queued' && change.firstSentAt === null,
  };
}

/** `change` is null when the record it needs comes with an upload. */
type Ahead = { readonly change: QueuedChange | null; readonly isCreate: boolean };

/** What must be done before: the create of a record it needs, else an earlier change of the same record. */
function waitsFor(change: QueuedChange, { repositories }: EngineContext): Ahead | null {
  const { outbox, ids } = repositories;
  const needed = outbox.needs(change.seq).find((lid) => ids.isMinted(lid) && ids.sidOf(lid) === null);
  if (needed !== undefined)
    return { change: outbox.lane(needed).find(({ kind }) => kind === 'create') ?? null, isCreate: true };
  const earlier = outbox.lane(change.lid).find(({ seq }) => seq < change.seq);
  return earlier ? { change: earlier, isCreate: false } : null;
}

function needsPerson({ state }: QueuedChange): boolean {
  return state === 'conflict' || state === 'quarantine';
}

function nextAction(change: QueuedChange, ahead: Ahead | null, context: EngineContext): NextAction {
  const { session, connection, clock } = context;
  if (change.state === 'inflight') return 'under-way';
  if (change.state === 'conflict') return 'decide';
  if (change.state === 'quarantine') return 'correct';
  if (ahead) return ahead.isCreate ? 'waits-for-other' : 'waits-behind';
  if (session.status() !== 'signed-in') return 'waits-for-sign-in';
  if (connection.isOffline()) return 'waits-for-online';
  if (connection.failures() > 0) return 'waits-for-network';
  if (change.state === 'unknown' && context.capabilities()?.idempotencyKey === false) return 'asks-first';
  return change.nextAt > clock.now() ? 'repeats-at' : 'sends-next';
}

function textOf(value: QueuedChange['patch'][string]): string {
  return typeof value === 'string' ? value : value.join(', ');
}
