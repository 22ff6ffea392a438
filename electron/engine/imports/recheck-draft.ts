import type { ExistingChoice } from '../../../shared/model/import-row.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { Planned } from '../domain/import-plan.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';

/** Another choice for addresses that are in the account: their rows are judged anew (IMP-7). */
export async function setExisting(context: DraftContext, draft: DraftOf, existing: ExistingChoice): Promise<void> {
  const { journal, imports, now } = context;
  journal.write((tx) => imports.setExisting(tx, draft.id, existing, now()));
  await judgeAgain(context, { ...draft, existing }, () => null);
}

/**
 * Holds every row against the account as it is now (IMP-6). A planned change whose user moved meanwhile becomes a conflict, unless
 * `accept`: then what is there now is what the plan begins with.
 */
export async function recheckDraft(context: DraftContext, draft: DraftOf, accept: boolean): Promise<void> {
  await judgeAgain(context, draft, (row) => (accept || !isSeen(row) ? null : row.planned));
}

function isSeen({ action, planned }: PreviewRow): boolean {
  return (action === 'change' || action === 'conflict') && Object.keys(planned).length > 0;
}

/** Writes only rows of which something else is true now: most of a hundred thousand stay as they are. */
async function judgeAgain(
  context: DraftContext,
  draft: DraftOf,
  beforeOf: (row: PreviewRow) => Planned | null,
): Promise<void> {
  const { orders, rows, rules, breathe } = context;
  const rowIds = (await orders.of(draft.staging)).rowIds('all').slice();
  const elsewhere = await rules.findElsewhere(draft.accountLid, await keysOf(context, draft, rowIds));
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    const slice = rows.many(draft.staging, rowIds.subarray(at, at + SLICE_ROWS));
    const judge = rules.judgeFor(
      draft,
      slice.flatMap(({ emailKey }) => emailKey || []),
      elsewhere,
    );
    const moved = slice.filter((row) => {
      const { action, target, issues, planned } = judge(row, beforeOf(row));
      return (
        action !== row.action ||
        target !== row.target ||
        JSON.stringify([issues, planned]) !== JSON.stringify([row.issues, row.planned])
      );
    });
    if (moved.length > 0) {
      context.change(
        draft,
        moved.map((row) => ({ rowId: row.rowId, after: row, before: beforeOf(row) })),
      );
    }
    await breathe();
  }
}

async function keysOf(
  { rows, breathe }: DraftContext,
  { staging }: DraftOf,
  rowIds: Uint32Array,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS * 4) {
    for (const { emailKey } of rows.many(staging, rowIds.subarray(at, at + SLICE_ROWS * 4)))
      if (emailKey) keys.add(emailKey);
    await breathe();
  }
  return keys;
}
