import { hash } from 'node:crypto';
import type { EntityType } from '../domain/lane.ts';
import type { Store, Tx } from './store.ts';

/**
 * Permanent local ids (SYNC 3.4). Records made here are mapped in the journal. Records first seen on the server get an id derived
 * from the server's, so that a rebuilt cache has the same ids without a row for each of a million users.
 */
export type IdRepository = {
  mint(tx: Tx<'journal'>, lid: string, type: EntityType, createdAt: string): void;
  bind(tx: Tx<'journal'>, lid: string, sid: string): void;
  forget(tx: Tx<'journal'>, lid: string): void;
  /** The id of a record the server names. `externalRef` is our own id, when the server gave it back. */
  lidOf(type: EntityType, sid: string, externalRef: string | null): string;
  /** The same for a page of records: on a laptop where nothing was made no look at the journal is needed. */
  lidsOf(
    type: EntityType,
    records: readonly { readonly sid: string; readonly externalRef: string | null }[],
  ): readonly string[];
  /** The server's id of a record that was made here; null while the server has not named it. */
  sidOf(lid: string): string | null;
  isMinted(lid: string): boolean;
};

export function createIdRepository({ sql }: Store<'journal'>): IdRepository {
  const insert = sql.prepare(
    'INSERT INTO idmap (lid, type, sid, created_at) VALUES (?, ?, NULL, ?) ON CONFLICT DO NOTHING',
  );
  const bind = sql.prepare('UPDATE idmap SET sid = ? WHERE lid = ?');
  const moveLane = sql.prepare('UPDATE outbox SET lid = ? WHERE lid = ?');
  // What was begun in the account while it was only known as somebody else's.
  const moveHome = ['outbox', 'import_batches', 'imports', 'jobs'].map((table) =>
    sql.prepare(`UPDATE ${table} SET account_lid = ? WHERE account_lid = ?`),
  );
  const movePins = sql.prepare('UPDATE OR REPLACE pins SET account_lid = ? WHERE account_lid = ?');
  const remove = sql.prepare('DELETE FROM idmap WHERE lid = ? AND sid IS NULL');
  const bySid = sql.prepare<[string, string], { lid: string }>('SELECT lid FROM idmap WHERE type = ? AND sid = ?');
  const byLid = sql.prepare<[string], { sid: string | null; type: string }>(
    'SELECT sid, type FROM idmap WHERE lid = ?',
  );
  const any = sql.prepare<[], { lid: string }>('SELECT lid FROM idmap LIMIT 1');

  function lidOf(type: EntityType, sid: string, externalRef: string | null): string {
    const mapped = bySid.get(type, sid)?.lid;
    if (mapped) return mapped;
    // Ours came back: the answer to the create was lost, but the server knows the record by our id.
    if (externalRef !== null) {
      const own = byLid.get(externalRef);
      if (own && own.type === type && (own.sid === null || own.sid === sid)) return externalRef;
    }
    return derivedLid(type, sid);
  }

  return {
    mint: (_tx, lid, type, createdAt) => void insert.run(lid, type, createdAt),
    bind(_tx, lid, sid) {
      bind.run(sid, lid);
      const type = byLid.get(lid)?.type;
      // Somebody may have worked on the record under the id derived from the server's before its create was answered.
      if (type !== 'account' && type !== 'user') return;
      const derived = derivedLid(type, sid);
      moveLane.run(lid, derived);
      if (type === 'account') for (const move of [...moveHome, movePins]) move.run(lid, derived);
    },
    forget: (_tx, lid) => void remove.run(lid),
    lidOf,
    lidsOf: (type, records) =>
      any.get() === undefined
        ? records.map(({ sid }) => derivedLid(type, sid))
        : records.map(({ sid, externalRef }) => lidOf(type, sid, externalRef)),
    sidOf: (lid) => byLid.get(lid)?.sid ?? null,
    isMinted: (lid) => byLid.get(lid) !== undefined,
  };
}

/** A UUIDv8 made of the hash of type and server id. */
export function derivedLid(type: EntityType, sid: string): string {
  const hex = hash('sha256', `${type}\n${sid}`, 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
