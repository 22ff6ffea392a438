import type { QueuedChange } from '../database/outbox-repository.ts';
import type { ChangeReason } from '../domain/lane.ts';
import { backoffMs } from '../domain/backoff.ts';
import type { Answer } from '../remote/answer.ts';

/** What becomes of a change after an answer. The default is always: keep it, try again (SYNC 3.2, rule 2). */
export type Settlement =
  /** The server has it; `body` is its record. */
  | { readonly kind: 'acknowledged'; readonly body: unknown }
  /** Not executed; goes again when `nextAt` has come, with the same bytes. */
  | {
      readonly kind: 'again';
      readonly state: 'queued' | 'waiting' | 'unknown';
      readonly reason: ChangeReason;
      readonly nextAt: number;
      readonly countsAttempt: boolean;
    }
  /** The record moved on the server: fetch it and merge; the merged request is a new one with a new key. */
  | { readonly kind: 'merge' }
  /** A create whose record may be there already: look before anything else. */
  | { readonly kind: 'look' }
  | { readonly kind: 'conflict'; readonly reason: ChangeReason }
  | { readonly kind: 'quarantine'; readonly reason: ChangeReason };

/** Pure: the whole table of SYNC 3.2, from answer to state. `random` is in [0, 1). */
export function settleChange(
  change: Pick<QueuedChange, 'kind' | 'attempts'>,
  answer: Answer,
  now: number,
  random: number,
): Settlement {
  const later = now + Math.max(200, backoffMs(change.attempts, random));
  switch (answer.kind) {
    case 'ok':
      return { kind: 'acknowledged', body: answer.body };
    case 'unauthorised':
      // A server that refuses even a fresh token must not be asked again at once; a sign-in hurries the queue.
      return { kind: 'again', state: 'queued', reason: '', nextAt: later, countsAttempt: false };
    case 'throttled':
      return {
        kind: 'again',
        state: 'waiting',
        reason: 'cloud-busy',
        nextAt: answer.retryAfterMs === null ? later : now + answer.retryAfterMs,
        countsAttempt: false,
      };
    case 'broken':
      return { kind: 'again', state: 'unknown', reason: 'cloud-broken', nextAt: later, countsAttempt: true };
    case 'lost':
      return { kind: 'again', state: 'unknown', reason: 'answer-lost', nextAt: later, countsAttempt: true };
    case 'refused':
      // Nothing was asked of what is not there yet: no newer record to merge with, none that is gone, and no word about an earlier attempt.
      if (change.kind === 'create' && answer.status === 412)
        return { kind: 'again', state: 'queued', reason: 'cloud-broken', nextAt: later, countsAttempt: true };
      return settleRefusal(change.kind, answer.status);
  }
}

function settleRefusal(kind: QueuedChange['kind'], status: number): Settlement {
  switch (status) {
    case 404:
    case 410:
      // Deleting what is gone is done. Changing what is gone is a question for a person.
      return kind === 'delete' ? { kind: 'acknowledged', body: null } : { kind: 'conflict', reason: 'gone-on-server' };
    case 409:
      return kind === 'create' ? { kind: 'look' } : { kind: 'quarantine', reason: 'not-accepted' };
    case 412:
      return { kind: 'merge' };
    case 403:
      return { kind: 'quarantine', reason: 'not-permitted' };
    default:
      return { kind: 'quarantine', reason: 'not-accepted' };
  }
}
