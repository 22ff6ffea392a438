import { fieldsOf } from './upload-row.ts';
import { storeFaultOf } from '../database/safety/damage.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { EntityType } from '../domain/lane.ts';
import type { FieldValues } from '../domain/merge.ts';
import type { Overlay, PendingCode } from '../domain/records.ts';
import type { UserFields } from '../../../shared/model/user.ts';
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
      projectUpload(repositories, batch);
  }
}

/** Makes the row in the cache what the server's record and the queue say together. Safe to repeat. */
export function project(
  repositories: Repositories,
  type: EntityType,
  lid: string,
  after: 'commit' | 'stay-open' = 'commit',
): void {
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
  }, after);
}

/** The same for many users, with one look at each file and in one transaction. */
export function projectUsers(repositories: Repositories, lids: readonly string[]): void {
  const { cache, outbox, users } = repositories;
  const lanes = outbox.lanes(lids);
  const shown = users.shown(lids);
  try {
    for (const lid of lids) {
      const base = shown.get(lid)?.base;
      if (!base) {
        project(repositories, 'user', lid, 'stay-open');
        continue;
      }
      const overlay = overlayOf(lanes.get(lid) ?? []);
      const fields: UserFields = { ...base, ...(overlay?.patch as Partial<UserFields> | undefined) };
      cache.write((tx) => users.setView(tx, lid, fields, overlay?.pending ?? 0), 'stay-open');
    }
  } finally {
    cache.settle();
  }
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
    return { fields: fieldsOf(item), pending: item.state === 'refused' ? 4 : 1, accountLid: item.accountLid };
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

/** Rows of an upload that are shown in one transaction: a few milliseconds while all of them are there. */
export const UPLOAD_SLICE = 500;

/** Shows the unsent rows of an upload in the users list of their account. */
function projectUpload(repositories: Repositories, batch: UploadPlace): void {
  for (let after: number | null = 0; after !== null;) after = projectItems(repositories, batch, after);
}

type UploadPlace = { readonly importId: string; readonly accountLid: string };

/** Shows the next rows of an upload. Resolves the last of them; null when there are no more. */
export function projectItems(
  { accounts, cache, uploads, users }: Repositories,
  { importId, accountLid }: UploadPlace,
  after: number,
): number | null {
  const home = accounts.key(accountLid);
  const items = home ? uploads.unsent(importId, after, UPLOAD_SLICE) : [];
  const last = items.at(-1);
  if (!home || !last) return null;
  cache.write((tx) => {
    const rows = items.map((item) => ({
      lid: item.lid,
      fields: fieldsOf(item),
      pending: item.state === 'refused' ? (4 as const) : (1 as const),
    }));
    users.putLocal(tx, home.rowid, rows);
  });
  return last.row;
}
