import { createHash } from 'node:crypto';
import type { Store, Tx } from './store.ts';

export type AuditEntry = {
  readonly at: string;
  readonly actor: string;
  readonly opId: string;
  readonly event: string;
  readonly detail: string;
  readonly correlationId: string;
};

/** What happened to every change, append-only; each entry is bound to the one before it by a hash. Never secrets. */
export type AuditRepository = {
  append(tx: Tx<'journal'>, entry: AuditEntry): void;
  of(opId: string): readonly AuditEntry[];
  /** The id of the first entry whose hash does not fit; null when the chain is whole. */
  firstBroken(): number | null;
};

type StoredEntry = AuditEntry & { readonly id: number; readonly previousHash: string; readonly hash: string };
const COLUMNS =
  'id, at, actor, op_id AS opId, event, detail, correlation_id AS correlationId, previous_hash AS previousHash, hash';

export function createAuditRepository({ sql }: Store<'journal'>): AuditRepository {
  const last = sql.prepare<[], { hash: string }>('SELECT hash FROM audit ORDER BY id DESC LIMIT 1');
  const insert = sql.prepare(
    'INSERT INTO audit (at, actor, op_id, event, detail, correlation_id, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const of = sql.prepare<[string], StoredEntry>(`SELECT ${COLUMNS} FROM audit WHERE op_id = ? ORDER BY id`);
  const all = sql.prepare<[], StoredEntry>(`SELECT ${COLUMNS} FROM audit ORDER BY id`);
  return {
    append(_tx, entry) {
      const previousHash = last.get()?.hash ?? '';
      insert.run(
        entry.at,
        entry.actor,
        entry.opId,
        entry.event,
        entry.detail,
        entry.correlationId,
        previousHash,
        hashOf(previousHash, entry),
      );
    },
    of: (opId) =>
      of
        .all(opId)
        .map(({ at, actor, event, detail, correlationId }) => ({ at, actor, opId, event, detail, correlationId })),
    firstBroken() {
      let previous = '';
      for (const entry of all.iterate()) {
        if (entry.previousHash !== previous || entry.hash !== hashOf(previous, entry)) return entry.id;
        previous = entry.hash;
      }
      return null;
    },
  };
}

/** True when the entry is as it was written; says nothing about the entries around it. */
export function isOwnHash(previousHash: string, entry: AuditEntry, hash: string): boolean {
  return hashOf(previousHash, entry) === hash;
}

function hashOf(previous: string, { at, actor, opId, event, detail, correlationId }: AuditEntry): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, at, actor, opId, event, detail, correlationId]))
    .digest('hex');
}
