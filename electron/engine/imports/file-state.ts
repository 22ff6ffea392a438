import { stat } from 'node:fs/promises';
import type { StoredImport } from '../database/import-repository.ts';

/** A share that has gone may take half a minute to say so. */
const PATIENCE_MS = 1500;

export type FileWatch = (draft: Pick<StoredImport, 'path' | 'sizeBytes' | 'modifiedMs'>) => Promise<boolean>;

/**
 * Whether the file of a preview was saved again after it was read (IMP-6). One that is gone, or on a share that does not answer, tells
 * nothing: the rows are here.
 */
export function createFileWatch(after: (delayMs: number, wake: () => void) => () => void): FileWatch {
  return async ({ path, sizeBytes, modifiedMs }) => {
    if (path === '') return false;
    const { promise: silence, resolve } = Promise.withResolvers<null>();
    const cancel = after(PATIENCE_MS, () => resolve(null));
    try {
      const now = await Promise.race([stat(path), silence]);
      return now !== null && (now.size !== sizeBytes || now.mtimeMs !== modifiedMs);
    } catch {
      return false;
    } finally {
      cancel();
    }
  };
}
