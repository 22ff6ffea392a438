import type { Repositories } from '../database/repositories.ts';
import type { Clock } from '../runtime/clock.ts';
import { noteChange } from './change-note.ts';
import { entityOf } from './entities.ts';
import type { Adoption } from './scopes.ts';

/**
 * Ack by observation (SYNC 3.3): the server shows a record that carries our own id, so its create has arrived even though no answer
 * said so. The cache already has the record; now the journal learns it.
 */
export function adopt(repositories: Repositories, clock: Clock, adoptions: readonly Adoption[]): void {
  if (adoptions.length === 0) return;
  const { journal, ids, outbox, uploads } = repositories;
  const items = new Map(uploads.unsentIn(adoptions.map(({ lid }) => lid)).map((item) => [item.lid, item]));
  journal.write((tx) => {
    for (const { lid, sid } of adoptions) {
      ids.bind(tx, lid, sid);
      // Also that of a person who is not here now.
      const create = outbox.createOf(lid);
      if (create) {
        noteChange({ repositories, clock }, tx, create, { event: 'adopted' });
        outbox.remove(tx, create.opId);
      }
      const item = items.get(lid);
      if (item) {
        const { row, correlationId } = item;
        uploads.settle(tx, item.importId, [
          { row, state: 'sent', reason: '', serverMessage: '', correlationId, nextAt: 0 },
        ]);
      }
    }
  });
}

/**
 * A crash may have come between the cache, which has the answer to a create, and the journal, which should have forgotten it (SYNC 3.0).
 * At the start what the cache has under an id that was made here is done: no look could tell it better, and others work on it already.
 */
export function adoptCached(repositories: Repositories, clock: Clock): void {
  const { outbox, uploads, ids } = repositories;
  const rows = uploads.inDoubt().map((lid) => ({ type: 'user' as const, lid }));
  const adoptions = [...outbox.dirtyLids(), ...rows].flatMap(({ type, lid }): Adoption[] => {
    if (!ids.isMinted(lid) || ids.sidOf(lid) !== null) return [];
    const record = entityOf(type).base(repositories, lid);
    return record ? [{ lid, sid: record.sid }] : [];
  });
  adopt(repositories, clock, adoptions);
}
