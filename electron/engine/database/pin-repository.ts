import type { Store, Tx } from './store.ts';

export type Pin = { readonly accountLid: string; readonly pinnedAt: string };

/** Accounts a person wants complete on this laptop (OFF-1). */
export type PinRepository = {
  of(actor: string): readonly Pin[];
  add(tx: Tx<'journal'>, actor: string, accountLid: string, at: string): void;
  remove(tx: Tx<'journal'>, actor: string, accountLid: string): void;
};

export function createPinRepository({ sql }: Store<'journal'>): PinRepository {
  const of = sql.prepare<[string], Pin>(
    'SELECT account_lid AS accountLid, pinned_at AS pinnedAt FROM pins WHERE actor = ? ORDER BY pinned_at, account_lid',
  );
  const add = sql.prepare('INSERT INTO pins (actor, account_lid, pinned_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const remove = sql.prepare('DELETE FROM pins WHERE actor = ? AND account_lid = ?');
  return {
    of: (actor) => of.all(actor),
    add: (_tx, actor, accountLid, at) => void add.run(actor, accountLid, at),
    remove: (_tx, actor, accountLid) => void remove.run(actor, accountLid),
  };
}
