import type { FieldValue } from '../domain/merge.ts';
import type { EntityType } from '../domain/lane.ts';
import type { Store, Tx } from './store.ts';

/** One difference between two looks at a record of the server (OFF-4). Times are ISO 8601, UTC. */
export type Version = {
  readonly id: number;
  readonly type: EntityType;
  readonly lid: string;
  readonly accountLid: string;
  readonly name: string;
  readonly what: 'created' | 'changed' | 'deleted' | 'hidden';
  readonly source: 'here' | 'there';
  readonly at: string;
  readonly noticedAt: string;
  readonly by: string;
  /** From and to; null where there was, or is, no record. */
  readonly fields: Readonly<Record<string, readonly [FieldValue | null, FieldValue | null]>>;
};

export type VersionRepository = {
  append(tx: Tx<'cache'>, version: Omit<Version, 'id'>): void;
  /** Newest first; of one record, or of an account with everything in it. */
  page(
    of: { readonly accountLid: string; readonly lid: string | null },
    before: number | null,
    limit: number,
  ): readonly Version[];
  /** Of one record, newest first, as far back as is known. */
  ofRecord(lid: string): readonly Version[];
  /** Forgets the oldest beyond this many. */
  prune(tx: Tx<'cache'>, keep: number): void;
};

type StoredVersion = Omit<Version, 'fields'> & { readonly fields: string };
const COLUMNS = 'id, type, lid, account_lid AS accountLid, name, what, source, at, noticed_at AS noticedAt, by, fields';
const NEWEST = Number.MAX_SAFE_INTEGER;

export function createVersionRepository({ sql }: Store<'cache'>): VersionRepository {
  const insert = sql.prepare(
    'INSERT INTO versions (type, lid, account_lid, name, what, source, at, noticed_at, by, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const ofAccount = sql.prepare<[string, number, number], StoredVersion>(
    `SELECT ${COLUMNS} FROM versions WHERE account_lid = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const ofOne = sql.prepare<[string, number, number], StoredVersion>(
    `SELECT ${COLUMNS} FROM versions WHERE lid = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const prune = sql.prepare('DELETE FROM versions WHERE id <= (SELECT max(id) FROM versions) - ?');
  return {
    append(_tx, { type, lid, accountLid, name, what, source, at, noticedAt, by, fields }) {
      insert.run(type, lid, accountLid, name, what, source, at, noticedAt, by, JSON.stringify(fields));
    },
    page: ({ accountLid, lid }, before, limit) =>
      (lid === null ? ofAccount.all(accountLid, before ?? NEWEST, limit) : ofOne.all(lid, before ?? NEWEST, limit)).map(
        parse,
      ),
    ofRecord: (lid) => ofOne.all(lid, NEWEST, NEWEST).map(parse),
    prune: (_tx, keep) => void prune.run(keep),
  };
}

function parse(row: StoredVersion): Version {
  return { ...row, fields: JSON.parse(row.fields) as Version['fields'] };
}
