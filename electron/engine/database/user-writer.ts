import { must } from '../../../shared/lib/must.ts';
import { emailKey } from '../../../shared/model/email.ts';
import type { UserFields } from '../../../shared/model/user.ts';
import { compareMarks, isShown, type PendingCode } from '../domain/records.ts';
import { derivedLid } from './id-repository.ts';
import type { PositionIndex } from './position-index.ts';
import type { Store, Tx } from './store.ts';
import type { ArrivingUser, UserRepository } from './user-repository.ts';
import { FIELD_NAMES, FIELD_PLACES, FIELD_SETS, fieldValues, RECORD_JSON } from './user-columns.ts';
import { firstRowid, lastRowid } from './user-rowids.ts';
import { userBase, userKeys } from './user-rows.ts';

/** The half of the user repository that writes. */
export function createUserWriter({ sql }: Store<'cache'>, positions: PositionIndex) {
  const candidates = sql.prepare<
    [string, string],
    {
      rowid: number;
      lid: string;
      rev: number | null;
      etag: string | null;
      modifiedAt: string | null;
      searchKey: string;
      nameKey: string;
      pending: number;
      baseDoc: string | null;
      account: number;
      sid: string | null;
    }
  >(
    'SELECT rowid, lid, rev, etag, modified_at AS modifiedAt, search_key AS searchKey, name_key AS nameKey, pending, base_doc AS baseDoc, account, sid FROM users WHERE lid = ? OR sid = ?',
  );
  const insert = sql.prepare(/* sql */ `
    INSERT INTO users (rowid, lid, sid, account, ${FIELD_NAMES}, source, is_registered,
      created_at, modified_at, modified_by, name_key, email_key, search_key, etag, rev, base_doc, pending, gen)
    VALUES (?, ?, ?, ?, ${FIELD_PLACES}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const update = sql.prepare(/* sql */ `
    UPDATE users SET sid = ?, ${FIELD_SETS}, source = ?, is_registered = ?, created_at = ?, modified_at = ?, modified_by = ?, name_key = ?, email_key = ?, search_key = ?, etag = ?, rev = ?,
      base_doc = ?, pending = ?, gen = ?, is_deleted = 0 WHERE rowid = ?`);
  const last = sql
    .prepare<[number, number, number], number>(
      `SELECT coalesce(max(rowid), ${firstRowid('?')}) FROM users WHERE rowid BETWEEN ${firstRowid('?')} AND ${lastRowid('?')}`,
    )
    .pluck();
  const touch = sql.prepare('UPDATE users SET gen = ? WHERE rowid = ?');
  const view = sql.prepare(/* sql */ `
    UPDATE users SET ${FIELD_SETS}, name_key = ?, email_key = ?, search_key = ?, base_doc = ?, pending = ? WHERE rowid = ?`);
  const remove = sql.prepare('DELETE FROM users WHERE rowid = ?');
  const relabel = sql.prepare('UPDATE users SET lid = ? WHERE rowid = ?');
  const detach = sql.prepare(
    'UPDATE users SET sid = NULL, etag = NULL, rev = NULL, base_doc = NULL, modified_at = NULL WHERE rowid = ?',
  );
  const index = sql.prepare('INSERT INTO users_fts (rowid, search_key) VALUES (?, ?)');
  const unindex = sql.prepare('DELETE FROM users_fts WHERE rowid = ?');
  const base = sql.prepare<[number], { doc: string | null }>(/* sql */ `
    SELECT iif(u.sid IS NULL, NULL, coalesce(u.base_doc, ${RECORD_JSON})) AS doc
    FROM users u JOIN accounts a ON a.rowid = u.account WHERE u.rowid = ?`);

  /**
   * The row of this id. The server's record may have come under another id before its create was answered: that row stays, because it
   * may be newer than the answer, and takes over the id.
   */
  function claim(lid: string, sid: string) {
    const rows = candidates.all(lid, sid);
    const own = rows.find((row) => row.lid === lid);
    const copy = rows.find((row) => row.lid !== lid);
    if (!copy) return own;
    if (own) dropRow(own);
    else if (copy.lid !== derivedLid('user', sid)) return copy;
    relabel.run(lid, copy.rowid);
    return { ...copy, lid };
  }

  function lastOf(account: number): number {
    return must(last.get(account, account, account), 'an aggregate has one row');
  }

  function find(lid: string, sid: string) {
    return candidates.get(lid, sid);
  }

  function dropRow({ rowid, account }: { rowid: number; account: number }, bulk = false): void {
    remove.run(rowid);
    unindex.run(rowid);
    positions.invalidate(account, bulk);
  }

  function reindex(rowid: number, before: string, after: string): void {
    if (before === after) return;
    unindex.run(rowid);
    index.run(rowid, after);
  }

  return {
    applyServer(
      _tx: Tx<'cache'>,
      account: number,
      page: readonly ArrivingUser[],
      gen: number,
      notice?: Parameters<UserRepository['applyServer']>[4],
    ): number {
      let changed = 0;
      let newest: number | null = null;
      const added: [number, string][] = [];
      for (const arriving of page) {
        const { record, lid, overlay, isNew = false } = arriving;
        const values = valuesOf(arriving, gen);
        newest ??= lastOf(account);
        let known = isNew ? undefined : claim(lid, record.sid);
        if (!known) {
          if (insert.run(newest + 1, lid, record.sid, account, ...values.columns).changes === 1) {
            newest += 1;
            notice?.(lid, record, true);
            added.push([newest, values.searchKey]);
            changed += 1;
            continue;
          }
          // Here under this id without its server id, or twice on the page.
          known = must(claim(lid, record.sid), 'what stands in the way of an insert is there');
        }
        // A page that is older than what is known here never overwrites it (SYNC 3.9).
        const order = compareMarks(record, known);
        if (order === 'older' || (order === 'same' && isShown(known, record, overlay?.pending ?? 0))) {
          touch.run(gen, known.rowid);
          continue;
        }
        notice?.(lid, record, known.sid === null);
        update.run(record.sid, ...values.columns, known.rowid);
        reindex(known.rowid, known.searchKey, values.searchKey);
        changed += 1;
      }
      // One statement per row, after the rows: interleaving the two tables costs a third of the speed.
      for (const [rowid, searchKey] of added) index.run(rowid, searchKey);
      if (changed > 0) positions.invalidate(account, page.length > 1);
      return changed;
    },
    putLocal(_tx: Tx<'cache'>, account: number, users: Parameters<UserRepository['putLocal']>[2]): void {
      let newest: number | null = null;
      for (const { lid, fields, pending } of users) {
        if (find(lid, '')) continue;
        const { nameKey, searchKey } = userKeys(fields);
        newest = (newest ?? lastOf(account)) + 1;
        insert.run(
          ...[newest, lid, null, account, ...fieldValues(fields)],
          ...['ACCOUNTS', 0, null, null, '', nameKey, emailKey(fields.email), searchKey, null, null, null, pending, 0],
        );
        index.run(newest, searchKey);
      }
      positions.invalidate(account, users.length > 1);
    },
    setView(_tx: Tx<'cache'>, lid: string, fields: UserFields, pending: PendingCode): void {
      const known = find(lid, '');
      if (!known) return;
      const { nameKey, searchKey } = userKeys(fields);
      const baseDoc = pending === 0 ? null : must(base.get(known.rowid), 'the row was just read').doc;
      view.run(...fieldValues(fields), ...[nameKey, emailKey(fields.email), searchKey, baseDoc, pending, known.rowid]);
      reindex(known.rowid, known.searchKey, searchKey);
      if (known.nameKey !== nameKey) positions.invalidate(known.account, false);
    },
    remove(_tx: Tx<'cache'>, lids: readonly string[]): void {
      for (const lid of lids) {
        const known = find(lid, '');
        if (known) dropRow(known, lids.length > 1);
      }
    },
    removeBySid(_tx: Tx<'cache'>, sid: string): void {
      const known = find('', sid);
      if (!known) return;
      if (known.pending === 0) dropRow(known);
      else detach.run(known.rowid);
    },
  };
}

/** From `first_name` on, in the order of the statements. */
function valuesOf({ record, overlay }: ArrivingUser, gen: number) {
  const fields = overlay ? { ...record.fields, ...overlay.patch } : record.fields;
  const { nameKey, searchKey } = userKeys(fields);
  const columns = [
    ...fieldValues(fields),
    ...[record.source, record.isRegistered ? 1 : 0],
    ...[record.createdAt, record.modifiedAt, record.modifiedBy, nameKey, emailKey(fields.email), searchKey],
    ...[record.etag, record.rev, overlay ? userBase(record) : null, overlay?.pending ?? 0, gen],
  ];
  return { columns, searchKey };
}
