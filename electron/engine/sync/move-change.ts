import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { dependantsOf } from './undo.ts';

export type MoveOutcome = 'moved' | 'depends' | 'already-sent';

/**
 * Changes the place of a change among independent ones (OFF-2). What hangs together keeps its order: it is `seq` that decides within a
 * record, and a child never stands before its parent.
 */
export function moveChange(
  repositories: Repositories,
  change: QueuedChange,
  to: 'first' | 'up' | 'down' | 'last',
): MoveOutcome {
  if (change.state !== 'queued' || change.firstSentAt !== null) return 'already-sent';
  const { outbox, journal } = repositories;
  const isUpwards = to === 'first' || to === 'up';
  const bound = isUpwards ? ahead(repositories, change) : dependantsOf(repositories, change);
  const limit = isUpwards ? Math.max(...bound.map(({ place }) => place)) : Math.min(...bound.map(({ place }) => place));
  const neighbour = to === 'up' || to === 'down' ? outbox.neighbour(change.actor, change.place, to) : null;
  if ((to === 'up' || to === 'down') && !neighbour) return 'moved';
  const ends = outbox.ends(change.actor);
  const place = neighbour?.place ?? (to === 'first' ? ends.first - 1 : ends.last + 1);
  if (isUpwards ? place <= limit : place >= limit) return 'depends';
  journal.write((tx) => {
    outbox.update(tx, change.opId, { place });
    if (neighbour) outbox.update(tx, neighbour.opId, { place: change.place });
  });
  return 'moved';
}

/** What must go before this change: earlier changes of its record, and the creates of what it needs. */
function ahead({ outbox }: Repositories, change: QueuedChange): readonly QueuedChange[] {
  const creates = outbox.needs(change.seq).flatMap((lid) => outbox.lane(lid).filter(({ kind }) => kind === 'create'));
  return [...outbox.lane(change.lid).filter(({ seq }) => seq < change.seq), ...creates].filter(
    ({ opId }) => opId !== change.opId,
  );
}
