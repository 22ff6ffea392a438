import type { Database } from 'better-sqlite3';

/**
 * The write transactions of one connection. The slices of a page share one, because every commit writes each touched page of an index
 * once more: a tenth of the commits is a third of a first sync. What the same connection reads meanwhile it reads with those slices.
 */
export function createTransactions(
  sql: Database,
  hooks: { readonly committed: () => void; readonly failed: (error: unknown) => void },
) {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((source) => sql.prepare(source));
  let isWorking = false;

  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      // SQLite may have rolled back by itself, as it does without room.
      if (sql.inTransaction) rollback?.run();
      hooks.failed(error);
      throw error;
    }
  }

  function end(): void {
    if (!sql.inTransaction) return;
    commit?.run();
    hooks.committed();
  }

  function run<T>(work: () => T, after: 'commit' | 'stay-open'): T {
    if (isWorking) throw new Error('a write within a write');
    // Work of another kind does not share the fate of what stayed open.
    if (after === 'commit') guarded(end);
    isWorking = true;
    try {
      return guarded(() => {
        if (!sql.inTransaction) begin?.run();
        const result = work();
        if (after === 'commit') end();
        return result;
      });
    } finally {
      isWorking = false;
    }
  }

  return { run, settle: () => guarded(end) };
}
