import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import type { StoredImport } from '../database/import-repository.ts';
import { withOriginal } from '../domain/recipe-fixes.ts';
import { editedRow, replaceInRow } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { clipboardCells } from './clipboard-cells.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';
import { countCleanings } from './count-cleanings.ts';
import { addRow, editRows, undoStep } from './edit-draft.ts';
import { clipboardText, fillRows, pasteRows } from './edit-range.ts';
import type { Edited, EditRefusal, ImportDesk } from './import-desk-port.ts';
import { READ_LIMITS } from './reading/read-limits.ts';
import { recheckDraft, setExisting } from './recheck-draft.ts';
import type { RowView, RowViews } from './row-view.ts';
import { applyRepair, suggestRepairs } from './suggest-repairs.ts';

/** As much as a spreadsheet program takes from the clipboard without a pause. */
const COPIED_ROWS = 20_000;
const ALL_ROWS = { first: 0, last: Infinity };

type RowDesk = Pick<
  ImportDesk,
  | 'editCell'
  | 'addRow'
  | 'deleteRows'
  | 'replace'
  | 'fillRange'
  | 'pasteRange'
  | 'copyRange'
  | 'deleteRange'
  | 'cleanings'
  | 'keepOriginal'
  | 'suggestions'
  | 'applySuggestion'
  | 'undo'
  | 'setExisting'
  | 'recheck'
>;

/** Everything a person does with the rows of one preview (IMP-4). */
export function createRowDesk(options: {
  readonly context: DraftContext;
  readonly views: RowViews;
  /** One change of a preview after the other. */
  readonly withDraft: <T, C extends string>(
    id: string,
    work: (draft: StoredImport & DraftOf) => Promise<Outcome<T, C>>,
  ) => Promise<Outcome<T, C | EditRefusal>>;
  readonly counts: (id: string) => Edited;
}): RowDesk {
  const { context, views, withDraft, counts } = options;
  const { orders, rows } = context;
  const edit = (draft: DraftOf, rowIds: Uint32Array, next: (row: RowState) => RowState | null): Promise<number> =>
    editRows(context, draft, { rowIds, next });

  async function viewed(draft: DraftOf, view: RowView, { first, last }: { first: number; last: number }) {
    const found = await views.of(draft.staging, view);
    return Uint32Array.from(found.page(first, Math.min(last, found.count) - first + 1));
  }

  return {
    editCell: ({ id, rowId, field, value }) =>
      withDraft(id, async (draft) => {
        if (!rows.get(draft.staging, rowId)) return refuse('import.row-not-found', String(rowId), { row: rowId });
        await edit(draft, Uint32Array.of(rowId), (row) => editedRow(row, field, value));
        return done(counts(id));
      }),
    addRow: (id) => withDraft(id, async (draft) => done({ rowId: await addRow(context, draft) })),
    deleteRows: (id, rowIds) =>
      withDraft(id, async (draft) => {
        const order = await orders.of(draft.staging);
        const missing = rowIds.find((rowId) => !order.has(rowId));
        if (missing !== undefined) return refuse('import.row-not-found', String(missing), { row: missing });
        await edit(draft, Uint32Array.from(new Set(rowIds)), () => null);
        return done(counts(id));
      }),
    replace: ({ id, field, find, replacement, ...view }) =>
      withDraft(id, async (draft) => {
        const rowIds = await viewed(draft, view, ALL_ROWS);
        const changedCount = await editRows(context, draft, {
          rowIds,
          next: (row) => replaceInRow(row, field, find, replacement),
          fixes: [{ ...{ kind: 'replace', field, find, replacement }, filter: view.filter, search: view.search ?? '' }],
        });
        return done({ changedCount });
      }),
    fillRange: ({ id, first, last, fields, value, ...view }) =>
      withDraft(id, async (draft) => {
        const rowIds = await viewed(draft, view, { first, last });
        return done({
          changedCount: await fillRows(context, draft, {
            ...{ rowIds, fields, value },
            isEverybody: rowIds.length === (await orders.of(draft.staging)).count('all'),
          }),
        });
      }),
    pasteRange: ({ id, first, fields, text, ...view }) =>
      withDraft(id, async (draft) => {
        const rowIds = await viewed(draft, view, { first, last: Infinity });
        const { rowCount } = counts(id);
        const lines = clipboardCells(text);
        if (rowCount + Math.max(0, lines.length - rowIds.length) > READ_LIMITS.rows)
          return refuse('import.too-many-rows', 'paste', { limit: READ_LIMITS.rows, count: rowCount + lines.length });
        return done(await pasteRows(context, draft, { rowIds, fields, lines }));
      }),
    async copyRange({ id, first, last, fields, ...view }) {
      const draft = context.imports.get(id);
      if (!draft || draft.staging === null) return { text: '', rowCount: 0 };
      const at = { ...draft, staging: draft.staging };
      const found = rows.many(
        at.staging,
        await viewed(at, view, { first, last: Math.min(last, first + COPIED_ROWS - 1) }),
      );
      return { text: clipboardText(found, fields), rowCount: found.length };
    },
    deleteRange: ({ id, first, last, ...view }) =>
      withDraft(id, async (draft) => {
        await edit(draft, await viewed(draft, view, { first, last }), () => null);
        return done(counts(id));
      }),
    async cleanings(id) {
      const draft = context.imports.get(id);
      return draft && draft.staging !== null ? countCleanings(context, draft.staging) : [];
    },
    keepOriginal: (id, code) =>
      withDraft(id, async (draft) => {
        const rowIds = (await orders.of(draft.staging)).rowIds('all').slice();
        const changedCount = await editRows(context, draft, {
          ...{ rowIds, next: (row) => withOriginal(row, code) },
          fixes: [{ kind: 'keep-original', code }],
        });
        return done({ changedCount });
      }),
    async suggestions(id) {
      const draft = context.imports.get(id);
      return draft && draft.staging !== null ? suggestRepairs(context, { ...draft, staging: draft.staging }) : [];
    },
    applySuggestion: (id, suggestion) =>
      withDraft(id, async (draft) => done({ changedCount: await applyRepair(context, draft, suggestion) })),
    undo: (id, direction) =>
      withDraft(id, async (draft) => {
        const isUndone = await undoStep(context, draft, direction);
        return isUndone ? done(counts(id)) : refuse('import.nothing-to-undo', direction);
      }),
    setExisting: (id, existing, rowIds) =>
      withDraft(id, async (draft) => {
        if (rowIds === null) {
          await setExisting(context, draft, existing ?? 'refuse');
          return done(counts(id));
        }
        const order = await orders.of(draft.staging);
        const missing = rowIds.find((rowId) => !order.has(rowId));
        if (missing !== undefined) return refuse('import.row-not-found', String(missing), { row: missing });
        await edit(draft, Uint32Array.from(new Set(rowIds)), (row) =>
          row.existing === existing ? row : { ...row, existing },
        );
        return done(counts(id));
      }),
    recheck: (id, accept) =>
      withDraft(id, async (draft) => {
        const isFileNewer = await context.isFileNewer(draft);
        await recheckDraft(context, draft, accept);
        return done({ ...counts(id), isFileNewer });
      }),
  };
}
