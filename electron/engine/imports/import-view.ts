import type { z } from 'zod';
import type { imports as contract } from '../../../shared/contract/imports.ts';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import type { ImportIssue, ImportRow } from '../../../shared/model/import-row.ts';
import { COUNT_NAMES } from '../database/import-repository.ts';
import type { RowCounts, StoredImport } from '../database/import-repository.ts';
import type { ImportRowRepository } from '../database/import-row-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { Repositories } from '../database/repositories.ts';
import { displayNameOf } from '../../../shared/model/user.ts';
import { changesOf } from '../domain/import-plan.ts';
import { actionOf, SEVERITIES } from '../domain/import-row-state.ts';
import type { DraftContext } from './draft-context.ts';
import { fittingRecipe } from './fitting-recipe.ts';
import type { UploadContext } from './upload-draft.ts';

export type ImportHeader = NonNullable<z.output<(typeof contract)['get']['output']>>;

/** The draft as the screen shows it. `isReading`: its file is being read right now. */
export function toHeader(
  { steps }: DraftContext,
  { accounts, uploads, recipes }: Repositories,
  { draft, isReading }: { readonly draft: StoredImport; readonly isReading: boolean },
): ImportHeader {
  const batch = uploads.get(draft.id);
  const { failure, failureDetail, fileName, updatedAt, staging, existing } = draft;
  const has = (direction: 'undo' | 'redo'): boolean => staging !== null && steps.next(staging, direction) !== null;
  return {
    ...(Object.fromEntries(COUNT_NAMES.map((name) => [name, draft[name]])) as RowCounts),
    ...{ failure, failureDetail, fileName, updatedAt, existing },
    id: draft.id as ImportId,
    accountId: draft.accountLid as AccountId,
    accountName: accounts.key(draft.accountLid)?.name ?? '',
    state: isReading ? 'reading' : draft.state,
    reading: draft.reading && { ...draft.reading, sheets: [...draft.reading.sheets] },
    columns: draft.columns.map((column) => ({ ...column, samples: [...column.samples] })),
    recipe: draft.chosen.recipe ?? null,
    fittingRecipe: fittingRecipe(recipes, draft),
    queuedCount: batch ? batch.waitingCount + batch.sentCount + batch.refusedCount + batch.askedCount : 0,
    sentCount: batch?.sentCount ?? 0,
    refusedCount: batch ? batch.refusedCount + batch.askedCount : 0,
    canUndo: has('undo'),
    canRedo: has('redo'),
  };
}

/** The row as the screen shows it, with everything that is said about it. */
export function toImportRow(
  { rows, rules, repositories: { users } }: Pick<UploadContext, 'rows' | 'rules' | 'repositories'>,
  { staging, accountLid }: { readonly staging: number; readonly accountLid: string },
  row: PreviewRow,
): ImportRow {
  const user = row.target === '' ? null : users.get(row.target);
  const isPlanned = row.action === 'change' || row.action === 'conflict';
  const changes = user && isPlanned ? changesOf(row.values, user, rules.choices(accountLid)) : [];
  const issues: ImportIssue[] = [...row.issues, ...row.notes];
  if (row.isDuplicate) issues.unshift({ code: 'email-in-file', field: 'email', detail: otherRow(rows, staging, row) });
  return {
    rowId: row.rowId,
    sourceRow: row.sourceRow,
    values: row.values,
    issues,
    status: SEVERITIES[row.severity] ?? null,
    action: actionOf(row),
    existing: row.existing,
    user: user && { id: user.id, name: displayNameOf(user) },
    // What the person saw when the change was planned stays beside what it becomes.
    changes: changes.map(({ field, from, to }) => ({ field, from: row.planned[field] ?? from, to })),
  };
}

/** Looked up when it is shown: stored, it would have to be written again in every row of the same address. */
function otherRow(rows: ImportRowRepository, staging: number, row: PreviewRow): string {
  const other = rows.withAddress(staging, row.emailKey, 2).find(({ rowId }) => rowId !== row.rowId);
  return other?.sourceRow ? String(other.sourceRow) : '';
}
