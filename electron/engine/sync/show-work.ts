import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { ShownUser } from '../database/user-repository.ts';
import type { EntityType } from '../domain/lane.ts';
import { USER_FIELDS } from '../../../shared/model/user.ts';
import { turn } from '../runtime/turn.ts';
import { overlayOf, project, projectItems, projectUsers, UPLOAD_SLICE } from './projection.ts';

/** Changes that are looked at between two turns: a few milliseconds while all of them are shown as they should be. */
const SLICE = 500;

/**
 * Shows what this person has waiting, and no longer what another one has. Also at start: a crash may have come between the journal and
 * the cache (SYNC 3.0). A short queue is shown when the call returns. A long one is looked through in slices, each of which reads both files
 * as they are then, so that the first page of a start does not wait for a hundred thousand changes that are shown already.
 */
export async function showWorkOf(repositories: Repositories, actor: string): Promise<void> {
  const { outbox } = repositories;
  const before = outbox.viewer();
  const slices = workSlices(repositories, actor);
  for (;;) {
    if (slices.next().done === true) return;
    // Nobody sees what another person has waiting (SYNC 3.8), not for a moment.
    if (before !== '' && before !== actor) continue;
    await turn();
    // Whoever came meanwhile is shown by a call of his own.
    if (outbox.viewer() !== actor || !repositories.cache.sql.open) return;
  }
}

function* workSlices(repositories: Repositories, actor: string): Generator<void, void> {
  const { outbox, uploads } = repositories;
  const before = outbox.viewer();
  outbox.setViewer(actor);
  if (before !== actor) for (const batch of uploads.list(before, null)) hideUpload(repositories, batch.importId);
  const dirty = outbox.dirtyLids();
  for (let at = 0; at < dirty.length; at += SLICE) {
    showSlice(repositories, dirty.slice(at, at + SLICE));
    if (at + SLICE < dirty.length) yield;
  }
  yield* forgetUnqueued(repositories);
  for (const batch of uploads.list(actor, null)) {
    if (batch.waitingCount + batch.refusedCount === 0) continue;
    for (let after: number | null = 0; ;) {
      after = projectItems(repositories, batch, after);
      if (after === null) break;
      yield;
    }
  }
}

/** Looks at both files once for all users of the slice, and writes only those that are not shown as they should be. */
function showSlice(repositories: Repositories, records: readonly { type: EntityType; lid: string }[]): void {
  const { outbox, users } = repositories;
  const lids = records.flatMap(({ type, lid }) => (type === 'user' ? lid : []));
  const lanes = outbox.lanes(lids);
  const shown = users.shown(lids);
  const wrong = lids.filter((lid) => {
    const user = shown.get(lid);
    return !user || !isShownRight(user, lanes.get(lid) ?? []);
  });
  if (wrong.length > 0) projectUsers(repositories, wrong);
  for (const { type, lid } of records) if (type !== 'user') project(repositories, type, lid);
}

/** True only when `project` would write what is there already. */
function isShownRight({ base, fields, pending, isBaseKept }: ShownUser, lane: readonly QueuedChange[]): boolean {
  const overlay = overlayOf(lane);
  if (!base || pending !== (overlay?.pending ?? 0) || isBaseKept !== (overlay !== null)) return false;
  const patch = overlay?.patch ?? {};
  return USER_FIELDS.every((field) => fields[field] === (patch[field] ?? base[field]));
}

/** Rows that show something waiting which the journal no longer has: a crash came before the cache was told. */
function* forgetUnqueued(repositories: Repositories): Generator<void, void> {
  const { outbox, uploads, users, accounts } = repositories;
  const queued = new Set(outbox.dirtyLids().map(({ lid }) => lid));
  for (const lid of accounts.pendingLids()) if (!queued.has(lid)) project(repositories, 'account', lid);
  const pending = users.pendingLids().filter((lid) => !queued.has(lid));
  const mine = new Set(uploads.list(outbox.viewer(), null).map(({ importId }) => importId));
  for (let at = 0; at < pending.length; at += UPLOAD_SLICE) {
    const slice = pending.slice(at, at + UPLOAD_SLICE);
    // A crash may have come before the rows of the one who left were hidden.
    const ofViewer = uploads.unsentIn(slice).filter(({ importId }) => mine.has(importId));
    const rows = new Set(ofViewer.map(({ lid }) => lid));
    projectUsers(
      repositories,
      slice.filter((lid) => !rows.has(lid)),
    );
    if (at + UPLOAD_SLICE < pending.length) yield;
  }
}

function hideUpload({ cache, uploads, users }: Repositories, importId: string): void {
  for (let after = 0; ;) {
    const items = uploads.unsent(importId, after, UPLOAD_SLICE);
    if (items.length === 0) return;
    const lids = items.map(({ lid }) => lid);
    cache.write((tx) => users.remove(tx, lids));
    after = items.at(-1)?.row ?? after;
  }
}
