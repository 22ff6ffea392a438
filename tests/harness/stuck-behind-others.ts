import type { QueuedChange } from '../../electron/engine/database/outbox-repository.ts';
import type { Engine } from '../../electron/engine/engine.ts';

/** Changes in a lane, or below a record, that waits for a person. */
export function stuckBehindOthers({ repositories, context }: Engine): readonly QueuedChange[] {
  const { outbox, ids } = repositories;
  const { changes } = outbox.page(context.session.actor(), null, { offset: 0, limit: 10_000 });
  const stopped = new Set(
    changes.filter(({ state }) => state === 'conflict' || state === 'quarantine').map(({ lid }) => lid),
  );
  return changes.filter(
    ({ state, lid, seq }) =>
      state === 'queued' &&
      (stopped.has(lid) || outbox.needs(seq).some((need) => stopped.has(need) && ids.sidOf(need) === null)),
  );
}
