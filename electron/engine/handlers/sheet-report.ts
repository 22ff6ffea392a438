import type { OutputOf } from '../../../shared/rpc/operation.ts';
import type { AppContract } from '../../../shared/contract/contract.ts';
import { UPLOAD_STATES } from '../../../shared/model/upload-state.ts';
import { refuse } from '../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import type { UploadBatch } from '../database/upload-repository.ts';
import type { UploadRowOutcome } from '../database/upload-row-repository.ts';
import type { SheetCopied } from '../imports/sheet-copy.ts';
import { reasonText } from '../reports/upload-report.ts';
import { turn } from '../runtime/turn.ts';
import type { EngineContext } from './engine-context.ts';

type Told = { readonly status: string; readonly reason: string };
type Saved = OutputOf<AppContract['uploads']['saveReport']>;
type Refused = Extract<SheetCopied, { ok: false }>['refusal']['code'] | 'import.busy';

/** IMP-9: the person's own sheet with the outcome. The words are those of the results page. */
export async function saveSheetReport(
  { repositories, imports }: EngineContext,
  { importId, undoOf, purpose, original }: UploadBatch,
  path: string,
): Promise<Outcome<Saved, Refused>> {
  if (undoOf !== null || purpose !== '' || original !== 'file') return refuse('report.no-original', importId);
  const uploaded = new Map<number, Told>();
  // Most rows end alike: they share what is said about them.
  const known = new Map<string, Told>();
  let addedCount = 0;
  for (const slice of repositories.uploadRows.outcomes(importId)) {
    for (const row of slice) {
      if (row.sourceRow === null) addedCount += 1;
      else uploaded.set(row.sourceRow, shared(known, row));
    }
    await turn();
  }
  const copied = await imports.saveSheetCopy({ id: importId, uploaded, path });
  return copied.ok
    ? { ok: true, value: { ...copied.value, addedCount: copied.value.addedCount + addedCount } }
    : copied;
}

function shared(known: Map<string, Told>, row: UploadRowOutcome): Told {
  const status = UPLOAD_STATES[row.state === 'sent' && row.isVisible ? 'visible' : row.state];
  const reason = reasonText(row);
  const key = `${status} ${reason}`;
  const told = known.get(key) ?? { status, reason };
  known.set(key, told);
  return told;
}
