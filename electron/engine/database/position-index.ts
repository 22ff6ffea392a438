import type { Store } from './store.ts';

const STRIDE = 500;
/** While a sync writes, positions may be this old; every row on a page is still read fresh. */
const STALE_MS = 1500;

type Anchor = { readonly nameKey: string; readonly rowid: number };
type Index = {
  readonly anchors: readonly Anchor[];
  readonly total: number;
  readonly builtAt: number;
  isStale: boolean;
};

/**
 * Turns a position in an account's users list into a place to seek. OFFSET reads every row before it (PERF 1d: 17 ms at depth), so every
 * 500th key is kept in memory and a page starts at the nearest one.
 */
export type PositionIndex = {
  /** Where the page at `offset` starts: after `anchor`, then `skip` rows; and how many rows there are. */
  locate(
    account: number,
    offset: number,
  ): { readonly anchor: Anchor | null; readonly skip: number; readonly total: number };
  /** Rows were added, removed or renamed. `bulk` lets the old positions serve a moment longer. */
  invalidate(account: number, bulk: boolean): void;
};

export function createPositionIndex({ sql }: Store<'cache'>, now: () => number): PositionIndex {
  const first = sql.prepare<[number], Anchor>(
    'SELECT name_key AS nameKey, rowid FROM users WHERE account = ? AND is_deleted = 0 ORDER BY name_key, rowid LIMIT 1',
  );
  // The row-value form `(name_key, rowid) > (?, ?)` scans; this one seeks.
  const step = sql.prepare<[number, string, string, number], Anchor>(/* sql */ `
    SELECT name_key AS nameKey, rowid FROM users
    WHERE account = ? AND is_deleted = 0 AND name_key >= ? AND (name_key > ? OR rowid > ?)
    ORDER BY name_key, rowid LIMIT 1 OFFSET ${STRIDE - 1}`);
  const count = sql.prepare<[number], { total: number }>(
    'SELECT count(*) AS total FROM users WHERE account = ? AND is_deleted = 0',
  );
  const indexes = new Map<number, Index>();

  function build(account: number): Index {
    const anchors: Anchor[] = [];
    let anchor = first.get(account);
    while (anchor) {
      anchors.push(anchor);
      anchor = step.get(account, anchor.nameKey, anchor.nameKey, anchor.rowid);
    }
    const index = { anchors, total: count.get(account)?.total ?? 0, builtAt: now(), isStale: false };
    indexes.set(account, index);
    return index;
  }

  return {
    locate(account, offset) {
      const known = indexes.get(account);
      const isUsable = known && (!known.isStale || Math.abs(now() - known.builtAt) < STALE_MS);
      const index = isUsable ? known : build(account);
      const slot = Math.max(0, Math.min(Math.floor(offset / STRIDE), index.anchors.length - 1));
      // The first page starts at the first row there is now, not at the one that was the first.
      const anchor = slot === 0 ? null : (index.anchors[slot] ?? null);
      return { anchor, skip: offset - slot * STRIDE, total: index.total };
    },
    invalidate(account, bulk) {
      const known = indexes.get(account);
      if (!known) return;
      if (bulk) known.isStale = true;
      else indexes.delete(account);
    },
  };
}
