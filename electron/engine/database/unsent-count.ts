import type { Store } from './store.ts';

/** Changes and rows of imports of all persons that no cloud has: what is lost with the journal. */
export function countUnsent({ sql }: Store<'journal'>): number {
  const count = sql.prepare<[], number>(
    'SELECT (SELECT count(*) FROM outbox) + (SELECT coalesce(sum(waiting_count + refused_count), 0) FROM import_batches)',
  );
  return count.pluck().get() ?? 0;
}
