import { issueSentence } from '../../../shared/model/import-issue-text.ts';
import { IMPORT_ISSUES } from '../../../shared/model/import-row.ts';
import type { ImportRow } from '../../../shared/model/import-row.ts';
import { NOT_UPLOADED } from '../../../shared/model/upload-state.ts';
import { refuse } from '../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import { SEVERITY_CODES } from '../domain/import-row-state.ts';
import { toImportRow } from './import-view.ts';
import type { UploadContext } from './upload-draft.ts';
import { copyWithOutcome } from './writing/copy-with-outcome.ts';
import type { CopyRefusal } from './writing/copy-with-outcome.ts';
import type { RowOutcome } from './writing/new-columns.ts';

export type SheetCopy = {
  readonly id: string;
  /** Of rows that were uploaded, by their row in the sheet. */
  readonly uploaded: ReadonlyMap<number, RowOutcome>;
  readonly path: string;
};
export type SheetCopied = Outcome<
  { rowCount: number; addedCount: number; format: 'xlsx' | 'csv' },
  CopyRefusal | 'report.no-original' | 'report.read-again'
>;

/** Rows with much to say take longest. */
const SLICE_ROWS = 200;
/** What a row says that has no error. */
const READY = {
  status: NOT_UPLOADED,
  reason: 'Nothing is wrong with this row. Upload it from the preview.',
};

/** IMP-9: the file of an import with what became of its rows: of those that were uploaded, and of those still in the preview. */
export async function saveSheetCopy(context: UploadContext, { id, uploaded, path }: SheetCopy): Promise<SheetCopied> {
  const draft = context.imports.get(id);
  if (!draft?.reading || draft.path === '') return refuse('report.no-original', id);
  const { reading, sha256, staging, accountLid, chosen } = draft;
  const first = chosen.uploadedFrom;
  if (first && (first.sha256 !== sha256 || first.sheet !== reading.sheet)) return refuse('report.read-again', id);
  const { left, addedCount } =
    staging === null
      ? { left: new Map<number, RowOutcome>(), addedCount: 0 }
      : await leftOutcomes(context, { staging, accountLid });
  const copied = await copyWithOutcome(
    { path: draft.path, sha256, reading },
    { outcomeOf: (row) => uploaded.get(row) ?? left.get(row) ?? null, turn: context.breathe },
    path,
  );
  return copied.ok ? { ok: true, value: { ...copied.value, addedCount } } : copied;
}

async function leftOutcomes(
  context: UploadContext,
  draft: { readonly staging: number; readonly accountLid: string },
): Promise<{ left: Map<number, RowOutcome>; addedCount: number }> {
  const { rows, orders, breathe } = context;
  const rowIds = (await orders.of(draft.staging)).rowIds('all').slice();
  const left = new Map<number, RowOutcome>();
  let addedCount = 0;
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    for (const row of rows.many(draft.staging, rowIds.subarray(at, at + SLICE_ROWS))) {
      if (row.sourceRow === null) addedCount += 1;
      else if (row.severity < SEVERITY_CODES.error) left.set(row.sourceRow, READY);
      else left.set(row.sourceRow, { status: NOT_UPLOADED, reason: errorsOf(toImportRow(context, draft, row)) });
    }
    await breathe();
  }
  return { left, addedCount };
}

function errorsOf({ issues }: ImportRow): string {
  return issues
    .filter(({ code }) => IMPORT_ISSUES[code] === 'error')
    .map(issueSentence)
    .join(' ');
}
