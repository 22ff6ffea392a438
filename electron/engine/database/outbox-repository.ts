import type { ChangeReason, EntityType, StoredState } from '../domain/lane.ts';
import type { FieldValues } from '../domain/merge.ts';
import { LONGEST_PAUSE_MS } from '../domain/backoff.ts';
import type { Store, Tx } from './store.ts';

/** One queued change, as stored (SYNC 3.1). Times are milliseconds, UTC. */
export type QueuedChange = {
  readonly seq: number;
  readonly opId: string;
  readonly groupId: string;
  readonly actor: string;
  readonly type: EntityType;
  readonly lid: string;
  readonly accountLid: string | null;
  readonly kind: 'create' | 'patch' | 'delete';
  readonly patch: FieldValues;
  /** What the person saw: the base of the merge. */
  readonly seen: FieldValues;
  readonly schemaVersion: number;
  readonly state: StoredState;
  readonly reason: ChangeReason;
  readonly serverMessage: string;
  readonly correlationId: string;
  readonly idemKey: string;
  readonly firstSentAt: number | null;
  readonly sentBody: string | null;
  readonly sentIfMatch: string | null;
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: string;
  /** Where it stands among independent changes; within a record `seq` is the order. */
  readonly place: number;
  /** The import whose row this is; null: a single change, which no import stands in front of. */
  readonly importId: string | null;
};

export type NewChange = Pick<
  QueuedChange,
  | 'opId'
  | 'groupId'
  | 'actor'
  | 'type'
  | 'lid'
  | 'accountLid'
  | 'kind'
  | 'patch'
  | 'seen'
  | 'schemaVersion'
  | 'idemKey'
  | 'createdAt'
> & {
  readonly importId?: string | null;
  readonly needs: readonly string[];
};

export type ChangeUpdate = Partial<
  Pick<
    QueuedChange,
    | 'state'
    | 'reason'
    | 'serverMessage'
    | 'correlationId'
    | 'attempts'
    | 'nextAt'
    | 'patch'
    | 'seen'
    | 'idemKey'
    | 'firstSentAt'
    | 'sentBody'
    | 'sentIfMatch'
    | 'schemaVersion'
    | 'place'
    | 'importId'
  >
>;

export type OutboxRepository = {
  enqueue(tx: Tx<'journal'>, change: NewChange): void;
  get(opId: string): QueuedChange | null;
  /** Single changes of one actor, in queue order; rows of an import are shown with their import. */
  page(
    actor: string,
    accountLid: string | null,
    page: { offset: number; limit: number },
  ): { changes: readonly QueuedChange[]; total: number };
  /** All of one actor, whatever they belong to. */
  every(actor: string): readonly QueuedChange[];
  /** Changes that wait for a person because the record moved under them. */
  conflicts(actor: string, accountLid: string | null): readonly QueuedChange[];
  /** The places around a change among those that may be reordered, for a move by one. */
  neighbour(actor: string, place: number, direction: 'up' | 'down'): QueuedChange | null;
  ends(actor: string): { readonly first: number; readonly last: number };
  counts(actor: string, accountLid: string | null): { waitingCount: number; attentionCount: number };
  /** Single changes that may be sent now, first of their lane, oldest first. */
  ready(actor: string, now: number, limit: number): readonly QueuedChange[];
  readyOfImport(importId: string, now: number, limit: number): readonly QueuedChange[];
  /** When the next waiting change may be tried; null when none waits. */
  nextAt(actor: string): number | null;
  /** Changes of one record by the person who works here; nobody sees what another person has waiting (SYNC 3.8). */
  lane(lid: string): readonly QueuedChange[];
  /** The same for many records; those without a change are left out. */
  lanes(lids: readonly string[]): ReadonlyMap<string, readonly QueuedChange[]>;
  /** The create of a record, whoever asked for it. */
  createOf(lid: string): QueuedChange | null;
  viewer(): string;
  setViewer(actor: string): void;
  /** Local ids that must exist on the server before this change can go. */
  needs(seq: number): readonly string[];
  /** Changes that cannot exist without this record. */
  dependants(lid: string): readonly QueuedChange[];
  update(tx: Tx<'journal'>, opId: string, update: ChangeUpdate): void;
  remove(tx: Tx<'journal'>, opId: string): void;
  /** After a crash nobody knows what became of a request that was under way (SYNC 3.2, rule 4). */
  reviveInflight(tx: Tx<'journal'>): number;
  /** Times of another clock: everything went longer ago than any key is kept, and waits no longer. */
  forgetTimes(tx: Tx<'journal'>): void;
  /** The person asked: no change waits for its time any longer. */
  hurry(tx: Tx<'journal'>, actor: string): void;
  /** Changes whose stored shape is not of this version. */
  otherVersions(version: number): readonly QueuedChange[];
  dirtyLids(): readonly { type: EntityType; lid: string }[];
  removeAll(tx: Tx<'journal'>, actor: string): void;
};

type StoredChange = Omit<QueuedChange, 'patch' | 'seen'> & { readonly patch: string; readonly seen: string };

const COLUMNS = `seq, op_id AS opId, group_id AS groupId, actor, type, lid, account_lid AS accountLid, kind, patch, seen,
  schema_version AS schemaVersion, state, reason, server_message AS serverMessage, correlation_id AS correlationId, idem_key AS idemKey,
  first_sent_at AS firstSentAt, sent_body AS sentBody, sent_if_match AS sentIfMatch, attempts, next_at AS nextAt, created_at AS createdAt, place, import_id AS importId`;

/** Closed map: identifiers never come from outside. */
const UPDATABLE: Readonly<Record<keyof ChangeUpdate, string>> = {
  state: 'state',
  reason: 'reason',
  serverMessage: 'server_message',
  correlationId: 'correlation_id',
  attempts: 'attempts',
  nextAt: 'next_at',
  patch: 'patch',
  seen: 'seen',
  idemKey: 'idem_key',
  firstSentAt: 'first_sent_at',
  sentBody: 'sent_body',
  sentIfMatch: 'sent_if_match',
  schemaVersion: 'schema_version',
  place: 'place',
  importId: 'import_id',
};

export function createOutboxRepository({ sql }: Store<'journal'>): OutboxRepository {
  const insert = sql.prepare(/* sql */ `
    INSERT INTO outbox (op_id, group_id, actor, type, lid, account_lid, kind, patch, seen, schema_version, state, idem_key, created_at, import_id, place)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)`);
  const lastPlace = sql.prepare<[], number>('SELECT coalesce(max(place), 0) FROM outbox').pluck();
  /** Behind all others. Asked of the file once: no index has the places of everybody, and an import queues a hundred thousand. */
  let newest: number | null = null;
  const depend = sql.prepare('INSERT INTO op_dep (seq, needs_lid) VALUES (?, ?)');
  const one = sql.prepare<[string], StoredChange>(`SELECT ${COLUMNS} FROM outbox WHERE op_id = ?`);
  const all = sql.prepare<[string, number, number], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE actor = ? AND import_id IS NULL ORDER BY place, seq LIMIT ? OFFSET ?`,
  );
  const ofAccount = sql.prepare<[string, string, number, number], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE actor = ? AND account_lid = ? AND import_id IS NULL ORDER BY place, seq LIMIT ? OFFSET ?`,
  );
  const tally = sql.prepare<[string, string | null, string | null], { total: number; attention: number }>(
    "SELECT count(*) AS total, count(*) FILTER (WHERE state IN ('conflict', 'quarantine')) AS attention FROM outbox WHERE actor = ? AND import_id IS NULL AND (? IS NULL OR account_lid = ?)",
  );
  const conflicts = sql.prepare<[string, string | null, string | null], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox INDEXED BY outbox_attention
     WHERE state IN ('conflict', 'quarantine') AND state = 'conflict' AND actor = ? AND (? IS NULL OR account_lid = ?) ORDER BY seq`,
  );
  const above = sql.prepare<[string, number], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE actor = ? AND import_id IS NULL AND place < ? ORDER BY place DESC, seq DESC LIMIT 1`,
  );
  const below = sql.prepare<[string, number], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE actor = ? AND import_id IS NULL AND place > ? ORDER BY place, seq LIMIT 1`,
  );
  const ends = sql.prepare<[string], { first: number | null; last: number | null }>(
    'SELECT min(place) AS first, max(place) AS last FROM outbox WHERE actor = ? AND import_id IS NULL',
  );
  const every = sql.prepare<[string], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE actor = ? ORDER BY place, seq`,
  );
  const readyIn = (index: string, whose: string) => /* sql */ `
    -- With the statistics of a short queue the planner would read the whole table.
    SELECT ${COLUMNS} FROM outbox o INDEXED BY ${index}
    WHERE state IN ('queued', 'unknown', 'waiting') AND ${whose} AND next_at NOT BETWEEN ? AND ?
      AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.lid = o.lid AND earlier.seq < o.seq AND earlier.actor = o.actor)
      AND NOT EXISTS (SELECT 1 FROM op_dep d JOIN idmap m ON m.lid = d.needs_lid WHERE d.seq = o.seq AND m.sid IS NULL)
    ORDER BY place, seq LIMIT ?`;
  const ready = sql.prepare<[string, number, number, number], StoredChange>(
    readyIn('outbox_ready', 'import_id IS NULL AND actor = ?'),
  );
  const readyOfImport = sql.prepare<[string, number, number, number], StoredChange>(
    readyIn('outbox_import_ready', 'import_id = ?'),
  );
  const next = sql.prepare<[string], { at: number | null }>(
    "SELECT min(next_at) AS at FROM outbox WHERE state IN ('queued', 'unknown', 'waiting') AND actor = ? AND next_at > 0",
  );
  let viewer = '';
  const lane = sql.prepare<[string, string], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE lid = ? AND actor = ? ORDER BY seq`,
  );
  const lanes = sql.prepare<[string, string], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox INDEXED BY outbox_lane
      WHERE lid IN (SELECT value FROM json_each(?)) AND actor = ? ORDER BY seq`,
  );
  const create = sql.prepare<[string], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE lid = ? AND kind = 'create' LIMIT 1`,
  );
  const needs = sql.prepare<[number], { lid: string }>('SELECT needs_lid AS lid FROM op_dep WHERE seq = ?');
  const dependants = sql.prepare<[string], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE seq IN (SELECT seq FROM op_dep WHERE needs_lid = ?) ORDER BY seq`,
  );
  const remove = sql.prepare('DELETE FROM outbox WHERE op_id = ?');
  const revive = sql.prepare("UPDATE outbox SET state = 'unknown', reason = 'answer-lost' WHERE state = 'inflight'");
  const foreign = sql.prepare<[number], StoredChange>(
    `SELECT ${COLUMNS} FROM outbox WHERE schema_version <> ? ORDER BY seq`,
  );
  const dirty = sql.prepare<[], { type: EntityType; lid: string }>('SELECT DISTINCT type, lid FROM outbox');
  const hurry = sql.prepare(
    "UPDATE outbox SET next_at = 0 WHERE state IN ('queued', 'unknown', 'waiting') AND actor = ? AND next_at > 0",
  );
  const forgetTimes = sql.prepare(
    'UPDATE outbox SET first_sent_at = min(first_sent_at, 0), next_at = 0 WHERE first_sent_at > 0 OR next_at > 0',
  );
  const removeAll = sql.prepare('DELETE FROM outbox WHERE actor = ?');

  return {
    enqueue(_tx, change) {
      const { lastInsertRowid } = insert.run(
        ...[change.opId, change.groupId, change.actor, change.type, change.lid],
        ...[change.type === 'account' ? change.lid : change.accountLid, change.kind],
        ...[JSON.stringify(change.patch), JSON.stringify(change.seen), change.schemaVersion, change.idemKey],
        ...[change.createdAt, change.importId ?? null, (newest = (newest ?? lastPlace.get() ?? 0) + 1)],
      );
      for (const lid of change.needs) depend.run(lastInsertRowid, lid);
    },
    get: (opId) => toChange(one.get(opId)),
    page(actor, accountLid, { offset, limit }) {
      const rows =
        accountLid === null ? all.all(actor, limit, offset) : ofAccount.all(actor, accountLid, limit, offset);
      return { changes: rows.map(parse), total: tally.get(actor, accountLid, accountLid)?.total ?? 0 };
    },
    every: (actor) => every.all(actor).map(parse),
    conflicts: (actor, accountLid) => conflicts.all(actor, accountLid, accountLid).map(parse),
    neighbour: (actor, place, direction) => toChange((direction === 'up' ? above : below).get(actor, place)),
    ends(actor) {
      const { first, last } = ends.get(actor) ?? { first: null, last: null };
      return { first: first ?? 0, last: last ?? 0 };
    },
    counts(actor, accountLid) {
      const { total, attention } = tally.get(actor, accountLid, accountLid) ?? { total: 0, attention: 0 };
      return { waitingCount: total - attention, attentionCount: attention };
    },
    ready: (actor, now, limit) => ready.all(actor, now + 1, now + LONGEST_PAUSE_MS, limit).map(parse),
    readyOfImport: (importId, now, limit) =>
      readyOfImport.all(importId, now + 1, now + LONGEST_PAUSE_MS, limit).map(parse),
    nextAt: (actor) => next.get(actor)?.at ?? null,
    lane: (lid) => lane.all(lid, viewer).map(parse),
    lanes: (lids) => Map.groupBy(lanes.all(JSON.stringify(lids), viewer).map(parse), ({ lid }) => lid),
    createOf: (lid) => toChange(create.get(lid)),
    viewer: () => viewer,
    setViewer: (actor) => {
      viewer = actor;
    },
    needs: (seq) => needs.all(seq).map(({ lid }) => lid),
    dependants: (lid) => dependants.all(lid).map(parse),
    update(_tx, opId, update) {
      if (update.place !== undefined && newest !== null) newest = Math.max(newest, update.place);
      const columns = Object.keys(update) as (keyof ChangeUpdate)[];
      const values = columns.map((column) => {
        const value = update[column];
        return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
      });
      sql
        .prepare(`UPDATE outbox SET ${columns.map((column) => `${UPDATABLE[column]} = ?`).join(', ')} WHERE op_id = ?`)
        .run(...values, opId);
    },
    remove: (_tx, opId) => void remove.run(opId),
    reviveInflight: () => revive.run().changes,
    forgetTimes: () => void forgetTimes.run(),
    hurry: (_tx, actor) => void hurry.run(actor),
    otherVersions: (version) => foreign.all(version).map(parse),
    dirtyLids: () => dirty.all(),
    removeAll: (_tx, actor) => void removeAll.run(actor),
  };
}

function parse(row: StoredChange): QueuedChange {
  return { ...row, patch: JSON.parse(row.patch) as FieldValues, seen: JSON.parse(row.seen) as FieldValues };
}

function toChange(row: StoredChange | undefined): QueuedChange | null {
  return row ? parse(row) : null;
}
