import type { ChangeUpdate } from '../database/outbox-repository.ts';
import type { Identifiers } from '../runtime/identifiers.ts';

/** A change goes back to the queue as a request that was never sent: another body may not carry the old key (SYNC 3.3). */
export function freshRequest(identifiers: Identifiers): ChangeUpdate {
  return {
    state: 'queued',
    reason: '',
    idemKey: identifiers.next(),
    sentBody: null,
    sentIfMatch: null,
    firstSentAt: null,
    nextAt: 0,
  };
}
