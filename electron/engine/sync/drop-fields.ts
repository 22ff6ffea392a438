import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { baseFields, groupOf } from '../domain/merge.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { noteChange } from './change-note.ts';
import { entityOf } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { project } from './projection.ts';

type Desk = { readonly repositories: Repositories; readonly clock: Clock; readonly identifiers: Identifiers };

/**
 * Takes fields out of a queued edit, with those they are only valid with (OFF-2). Null: nothing would be left, so the change is to be
 * undone as a whole.
 */
export function dropFields(desk: Desk, change: QueuedChange, fields: readonly string[]): 'dropped' | null {
  const { repositories, identifiers } = desk;
  const { rules, fields: all } = entityOf(change.type);
  const dropped = new Set(fields.flatMap((field) => groupOf(field, rules.groups).fields));
  const patch = Object.fromEntries(Object.entries(change.patch).filter(([field]) => !dropped.has(field)));
  if (change.kind !== 'patch' || Object.keys(patch).length === 0) return null;
  const kept = new Set(baseFields({ patch, seen: change.seen }, rules, all));
  const seen = Object.fromEntries(Object.entries(change.seen).filter(([field]) => kept.has(field)));
  repositories.journal.write((tx) => {
    repositories.outbox.update(tx, change.opId, {
      patch,
      seen,
      // What came back unexecuted keeps its body for the next attempt; it would still have the fields.
      ...(change.state === 'queued' && change.sentBody === null ? {} : freshRequest(identifiers)),
    });
    noteChange(desk, tx, { ...change, patch, seen }, { event: 'coalesced' });
  });
  project(repositories, change.type, change.lid);
  return 'dropped';
}
