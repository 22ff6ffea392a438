import type { Store, Tx } from './store.ts';

/** A secret as it is stored: sealed. */
export type SealedSecret = { readonly nonce: Uint8Array; readonly ct: Uint8Array; readonly keyId: string };

export type SecretRepository = {
  put(tx: Tx<'journal'>, lid: string, field: string, sealed: SealedSecret): void;
  get(lid: string, field: string): SealedSecret | null;
  remove(tx: Tx<'journal'>, lid: string): void;
};

export function createSecretRepository({ sql }: Store<'journal'>): SecretRepository {
  const put = sql.prepare('INSERT OR REPLACE INTO secret (lid, field, nonce, ct, key_id) VALUES (?, ?, ?, ?, ?)');
  const one = sql.prepare<[string, string], SealedSecret>(
    'SELECT nonce, ct, key_id AS keyId FROM secret WHERE lid = ? AND field = ?',
  );
  const remove = sql.prepare('DELETE FROM secret WHERE lid = ?');
  return {
    put: (_tx, lid, field, { nonce, ct, keyId }) => void put.run(lid, field, nonce, ct, keyId),
    get: (lid, field) => one.get(lid, field) ?? null,
    remove: (_tx, lid) => void remove.run(lid),
  };
}
