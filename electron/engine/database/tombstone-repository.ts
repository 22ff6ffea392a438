import type { Store, Tx } from './store.ts';

/**
 * Server ids of records that a delta feed has named as deleted. An answer that was kept for a repeat may still show one of them, and no
 * later page of the feed would take it away again (SYNC 3.9, 4.5).
 */
export type TombstoneRepository = {
  has(sid: string): boolean;
  bury(tx: Tx<'cache'>, sid: string): void;
  /** The cloud shows it after all. */
  raise(tx: Tx<'cache'>, sids: readonly string[]): void;
  /** Keeps the youngest. */
  prune(tx: Tx<'cache'>, keep: number): void;
};

export function createTombstoneRepository({ sql }: Store<'cache'>): TombstoneRepository {
  const one = sql.prepare<[string], { id: number }>('SELECT id FROM tombstones WHERE sid = ?');
  const bury = sql.prepare('INSERT INTO tombstones (sid) VALUES (?) ON CONFLICT DO NOTHING');
  const any = sql.prepare<[], { id: number }>('SELECT id FROM tombstones LIMIT 1');
  const raise = sql.prepare('DELETE FROM tombstones WHERE sid IN (SELECT value FROM json_each(?))');
  const prune = sql.prepare('DELETE FROM tombstones WHERE id <= (SELECT max(id) FROM tombstones) - ?');
  return {
    has: (sid) => one.get(sid) !== undefined,
    bury: (_tx, sid) => void bury.run(sid),
    raise(_tx, sids) {
      if (sids.length > 0 && any.get()) raise.run(JSON.stringify(sids));
    },
    prune: (_tx, keep) => void prune.run(keep),
  };
}
