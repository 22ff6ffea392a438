import type { Store, Tx } from './store.ts';

/** Small facts about this laptop's journal: who worked here last, what was asked to stay off. */
export type MetaRepository = {
  get(key: string): string | null;
  set(tx: Tx<'journal'>, key: string, value: string | null): void;
};

export function createMetaRepository({ sql }: Store<'journal'>): MetaRepository {
  const read = sql.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const put = sql.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const drop = sql.prepare('DELETE FROM meta WHERE key = ?');
  return {
    get: (key) => read.get(key)?.value ?? null,
    set(_tx, key, value) {
      if (value === null) drop.run(key);
      else put.run(key, value);
    },
  };
}
