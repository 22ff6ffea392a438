import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { UploadBatch } from '../database/upload-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { noteChange } from './change-note.ts';
import { project, showIfRoom } from './projection.ts';

export type UndoOutcome =
  | { readonly kind: 'undone'; readonly count: number; readonly importIds: readonly string[] }
  | { readonly kind: 'has-dependants'; readonly count: number }
  | { readonly kind: 'not-found' | 'already-sent' };

/** Takes a change out of the queue by the person's word (SYNC 3.2, rule 1), with what cannot exist without it if so asked. */
export function undoChange(
  repositories: Repositories,
  clock: Clock,
  opId: string,
  withDependants: boolean,
): UndoOutcome {
  const { outbox, journal, ids, uploads, users, cache } = repositories;
  const change = outbox.get(opId);
  if (!change) return { kind: 'not-found' };
  const dependants = dependantsOf(repositories, change);
  if ([change, ...dependants].some(mayHaveLeft)) return { kind: 'already-sent' };
  const batches = uploadsInto(repositories, change);
  const rowCount = batches.reduce((sum, { waitingCount, refusedCount }) => sum + waitingCount + refusedCount, 0);
  if (dependants.length + rowCount > 0 && !withDependants)
    return { kind: 'has-dependants', count: dependants.length + rowCount };
  // Children before parents, so that no moment leaves a child without its parent.
  const all = [...dependants.toReversed(), change];
  const rows = journal.write((tx) => {
    const taken = batches.flatMap(({ importId }) => uploads.takeBack(tx, importId, rowCount));
    for (const one of all) {
      noteChange({ repositories, clock }, tx, one, { event: 'undone' });
      outbox.remove(tx, one.opId);
    }
    for (const { kind, lid } of all) if (kind === 'create') ids.forget(tx, lid);
    return taken;
  });
  const lids = rows.map(({ lid }) => lid);
  if (lids.length > 0) showIfRoom(() => cache.write((tx) => users.remove(tx, lids)));
  for (const { type, lid } of all) showIfRoom(() => project(repositories, type, lid));
  return { kind: 'undone', count: all.length, importIds: batches.map(({ importId }) => importId) };
}

/** Uploads into an account that will not exist: their rows go with it; none of them can have been sent. */
export function uploadsInto({ uploads }: Repositories, { kind, actor, lid }: QueuedChange): readonly UploadBatch[] {
  return kind === 'create' ? uploads.list(actor, lid) : [];
}

/** A judged change (conflict, quarantine) was answered: it can be taken back. One that may be under way cannot. */
function mayHaveLeft({ state }: QueuedChange): boolean {
  return state === 'inflight' || state === 'unknown';
}

export function dependantsOf({ outbox }: Repositories, change: QueuedChange): readonly QueuedChange[] {
  const found = new Map<string, QueuedChange>();
  const open = [change];
  for (let next = open.pop(); next; next = open.pop()) {
    const later = outbox.lane(next.lid).filter(({ seq }) => seq > (next?.seq ?? 0));
    const children = next.kind === 'create' ? outbox.dependants(next.lid) : [];
    for (const dependant of [...later, ...children]) {
      if (dependant.opId === change.opId || found.has(dependant.opId)) continue;
      found.set(dependant.opId, dependant);
      open.push(dependant);
    }
  }
  return [...found.values()].toSorted((a, b) => a.seq - b.seq);
}
