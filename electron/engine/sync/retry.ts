import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { FieldValues } from '../domain/merge.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { entityOf } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { project, showIfRoom } from './projection.ts';

/**
 * Sends a change once more by the person's word. After a conflict that word is "mine": the server's values of now become the base, so
 * that only a further change over there stops it again (SYNC 3.6).
 */
export function retryChange(repositories: Repositories, identifiers: Identifiers, change: QueuedChange): void {
  const { journal, outbox } = repositories;
  const isJudged = change.state === 'quarantine' || change.state === 'conflict';
  journal.write((tx) => {
    // A request that may be under way stays the same request.
    if (!isJudged) outbox.update(tx, change.opId, { nextAt: 0 });
    else outbox.update(tx, change.opId, { ...freshRequest(identifiers), seen: seenNow(repositories, change) });
  });
  showIfRoom(() => project(repositories, change.type, change.lid));
}

function seenNow(repositories: Repositories, { type, lid, state, seen }: QueuedChange): FieldValues {
  const base = state === 'conflict' ? entityOf(type).base(repositories, lid) : null;
  if (!base) return seen;
  return Object.fromEntries(Object.entries(seen).map(([field, value]) => [field, base.fields[field] ?? value]));
}
