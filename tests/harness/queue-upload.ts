import type { ImportId, JobId } from '../../shared/model/ids.ts';
import { queueUpload as queueIn } from './queue-upload-in.ts';
import type { TestEngine } from './start-engine.ts';

/** Rows of an Upload for the harbour account. */
export function queueUpload(engine: TestEngine, count: number, prefix = 'row'): { importId: ImportId; jobId: JobId } {
  return queueIn(engine.engine, { accountId: engine.account(), count, prefix }) as { importId: ImportId; jobId: JobId };
}
