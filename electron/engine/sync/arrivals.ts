import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { ChangeLedger } from './change-ledger.ts';
import { prepareChange } from './change-request.ts';
import { entityOf } from './entities.ts';
import type { Lost } from './scopes.ts';
import { NO_CAPABILITIES } from '../../../shared/cloud/wire.ts';

/**
 * What has just come is held against what waits (SYNC 3.6, check c): the person hears of a lost race when the laptop knows it, not when
 * the change is sent. A request that may be under way is left to its answer.
 */
export function judgeArrivals(
  { repositories, ledger }: { readonly repositories: Repositories; readonly ledger: ChangeLedger },
  lids: readonly string[],
): void {
  for (const lid of lids) {
    const [first] = repositories.outbox.lane(lid);
    if (!first || first.kind === 'create' || first.sentBody !== null) continue;
    if (first.state !== 'queued' && first.state !== 'waiting') continue;
    const prepared = prepareChange(repositories, first, NO_CAPABILITIES);
    const why = { message: '', correlationId: '' };
    if (prepared.kind === 'conflict') ledger.stop(first, 'conflict', { ...why, reason: prepared.reason });
  }
}

/** The record of a waiting change is gone: deleted, which is a question, or hidden from this person, which is a refusal. */
export function judgeGone(
  { repositories, ledger }: { readonly repositories: Repositories; readonly ledger: ChangeLedger },
  gone: readonly Lost[],
): void {
  for (const { lid, why } of gone) {
    // Behind a delete that is done stands what was changed after it, which is a question of its own.
    for (const change of repositories.outbox.lane(lid)) if (!isDoneWith(ledger, change, why)) break;
  }
}

/**
 * Questions about deletions of what the cache knows to be deleted. A crash may have come between the two files, and what stands before a
 * person who is away is judged when that person comes (SYNC 3.0). A record that a new cache does not have yet was not deleted.
 */
export function judgeKnownGone(desk: { readonly repositories: Repositories; readonly ledger: ChangeLedger }): void {
  const { outbox, versions } = desk.repositories;
  for (const { kind, type, lid } of outbox.conflicts(outbox.viewer(), null)) {
    if (kind !== 'delete' || entityOf(type).base(desk.repositories, lid)) continue;
    if (versions.ofRecord(lid)[0]?.what === 'deleted') judgeGone(desk, [{ lid, why: 'deleted' }]);
  }
}

/** True: the change is off the queue, and the next one of its record is to be judged. */
function isDoneWith(ledger: ChangeLedger, change: QueuedChange, why: Lost['why']): boolean {
  const { kind, state, sentBody } = change;
  if (kind === 'create' || sentBody !== null) return false;
  // Nothing is left to ask about a delete whose record somebody else has deleted.
  const isAnswered = state === 'conflict' && kind === 'delete' && why === 'deleted';
  if (state !== 'queued' && state !== 'waiting' && !isAnswered) return false;
  const proof = { message: '', correlationId: '' };
  if (why === 'hidden') ledger.stop(change, 'quarantine', { ...proof, reason: 'not-permitted' });
  else if (kind === 'delete') ledger.acknowledge(change, null, { event: 'already-so', correlationId: '' });
  else ledger.stop(change, 'conflict', { ...proof, reason: 'gone-on-server' });
  return kind === 'delete' && why === 'deleted';
}
