import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { Attempt } from '../database/attempt-repository.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Answer } from '../remote/answer.ts';
import type { SentOperation } from './change-request.ts';
import { entityOf } from './entities.ts';
import { isKeyKept } from './kept-key.ts';
import { scopeKey } from './scope-key.ts';

/**
 * False while the cache, fetched anew, does not have the record or its account yet: what is not there may neither be called gone nor be
 * sent without knowing where to.
 */
export function isFetched(repositories: Repositories, change: QueuedChange): boolean {
  const { accounts, cursors } = repositories;
  const isListed = (accountSid: string | null): boolean => cursors.get(scopeKey(accountSid)).syncedAt !== null;
  const isKnown = change.kind === 'create' || entityOf(change.type).sid(repositories, change.lid) !== null;
  if (change.accountLid === null || change.type === 'account') return isKnown || isListed(null);
  const accountSid = accounts.key(change.accountLid)?.sid ?? null;
  if (accountSid === null) return isListed(null);
  return isKnown || isListed(accountSid);
}

/**
 * While this round asked the cloud, the person may have added to the change, taken it back, or left. Then the next round prepares it
 * anew.
 */
export function isAsPrepared({ outbox }: Repositories, change: QueuedChange): boolean {
  const now = outbox.get(change.opId);
  return now !== null && JSON.stringify(now) === JSON.stringify(change) && outbox.viewer() === change.actor;
}

export function isReplayable(now: number, change: QueuedChange, capabilities: Capabilities): boolean {
  const { isKeyed = false, keptSeconds = null } = JSON.parse(change.sentBody ?? '{}') as Partial<SentOperation>;
  const isKept = isKeyKept(now - (change.firstSentAt ?? 0), keptSeconds, capabilities);
  return capabilities.idempotencyKey && isKeyed && isKept && isGuarded(change, capabilities);
}

/** The cloud itself refuses the request when the record has moved, however late it comes. A create overwrites nothing. */
export function isGuarded({ kind, sentIfMatch }: QueuedChange, { etag }: Capabilities): boolean {
  return kind === 'create' || (etag && sentIfMatch !== null);
}

/** What came back, for the person who asks why a change stands. */
export function attemptOf(answer: Answer, durationMs: number): Omit<Attempt, 'at'> {
  const correlationId = answer.kind === 'lost' ? '' : answer.correlationId;
  switch (answer.kind) {
    case 'ok':
      return { status: answer.status, durationMs, correlationId, error: '' };
    case 'unauthorised':
      return { status: 401, durationMs, correlationId, error: '' };
    case 'lost':
      return { status: null, durationMs, correlationId, error: answer.reason };
    case 'throttled':
    case 'broken':
    case 'refused':
      return { status: answer.status === 0 ? null : answer.status, durationMs, correlationId, error: answer.message };
  }
}
