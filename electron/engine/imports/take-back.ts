import type { StoredImport } from '../database/import-repository.ts';
import type { Tx } from '../database/store.ts';
import type { UploadItem } from '../database/upload-repository.ts';
import { IMPORT_FIELDS, type ImportValues } from '../../../shared/model/import-row.ts';
import { cellText } from '../../../shared/model/user-choices.ts';
import type { RowState } from '../domain/import-row-state.ts';
import type { DraftOf } from './draft-context.ts';
import type { UploadContext } from './upload-draft.ts';

const SLICE_ROWS = 150;

type Taken = { readonly count: number; readonly changedLids: readonly string[] };

/**
 * Puts what was not sent back into the preview, under new numbers: a refused row must not meet its old key again. The upload pauses
 * meanwhile, and each slice is in one transaction, so that a row is always in exactly one of the two.
 */
export async function takeBack(context: UploadContext, draft: StoredImport & DraftOf): Promise<number> {
  const { journal, breathe, repositories, userChanges } = context;
  journal.write((tx) => repositories.uploads.setPaused(tx, draft.id, true));
  let count = 0;
  for (;;) {
    const taken = journal.write((tx) => takeSlice(context, draft, tx));
    if (taken.changedLids.length > 0) userChanges.show(taken.changedLids);
    count += taken.count;
    if (taken.count === 0) break;
    await breathe();
  }
  journal.write((tx) => repositories.uploads.setPaused(tx, draft.id, false));
  // Read anew when it is next looked at.
  context.orders.forget(draft.staging);
  return count;
}

/** Takes back what has not left of an upload that came from no list: the way back of an import, or welcome e-mails. */
export async function withdraw(context: UploadContext, importId: string): Promise<number> {
  const { journal, breathe, repositories, userChanges } = context;
  let count = 0;
  for (;;) {
    const lids = journal.write((tx) => repositories.importChanges.withdraw(tx, importId, SLICE_ROWS));
    if (lids.length === 0) return count;
    userChanges.show(lids);
    count += lids.length;
    await breathe();
  }
}

function takeSlice(context: UploadContext, draft: StoredImport & DraftOf, tx: Tx<'journal'>): Taken {
  const { imports, repositories, writeRows, now } = context;
  const items = repositories.uploads.takeBack(tx, draft.id, SLICE_ROWS);
  const changes = repositories.importChanges.takeBack(tx, draft.id, SLICE_ROWS);
  const states = [...items.map(toState), ...changes.map(({ typed }) => typed)];
  if (states.length === 0) return { count: 0, changedLids: [] };
  // Out of the users list first: otherwise every row would find its own address taken.
  const first = imports.takeRowNumbers(tx, draft.id, states.length);
  const lids = items.map(({ lid }) => lid);
  if (lids.length > 0) repositories.cache.write((cache) => repositories.users.remove(cache, lids));
  const rows = states.map((after, index) => ({ rowId: first + index, after }));
  imports.rowsChanged(tx, draft.id, writeRows(tx, draft, rows).delta, now());
  return { count: states.length, changedLids: changes.map(({ lid }) => lid) };
}

function toState(item: UploadItem): RowState {
  return {
    sourceRow: item.sourceRow,
    values: Object.fromEntries(IMPORT_FIELDS.map((field) => [field, cellText(field, item[field])])) as ImportValues,
    notes: [],
    isChanged: false,
    existing: null,
  };
}
