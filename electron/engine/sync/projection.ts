import { storeFaultOf } from '../database/safety/damage.ts';
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

/** The journal has what could not be shown; it is shown when there is room again, or at the next start. */
export function showIfRoom(show: () => void): void {
  try {
    show();
  } catch (error) {
    if (storeFaultOf(error)?.kind !== 'full') throw error;
  }
}

/** Work on records of these accounts, which have just come (back) into the cache. */
export function showWorkIn(repositories: Repositories, accountLids: ReadonlySet<string>): void {
  if (accountLids.size === 0) return;
  const { outbox, uploads } = repositories;
  const actor = outbox.viewer();
  for (const { type, lid } of outbox.dirtyLids()) {
    if (outbox.lane(lid).some(({ accountLid }) => accountLid !== null && accountLids.has(accountLid)))
      project(repositories, type, lid);
  }
  for (const batch of uploads.list(actor, null)) {
    if (accountLids.has(batch.accountLid) && batch.waitingCount + batch.refusedCount > 0)
      projectUpload(repositories, batch.importId, batch.accountLid);
  }
}

/** Makes the row in the cache what the server's record and the queue say together. Safe to repeat. */
export function project(repositories: Repositories, type: EntityType, lid: string): void {
  const lane = repositories.outbox.lane(lid);
  const entity = entityOf(type);
  const overlay = overlayOf(lane);
  const base = entity.base(repositories, lid);
  const row: LocalRow | null = base
    ? { fields: base.fields, pending: 0, accountLid: null }
    : localRow(repositories, type, { lid, lane });
  repositories.cache.write((tx) => {
    if (!row) {
      // Neither the server nor the queue knows it any more.
      entity.remove(tx, repositories, lid);
      return;
    }
    const fields: FieldValues = { ...row.fields, ...(overlay?.patch as FieldValues | undefined) };
    const pending = pendingOf(row.pending, overlay?.pending ?? 0);
    if (!base) entity.putLocal(tx, repositories, { accountLid: row.accountLid, lid }, fields, pending);
    entity.setView(tx, repositories, lid, fields, pending);
  });
}

type LocalRow = { readonly fields: FieldValues; readonly pending: PendingCode; readonly accountLid: string | null };

/** A row without a server record: of an upload, of a queued create, or one the server has lost while changes to it wait. */
function localRow(
  repositories: Repositories,
  type: EntityType,
  { lid, lane }: { lid: string; lane: readonly QueuedChange[] },
): LocalRow | null {
  const entity = entityOf(type);
  const item = type === 'user' ? uploadRow(repositories, lid) : null;
  if (item) {
    const { firstName, lastName, name, email, role, mobile, extension, state, accountLid } = item;
    const fields = { firstName, lastName, name, email, role, mobile, extension };
    return { fields, pending: state === 'refused' ? 4 : 1, accountLid };
  }
  const [first] = lane;
  if (!first) return null;
  const accountLid = first.accountLid;
  if (first.kind !== 'create') {
    const shown = entity.view(repositories, lid);
    if (shown) return { fields: shown, pending: 0, accountLid };
  }
  return { fields: entity.blank, pending: 0, accountLid };
}

function uploadRow({ uploads, outbox }: Repositories, lid: string) {
  const [item] = uploads.unsentIn([lid]);
  const batch = item ? uploads.get(item.importId) : null;
  return item && batch?.actor === outbox.viewer() ? { ...item, accountLid: batch.accountLid } : null;
}

/** A new row that was edited is still new, unless it needs attention. */
function pendingOf(row: PendingCode, overlay: PendingCode): PendingCode {
  if (row === 4 || overlay === 4) return 4;
  return row === 0 ? overlay : row;
}

/**
 * Shows what this person has waiting, and no longer what another one has. Also at start: a crash may have come between the journal and
 * the cache (SYNC 3.0).
 */
export function showWorkOf(repositories: Repositories, actor: string): void {
  const { outbox, uploads } = repositories;
  const before = outbox.viewer();
  outbox.setViewer(actor);
  if (before !== actor) for (const batch of uploads.list(before, null)) hideUpload(repositories, batch.importId);
  for (const { type, lid } of outbox.dirtyLids()) project(repositories, type, lid);
  forgetUnqueued(repositories);
  for (const batch of uploads.list(actor, null)) {
    if (batch.waitingCount + batch.refusedCount > 0) projectUpload(repositories, batch.importId, batch.accountLid);
  }
}

/** Rows that show something waiting which the journal no longer has: a crash came before the cache was told. */
function forgetUnqueued(repositories: Repositories): void {
  const { outbox, uploads, users, accounts } = repositories;
  const queued = new Set(outbox.dirtyLids().map(({ lid }) => lid));
  for (const lid of accounts.pendingLids()) if (!queued.has(lid)) project(repositories, 'account', lid);
  const left = users.pendingLids().filter((lid) => !queued.has(lid));
  for (let at = 0; at < left.length; at += SLICE) {
    const slice = left.slice(at, at + SLICE);
    const rows = new Set(uploads.unsentIn(slice).map(({ lid }) => lid));
    for (const lid of slice) if (!rows.has(lid)) project(repositories, 'user', lid);
  }
}

function hideUpload({ cache, uploads, users }: Repositories, importId: string): void {
  for (let after = 0; ;) {
    const items = uploads.unsent(importId, after, SLICE);
    if (items.length === 0) return;
    const lids = items.map(({ lid }) => lid);
    cache.write((tx) => users.remove(tx, lids));
    after = items.at(-1)?.row ?? after;
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
      const users = items.map(({ lid, state, firstName, lastName, name, email, role, mobile, extension }) => ({
        lid,
        fields: { firstName, lastName, name, email, mobile, extension, role },
        pending: state === 'refused' ? (4 as const) : (1 as const),
      }));
      repositories.users.putLocal(tx, home.rowid, users);
    });
    after = items.at(-1)?.row ?? after;
  }
}
