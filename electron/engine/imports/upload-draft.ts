import type { StoredImport } from '../database/import-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { UploadItem } from '../database/upload-repository.ts';
import { must } from '../../../shared/lib/must.ts';
import { emailKey } from '../../../shared/model/email.ts';
import type { ImportValues } from '../../../shared/model/import-row.ts';
import { parseRole, roleLabel } from '../../../shared/model/role.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { forgetSteps } from './edit-draft.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';

/** Rows per slice: each writes to both databases, so it is half of what an edit takes. */
const UPLOAD_ROWS = 150;

export type UploadContext = DraftContext & {
  readonly repositories: Repositories;
  readonly identifiers: Identifiers;
  readonly actor: () => string;
};

/**
 * Moves the rows without errors into the queue (IMP-5). Each slice leaves the preview and enters the queue in one transaction of
 * the journal, so a row is always in exactly one of the two. Returns how many were queued.
 */
export async function uploadDraft(context: UploadContext, draft: StoredImport & DraftOf): Promise<number> {
  const { journal, imports, orders, breathe, repositories, now } = context;
  const { staging } = draft;
  const rowIds = (await orders.of(staging)).rowIds('ready').slice();
  if (rowIds.length === 0) return 0;
  await forgetSteps(context, staging);
  const batch = { importId: draft.id, actor: context.actor(), accountLid: draft.accountLid, fileName: draft.fileName };
  let queuedCount = 0;
  for (let at = 0; at < rowIds.length; at += UPLOAD_ROWS) {
    const ready = stillReady(context, draft, rowIds.subarray(at, at + UPLOAD_ROWS));
    if (ready.length > 0) {
      const items = ready.map((row) => toItem(context, draft, row));
      context.change(
        draft,
        ready.map(({ rowId }) => ({ rowId, after: null })),
        (tx) => {
          repositories.uploads.open(tx, { ...batch, createdAt: now() });
          repositories.uploads.enqueue(tx, draft.id, items);
        },
      );
      await breathe();
      // A crash before this is made good at the next start: the queue is what counts.
      show(context, draft.accountLid, items);
      queuedCount += items.length;
    }
    await breathe();
  }
  if (imports.get(draft.id)?.rowCount === 0) journal.write((tx) => imports.finished(tx, draft.id, staging, now()));
  return queuedCount;
}

/**
 * Puts what was not sent back into the preview, under new numbers: a refused row must not meet its old key again. The upload pauses
 * meanwhile, and each slice is in one transaction, so that a row is always in exactly one of the two.
 */
export async function takeBack(context: UploadContext, draft: StoredImport & DraftOf): Promise<number> {
  const { journal, breathe, repositories } = context;
  journal.write((tx) => repositories.uploads.setPaused(tx, draft.id, true));
  let count = 0;
  for (;;) {
    const taken = journal.write((tx) => takeSlice(context, draft, tx));
    count += taken;
    if (taken < UPLOAD_ROWS) break;
    await breathe();
  }
  journal.write((tx) => repositories.uploads.setPaused(tx, draft.id, false));
  // Read anew when it is next looked at.
  context.orders.forget(draft.staging);
  return count;
}

function takeSlice(context: UploadContext, draft: StoredImport & DraftOf, tx: Tx<'journal'>): number {
  const { imports, repositories, writeRows, now } = context;
  const items = repositories.uploads.takeBack(tx, draft.id, UPLOAD_ROWS);
  if (items.length === 0) return 0;
  // Out of the users list first: otherwise every row would find its own address taken.
  const first = imports.takeRowNumbers(tx, draft.id, items.length);
  const lids = items.map(({ lid }) => lid);
  repositories.cache.write((cache) => repositories.users.remove(cache, lids));
  const changes = items.map((item, index) => ({ rowId: first + index, after: toState(item) }));
  imports.rowsChanged(tx, draft.id, writeRows(tx, draft, changes).delta, now());
  return items.length;
}

/** Users may have come into the account since the rows were checked; rows that meet one stay, as errors. */
function stillReady(context: UploadContext, draft: StoredImport & DraftOf, rowIds: Uint32Array): readonly PreviewRow[] {
  const rows = context.rows.many(draft.staging, rowIds);
  const keys = rows.map((row) => row.emailKey);
  const owners = context.rules.findOwners(draft.accountLid, keys);
  if (owners.size > 0) {
    context.change(
      draft,
      rows.filter((row) => owners.has(row.emailKey)).map((row) => ({ rowId: row.rowId, after: row })),
    );
  }
  return rows.filter((row) => !owners.has(row.emailKey));
}

type Item = Parameters<Repositories['uploads']['enqueue']>[2][number];

function toItem(context: UploadContext, draft: StoredImport, row: PreviewRow): Item {
  const role = parseRole(row.values.role, context.rules.customRoles(draft.accountLid));
  const values: ImportValues = { ...row.values, role: must(role, 'a ready row has a known role') };
  const lid = context.identifiers.next();
  return { row: row.rowId, lid, emailKey: emailKey(values.email), sourceRow: row.sourceRow, values };
}

function toState({ firstName, lastName, name, email, role, sourceRow }: UploadItem) {
  return {
    sourceRow,
    values: { firstName, lastName, name, email, role: roleLabel(role) },
    notes: [],
    isChanged: false,
  };
}

/** The users list shows what is queued at once, as new. */
function show({ repositories }: UploadContext, accountLid: string, items: readonly Item[]): void {
  const home = repositories.accounts.key(accountLid);
  if (!home) return;
  const users = items.map(({ lid, values }) => ({
    lid,
    fields: { ...values, mobile: '', extension: '' },
    pending: 1 as const,
  }));
  repositories.cache.write((tx) => repositories.users.putLocal(tx, home.rowid, users));
}
