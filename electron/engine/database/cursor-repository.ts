import type { Store, Tx } from './store.ts';

/** Where the sync of one scope stands (SYNC 3.9). Saved in the transaction that applies the page it speaks of. */
export type Cursor = {
  /** Delta token; null without one. */
  readonly token: string | null;
  readonly gen: number;
  /** Link of the next page of a listing that was broken off. */
  readonly pageState: string | null;
  /** The delta token to start from once the listing is complete. */
  readonly pendingToken: string | null;
  readonly syncedAt: string | null;
  readonly totalCount: number | null;
  /** `mass-delete` when a sweep was held back. */
  readonly note: string;
};

export type CursorRepository = {
  get(scope: string): Cursor;
  save(tx: Tx<'cache'>, scope: string, cursor: Cursor): void;
};

const EMPTY: Cursor = {
  token: null,
  gen: 0,
  pageState: null,
  pendingToken: null,
  syncedAt: null,
  totalCount: null,
  note: '',
};

export function createCursorRepository({ sql }: Store<'cache'>): CursorRepository {
  const read = sql.prepare<[string], Cursor>(
    'SELECT token, gen, page_state AS pageState, pending_token AS pendingToken, synced_at AS syncedAt, total_count AS totalCount, note FROM cursor WHERE scope = ?',
  );
  const put = sql.prepare(/* sql */ `
    INSERT INTO cursor (scope, token, gen, page_state, pending_token, synced_at, total_count, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET token = excluded.token, gen = excluded.gen, page_state = excluded.page_state,
      pending_token = excluded.pending_token, synced_at = excluded.synced_at, total_count = excluded.total_count, note = excluded.note`);
  return {
    get: (scope) => read.get(scope) ?? EMPTY,
    save(_tx, scope, cursor) {
      put.run(
        scope,
        cursor.token,
        cursor.gen,
        cursor.pageState,
        cursor.pendingToken,
        cursor.syncedAt,
        cursor.totalCount,
        cursor.note,
      );
    },
  };
}
