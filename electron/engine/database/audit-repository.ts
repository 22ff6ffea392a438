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
  get(id: number): StoredEntry | null;
  /** Newest first; of an account, of one record, of one event. `null` and '' mean any. */
  page(of: AuditFilter, before: number | null, limit: number): readonly StoredEntry[];
  /** The id of the first entry whose hash does not fit; null when the chain is whole. */
  firstBroken(): number | null;
  /** The same in pieces, so that nobody waits for a long history. */
  checkFrom(place: ChainPlace, limit: number): ChainCheck;
};

export type ChainPlace = { readonly id: number; readonly hash: string };
export type ChainCheck = { readonly broken: number | null; readonly isEnd: boolean; readonly place: ChainPlace };
export const CHAIN_START: ChainPlace = { id: 0, hash: '' };
const CHECKED_AT_ONCE = 1000;

export type AuditFilter = {
  readonly accountLid: string | null;
  readonly lid: string | null;
  readonly events: readonly string[] | null;
};
export type StoredEntry = AuditEntry & { readonly id: number; readonly previousHash: string; readonly hash: string };
const COLUMNS =
  'id, at, actor, op_id AS opId, event, detail, correlation_id AS correlationId, previous_hash AS previousHash, hash';

export function createAuditRepository({ sql }: Store<'journal'>): AuditRepository {
  const last = sql.prepare<[], { hash: string }>('SELECT hash FROM audit ORDER BY id DESC LIMIT 1');
  const insert = sql.prepare(
    'INSERT INTO audit (at, actor, op_id, event, detail, correlation_id, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const of = sql.prepare<[string], StoredEntry>(`SELECT ${COLUMNS} FROM audit WHERE op_id = ? ORDER BY id`);
  const chain = sql.prepare<[number, number], StoredEntry>(
    `SELECT ${COLUMNS} FROM audit WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const one = sql.prepare<[number], StoredEntry>(`SELECT ${COLUMNS} FROM audit WHERE id = ?`);
  const ofEvents = 'AND (? IS NULL OR event IN (SELECT value FROM json_each(?)))';
  const newest = 'AND id < ? ORDER BY id DESC LIMIT ?';
  const pages = {
    all: sql.prepare<unknown[], StoredEntry>(`SELECT ${COLUMNS} FROM audit WHERE true ${ofEvents} ${newest}`),
    account: sql.prepare<unknown[], StoredEntry>(
      `SELECT ${COLUMNS} FROM audit WHERE account_lid = ? ${ofEvents} ${newest}`,
    ),
    record: sql.prepare<unknown[], StoredEntry>(`SELECT ${COLUMNS} FROM audit WHERE lid = ? ${ofEvents} ${newest}`),
  };
  function checkFrom({ id, hash }: ChainPlace, limit: number): ChainCheck {
    let previous = hash;
    let last = id;
    const entries = chain.all(id, limit);
    for (const entry of entries) {
      if (entry.previousHash !== previous || entry.hash !== hashOf(previous, entry))
        return { broken: entry.id, isEnd: true, place: { id: last, hash: previous } };
      previous = entry.hash;
      last = entry.id;
    }
    return { broken: null, isEnd: entries.length < limit, place: { id: last, hash: previous } };
  }
  return {
    get: (id) => one.get(id) ?? null,
    page({ accountLid, lid, events }, before, limit) {
      const list = events === null ? null : JSON.stringify(events);
      const rest = [list, list, before ?? Number.MAX_SAFE_INTEGER, limit];
      if (lid !== null) return pages.record.all(lid, ...rest);
      return accountLid === null ? pages.all.all(...rest) : pages.account.all(accountLid, ...rest);
    },
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
      for (let at: ChainPlace = CHAIN_START; ;) {
        const next = checkFrom(at, CHECKED_AT_ONCE);
        if (next.broken !== null || next.isEnd) return next.broken;
        at = next.place;
      }
    },
    checkFrom,
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
