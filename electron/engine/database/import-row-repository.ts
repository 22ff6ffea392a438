import { createAddressIndex } from './address-index.ts';
import type { AddressIndex } from './address-index.ts';
import { unpackPreviewRow } from './import-rows.ts';
import type { PreviewRow } from './import-rows.ts';
import { emptyPack, keysAsBytes, keysOfBytes, linesOf, PACK_BITS, PACK_ROWS, packText, readPack } from './row-pack.ts';
import { createRowSheet } from './row-sheet.ts';
import type { PackStore, RowEditor, RowSheet } from './row-sheet.ts';
import type { Store, Tx } from './store.ts';

export type ImportRowRepository = {
  newStaging(tx: Tx<'journal'>, importId: string): number;
  /** Runs `work` on the rows of a staging; what it puts and removes is written when it returns. */
  edit<T>(tx: Tx<'journal'>, staging: number, work: (rows: RowEditor) => T): T;
  get(staging: number, rowId: number): PreviewRow | null;
  /** In the order asked for; rows that are not there are left out. */
  many(staging: number, rowIds: Iterable<number>): readonly PreviewRow[];
  /** Rows with the address, as they came. */
  withAddress(staging: number, emailKey: string, limit: number): readonly PreviewRow[];
  /** All rows in order, some hundred at a time. With `text` only such as may have it in a cell, whatever its case. */
  slices(staging: number, text?: string): Generator<readonly PreviewRow[], void>;
  /** Removes up to `limit` rows of a staging, and the staging itself with the last of them. True while some are left. */
  dropSlice(tx: Tx<'journal'>, staging: number, limit: number): boolean;
  /** Stagings that no import names; one that is being filled is named only at the end. */
  leftOver(): readonly { readonly staging: number; readonly importId: string }[];
};

/** Packs of a slice: under a millisecond. */
const SLICE_PACKS = 4;
/** Previews whose addresses are kept in memory, a few megabytes each. */
const INDEXES_KEPT = 3;

type StoredPack = { readonly pack: number; readonly rows: string };
type StoredKeys = { readonly pack: number; readonly keys: Uint8Array };

export function createImportRowRepository(journal: Store<'journal'>): ImportRowRepository {
  const { sql } = journal;
  const stage = sql.prepare('INSERT INTO import_stagings (import_id) VALUES (?)');
  const unstage = sql.prepare('DELETE FROM import_stagings WHERE id = ?');
  const load = sql.prepare<[number, number], { rows: string; keys: Uint8Array }>(
    'SELECT rows, keys FROM import_packs WHERE staging = ? AND pack = ?',
  );
  const save = sql.prepare(/* sql */ `
    INSERT INTO import_packs (staging, pack, keys, rows) VALUES (?, ?, ?, ?)
    ON CONFLICT (staging, pack) DO UPDATE SET keys = excluded.keys, rows = excluded.rows`);
  const drop = sql.prepare('DELETE FROM import_packs WHERE staging = ? AND pack = ?');
  const after = sql.prepare<[number, number, number], StoredPack>(
    'SELECT pack, rows FROM import_packs WHERE staging = ? AND pack > ? ORDER BY pack LIMIT ?',
  );
  const keys = sql.prepare<[number], StoredKeys>('SELECT pack, keys FROM import_packs WHERE staging = ? ORDER BY pack');
  const dropRows = sql.prepare(/* sql */ `
    DELETE FROM import_packs WHERE staging = ? AND pack IN (SELECT pack FROM import_packs WHERE staging = ? LIMIT ?)`);
  const dropEdits = sql.prepare(/* sql */ `
    DELETE FROM import_edit_packs WHERE rowid IN (SELECT rowid FROM import_edit_packs WHERE staging = ? LIMIT ?)`);
  const dropSteps = sql.prepare('DELETE FROM import_steps WHERE staging = ?');
  const leftOver = sql.prepare<[], { staging: number; importId: string }>(/* sql */ `
    SELECT s.id AS staging, s.import_id AS importId FROM import_stagings s
    WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = s.import_id AND i.staging = s.id)`);

  const indexes = new Map<number, AddressIndex>();
  let isUncommitted = false;
  journal.whenWritten(() => (isUncommitted = false));

  /** What a transaction that failed has noted in them is not so. */
  function forgetUncommitted(): void {
    if (isUncommitted) indexes.clear();
    isUncommitted = false;
  }

  function addressesOf(staging: number): AddressIndex {
    const known = indexes.get(staging);
    if (known) return known;
    const index = createAddressIndex();
    for (const stored of keys.iterate(staging))
      for (const [slot, key] of keysOfBytes(stored.keys).entries()) index.add(key, (stored.pack << PACK_BITS) + slot);
    const [oldest] = indexes.keys();
    if (indexes.size >= INDEXES_KEPT && oldest !== undefined) indexes.delete(oldest);
    indexes.set(staging, index);
    return index;
  }

  const packsOf = (staging: number): PackStore => ({
    load(pack) {
      const stored = load.get(staging, pack);
      return stored ? readPack(stored.rows, keysOfBytes(stored.keys)) : emptyPack();
    },
    save(pack, content) {
      const rows = packText(content);
      if (rows === '') drop.run(staging, pack);
      else save.run(staging, pack, keysAsBytes(content.keys), rows);
    },
  });
  const sheet = (staging: number): RowSheet => createRowSheet(packsOf(staging), () => addressesOf(staging));

  return {
    newStaging: (_tx, importId) => Number(stage.run(importId).lastInsertRowid),
    edit(_tx, staging, work) {
      forgetUncommitted();
      const addresses = addressesOf(staging);
      isUncommitted = true;
      const rows = createRowSheet(packsOf(staging), () => addresses);
      const result = work(rows);
      rows.flush();
      return result;
    },
    get: (staging, rowId) => sheet(staging).get(rowId),
    many(staging, rowIds) {
      const open = sheet(staging);
      return [...rowIds].flatMap((rowId) => open.get(rowId) ?? []);
    },
    withAddress(staging, emailKey, limit) {
      forgetUncommitted();
      return sheet(staging).withAddress(emailKey, limit);
    },
    *slices(staging, text = '') {
      const sought = JSON.stringify(text).slice(1, -1).toLowerCase();
      for (let last = -1; ;) {
        const packs = after.all(staging, last, SLICE_PACKS);
        const found = packs.filter(({ rows }) => sought === '' || rows.toLowerCase().includes(sought));
        yield found.flatMap(({ rows }) => linesOf(rows).map(unpackPreviewRow));
        last = packs.at(-1)?.pack ?? last;
        if (packs.length < SLICE_PACKS) return;
      }
    },
    dropSlice(_tx, staging, limit) {
      indexes.delete(staging);
      const packs = Math.ceil(limit / PACK_ROWS);
      if (dropRows.run(staging, staging, packs).changes > 0 || dropEdits.run(staging, packs).changes > 0) return true;
      dropSteps.run(staging);
      unstage.run(staging);
      return false;
    },
    leftOver: () => leftOver.all(),
  };
}
