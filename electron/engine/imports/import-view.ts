import type { z } from 'zod';
import type { imports as contract } from '../../../shared/contract/imports.ts';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import type { ImportIssue, ImportRow } from '../../../shared/model/import-row.ts';
import type { StoredImport } from '../database/import-repository.ts';
import type { ImportRowRepository } from '../database/import-row-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { Repositories } from '../database/repositories.ts';
import { SEVERITIES } from '../domain/import-row-state.ts';
import type { DraftContext } from './draft-context.ts';

export type ImportHeader = NonNullable<z.output<(typeof contract)['get']['output']>>;

/** The draft as the screen shows it. `isReading`: its file is being read right now. */
export function toHeader(
  { steps }: DraftContext,
  { accounts, uploads }: Repositories,
  { draft, isReading }: { readonly draft: StoredImport; readonly isReading: boolean },
): ImportHeader {
  const batch = uploads.get(draft.id);
  const { rowCount, errorCount, warningCount, infoCount, failure, failureDetail, fileName, updatedAt, staging } = draft;
  const has = (direction: 'undo' | 'redo'): boolean => staging !== null && steps.next(staging, direction) !== null;
  return {
    ...{ rowCount, errorCount, warningCount, infoCount, failure, failureDetail, fileName, updatedAt },
    id: draft.id as ImportId,
    accountId: draft.accountLid as AccountId,
    accountName: accounts.key(draft.accountLid)?.name ?? '',
    state: isReading ? 'reading' : draft.state,
    reading: draft.reading && { ...draft.reading, sheets: [...draft.reading.sheets] },
    columns: draft.columns.map((column) => ({ ...column, samples: [...column.samples] })),
    queuedCount: batch ? batch.waitingCount + batch.sentCount + batch.refusedCount : 0,
    sentCount: batch?.sentCount ?? 0,
    refusedCount: batch?.refusedCount ?? 0,
    canUndo: has('undo'),
    canRedo: has('redo'),
  };
}

/** The row as the screen shows it, with everything that is said about it. */
export function toImportRow(rows: ImportRowRepository, staging: number, row: PreviewRow): ImportRow {
  const issues: ImportIssue[] = [...row.issues, ...row.notes];
  if (row.isDuplicate) issues.unshift({ code: 'email-in-file', field: 'email', detail: otherRow(rows, staging, row) });
  return {
    rowId: row.rowId,
    sourceRow: row.sourceRow,
    values: row.values,
    issues,
    status: SEVERITIES[row.severity] ?? null,
  };
}

/** Looked up when it is shown: stored, it would have to be written again in every row of the same address. */
function otherRow(rows: ImportRowRepository, staging: number, row: PreviewRow): string {
  const other = rows.withAddress(staging, row.emailKey, 2).find(({ rowId }) => rowId !== row.rowId);
  return other?.sourceRow ? String(other.sourceRow) : '';
}
