import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { EntityType } from '../domain/lane.ts';
import type { FieldValues } from '../domain/merge.ts';
import type { Overlay, PendingCode } from '../domain/records.ts';
import { entityOf } from './entities.ts';

/** What the queued changes of one record put over the server's values; null when there are none. */
export function overlayOf(lane: readonly QueuedChange[]): Overlay<FieldValues> | null {
  const first = lane[0];
  if (!first) return null;
  const patch: FieldValues = Object.assign({}, ...lane.map((change) => change.patch));
  return { patch, pending: pendingCode(lane) };
}

function pendingCode(lane: readonly QueuedChange[]): PendingCode {
  if (lane.some(({ state }) => state === 'conflict' || state === 'quarantine')) return 4;
  if (lane.some(({ kind }) => kind === 'delete')) return 3;
  return lane.some(({ kind }) => kind === 'create') ? 1 : 2;
}

/** Makes the row in the cache what the server's record and the queue say together. Safe to repeat. */
export function project(repositories: Repositories, type: EntityType, lid: string): void {
  const lane = repositories.outbox.lane(lid);
  const entity = entityOf(type);
  const overlay = overlayOf(lane);
  const base = entity.base(repositories, lid);
  repositories.cache.write((tx) => {
    if (base) {
      entity.setView(
        tx,
        repositories,
        lid,
        { ...base.fields, ...(overlay?.patch as FieldValues | undefined) },
        overlay?.pending ?? 0,
      );
      return;
    }
    if (!overlay) {
      // Neither the server nor the queue knows it any more.
      entity.remove(tx, repositories, lid);
      return;
    }
    const blank: FieldValues = Object.fromEntries(
      entity.fields.map((field) => [field, field === 'supportContacts' ? [] : '']),
    );
    const fields: FieldValues = { ...blank, ...(overlay.patch as FieldValues) };
    entity.putLocal(tx, repositories, { accountLid: lane[0]?.accountLid ?? null, lid }, fields, overlay.pending);
    entity.setView(tx, repositories, lid, fields, overlay.pending);
  });
}

/** At start: a crash may have come between the journal and the cache (SYNC 3.0). */
export function projectAll(repositories: Repositories, actors: readonly string[]): void {
  for (const { type, lid } of repositories.outbox.dirtyLids()) project(repositories, type, lid);
  for (const batch of actors.flatMap((actor) => repositories.uploads.list(actor, null))) {
    if (batch.waitingCount + batch.refusedCount > 0) projectUpload(repositories, batch.importId, batch.accountLid);
  }
}

const SLICE = 2000;

/** Shows the unsent rows of an upload in the users list of their account. */
export function projectUpload(repositories: Repositories, importId: string, accountLid: string): void {
  const home = repositories.accounts.key(accountLid);
  if (!home) return;
  let after = 0;
  for (;;) {
    const items = repositories.uploads.unsent(importId, after, SLICE);
    if (items.length === 0) return;
    repositories.cache.write((tx) => {
      const users = items.map(({ lid, state, firstName, lastName, name, email, role }) => ({
        lid,
        fields: { firstName, lastName, name, email, mobile: '', extension: '', role },
        pending: state === 'refused' ? (4 as const) : (1 as const),
      }));
      repositories.users.putLocal(tx, home.rowid, users);
    });
    after = items.at(-1)?.row ?? after;
  }
}
