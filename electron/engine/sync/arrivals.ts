import type { Repositories } from '../database/repositories.ts';
import type { ChangeLedger } from './change-ledger.ts';
import { prepareChange } from './change-request.ts';
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
    const [first] = repositories.outbox.lane(lid);
    if (!first || first.kind === 'create' || first.sentBody !== null) continue;
    // Nothing is left to ask about a delete whose record somebody else has deleted.
    const isAnswered = first.state === 'conflict' && first.kind === 'delete' && why === 'deleted';
    if (first.state !== 'queued' && first.state !== 'waiting' && !isAnswered) continue;
    const proof = { message: '', correlationId: '' };
    if (why === 'hidden') ledger.stop(first, 'quarantine', { ...proof, reason: 'not-permitted' });
    else if (first.kind === 'delete') ledger.acknowledge(first, null, { event: 'already-so', correlationId: '' });
    else ledger.stop(first, 'conflict', { ...proof, reason: 'gone-on-server' });
  }
}
