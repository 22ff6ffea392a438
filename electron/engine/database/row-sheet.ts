import type { AddressIndex } from './address-index.ts';
import { packPreviewRow, unpackPreviewRow } from './import-rows.ts';
import type { PreviewRow } from './import-rows.ts';
import { addressHash, packOf, slotOf } from './row-pack.ts';
import type { RowPack } from './row-pack.ts';

/** The rows of one preview, as far as somebody works with them: packs are opened as they are needed. */
export type RowSheet = {
  get(rowId: number): PreviewRow | null;
  /** Rows with the address, as they came. */
  withAddress(emailKey: string, limit: number): readonly PreviewRow[];
};
/** A sheet that is written when the work is done. */
export type RowEditor = RowSheet & {
  put(row: PreviewRow): void;
  remove(rowId: number): void;
};

export type PackStore = {
  load(pack: number): RowPack;
  save(pack: number, content: RowPack): void;
};

export function createRowSheet(store: PackStore, addresses: () => AddressIndex): RowEditor & { flush(): void } {
  const open = new Map<number, RowPack>();
  const changed = new Set<number>();

  function packAt(rowId: number): RowPack {
    const pack = packOf(rowId);
    const known = open.get(pack);
    if (known) return known;
    const loaded = store.load(pack);
    open.set(pack, loaded);
    return loaded;
  }

  function get(rowId: number): PreviewRow | null {
    const line = packAt(rowId).lines[slotOf(rowId)];
    return line === undefined ? null : unpackPreviewRow(line);
  }

  function set(rowId: number, line: string | undefined, key: number): void {
    const { lines, keys } = packAt(rowId);
    const slot = slotOf(rowId);
    const before = keys[slot] ?? 0;
    lines[slot] = line;
    keys[slot] = key;
    changed.add(packOf(rowId));
    if (before === key) return;
    addresses().remove(before, rowId);
    addresses().add(key, rowId);
  }

  return {
    get,
    put: (row) => set(row.rowId, packPreviewRow(row), addressHash(row.emailKey)),
    remove: (rowId) => set(rowId, undefined, 0),
    withAddress(emailKey, limit) {
      const found: PreviewRow[] = [];
      if (emailKey === '') return found;
      for (const rowId of addresses().rowIds(addressHash(emailKey))) {
        const row = get(rowId);
        if (row?.emailKey === emailKey) found.push(row);
        if (found.length === limit) break;
      }
      return found;
    },
    flush() {
      for (const pack of changed) store.save(pack, open.get(pack) ?? store.load(pack));
      changed.clear();
    },
  };
}
