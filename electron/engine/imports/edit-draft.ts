import type { RecipeFix } from '../../../shared/model/import-recipe.ts';
import { EMPTY_VALUES } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { RowEdit } from '../database/import-step-repository.ts';
import type { Tx } from '../database/store.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';
import type { RowChange } from './row-writer.ts';

/** Packs of a history that are removed in one transaction. */
const DROPPED_PACKS = 20;

export type Edit = {
  readonly rowIds: Uint32Array;
  /** Answers the row itself to leave it, null to delete it. */
  readonly next: (row: PreviewRow, rowId: number) => RowState | null;
  /** New rows, after all others. */
  readonly added?: readonly RowState[];
  /** What of it can be repeated in another file (IMP-13). */
  readonly fixes?: readonly RecipeFix[];
};

/** Changes rows as one undo step. Resolves how many were changed, deleted or added. */
export async function editRows(context: DraftContext, draft: DraftOf, edit: Edit): Promise<number> {
  const { journal, rows, steps, imports, breathe } = context;
  const { staging } = draft;
  const { next, added = [], fixes = [] } = edit;
  // Whatever the order on the screen: rows that lie together are read and written together.
  const rowIds = edit.rowIds.toSorted();
  // In one transaction it is never half done; otherwise it is open until its end.
  const isWhole = Math.max(rowIds.length, added.length) <= SLICE_ROWS && Math.min(rowIds.length, added.length) === 0;
  let step: number | null = null;
  let changedCount = 0;

  async function write(changes: readonly RowChange[], edits: readonly RowEdit[]): Promise<void> {
    if (changes.length === 0) return;
    if (step === null) await forgetUndone(context, staging);
    const known: number | null = step;
    context.change(draft, changes, (tx) => {
      step = record(context, tx, staging, { step: known, edits, isWhole, fixes });
    });
    changedCount += changes.length;
    if (!isWhole) await breathe();
  }

  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    const edits: RowEdit[] = [];
    const changes: RowChange[] = [];
    for (const before of rows.many(staging, rowIds.subarray(at, at + SLICE_ROWS))) {
      const after = next(before, before.rowId);
      if (after === before) continue;
      changes.push({ rowId: before.rowId, after });
      edits.push({ rowId: before.rowId, before, after });
    }
    await write(changes, edits);
  }
  for (let at = 0; at < added.length; at += SLICE_ROWS) {
    const slice = added.slice(at, at + SLICE_ROWS);
    const first = journal.write((tx) => imports.takeRowNumbers(tx, draft.id, slice.length));
    await write(
      slice.map((after, index) => ({ rowId: first + index, after })),
      slice.map((after, index) => ({ rowId: first + index, before: null, after })),
    );
  }
  const open: number | null = step;
  if (open !== null && !isWhole) journal.write((tx) => steps.setState(tx, { staging, step: open }, 'done'));
  return changedCount;
}

export async function addRow(context: DraftContext, draft: DraftOf): Promise<number> {
  const before = context.imports.get(draft.id)?.nextRow ?? 0;
  await editRows(context, draft, { rowIds: NO_ROWS, next: (row) => row, added: [BLANK_ROW] });
  return before;
}

const NO_ROWS = new Uint32Array();
export const BLANK_ROW: RowState = {
  sourceRow: null,
  values: EMPTY_VALUES,
  notes: [],
  isChanged: true,
  existing: null,
};

/** Takes the last step back, or repeats the one that was taken back last. False when there is none. */
export async function undoStep(context: DraftContext, draft: DraftOf, direction: 'undo' | 'redo'): Promise<boolean> {
  const { steps } = context;
  const { staging } = draft;
  const step = steps.next(staging, direction);
  if (step === null) return false;
  const finalState = direction === 'undo' ? 'undone' : 'done';
  await applyStep(context, draft, { step, side: direction === 'undo' ? 'before' : 'after', finalState });
  return true;
}

/** Takes back what was half done when the program stopped. Steps that build on it cannot be repeated any more. */
export async function revertOpenStep(context: DraftContext, draft: DraftOf, step: number): Promise<void> {
  await applyStep(context, draft, { step, side: 'before', finalState: 'undone' });
  await forgetUndone(context, draft.staging);
}

/** Forgets the history: what was uploaded cannot come back by an undo. */
export async function forgetSteps(context: DraftContext, staging: number): Promise<void> {
  await dropSteps(context, staging, context.steps.list(staging));
}

async function applyStep(
  context: DraftContext,
  draft: DraftOf,
  { step, side, finalState }: { step: number; side: 'before' | 'after'; finalState: 'done' | 'undone' },
): Promise<void> {
  const { steps, breathe } = context;
  const at = { staging: draft.staging, step };
  const last = steps.packCount(at) - 1;
  for (let pack = 0; pack <= last; pack += 1) {
    const changes = steps.edits(at, pack).map((edit) => ({ rowId: edit.rowId, after: edit[side] }));
    context.change(draft, changes, (tx) => steps.setState(tx, at, pack === last ? finalState : 'open'));
    if (pack < last) await breathe();
  }
}

function record(
  { steps }: DraftContext,
  tx: Tx<'journal'>,
  staging: number,
  {
    step,
    edits,
    isWhole,
    fixes,
  }: { step: number | null; edits: readonly RowEdit[]; isWhole: boolean; fixes: readonly RecipeFix[] },
): number {
  const known = step ?? steps.begin(tx, staging, fixes);
  steps.add(tx, { staging, step: known }, edits);
  if (isWhole) steps.setState(tx, { staging, step: known }, 'done');
  return known;
}

/** A new change makes the steps that were taken back unrepeatable. */
async function forgetUndone(context: DraftContext, staging: number): Promise<void> {
  await dropSteps(context, staging, context.steps.list(staging, 'undone'));
}

async function dropSteps(
  { journal, steps, breathe }: DraftContext,
  staging: number,
  list: readonly number[],
): Promise<void> {
  for (const step of list) {
    while (journal.write((tx) => steps.dropSlice(tx, { staging, step }, DROPPED_PACKS))) await breathe();
  }
}
