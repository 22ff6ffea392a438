import type { Repositories } from '../database/repositories.ts';
import type { UploadBatch } from '../database/upload-repository.ts';

/** How many rows may go now: the first ones alone until all of them are judged (IMP-8). */
export function roomOf(batch: UploadBatch): number {
  const { canaryUntil, sentCount, refusedCount, askedCount } = batch;
  return canaryUntil === 0 ? Number.MAX_SAFE_INTEGER : Math.max(0, canaryUntil - sentCount - refusedCount - askedCount);
}

/** The first rows are judged: with all of them accepted the others follow, else a person decides. */
export function mayGo({ journal, uploads }: Repositories, batch: UploadBatch): boolean {
  if (roomOf(batch) > 0) return true;
  const hasFailed = batch.refusedCount + batch.askedCount > batch.canaryFailed;
  journal.write((tx) => {
    if (hasFailed) uploads.setPaused(tx, batch.importId, true, 'canary');
    else uploads.endCanary(tx, batch.importId);
  });
  return false;
}

/** An upload that fails in the same way again and again stops itself; one that is not permitted stops at once. */
export function stopIfFailing({ journal, uploads }: Repositories, before: UploadBatch): void {
  const now = uploads.get(before.importId);
  if (!now || now.isPaused || now.stopAfter === 0 || now.waitingCount === 0) return;
  if (now.refusedCount + now.askedCount === before.refusedCount + before.askedCount) return;
  const failures = uploads.failures(before.importId);
  const isForbidden = failures.some(({ reason }) => reason === 'not-permitted');
  const most = failures[0]?.count ?? 0;
  if (!isForbidden && most - now.failedBefore < now.stopAfter) return;
  journal.write((tx) => uploads.setPaused(tx, before.importId, true, isForbidden ? 'not-permitted' : 'equal-failures'));
}
