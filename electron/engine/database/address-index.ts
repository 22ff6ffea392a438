/** Rows by the hash of their address. Two addresses may share one, so whoever asks looks at the rows it names. */
export type AddressIndex = {
  add(hash: number, rowId: number): void;
  remove(hash: number, rowId: number): void;
  rowIds(hash: number): Iterable<number>;
};

export function createAddressIndex(): AddressIndex {
  // Nearly every address is there once: a set for each would take most of the memory.
  const rows = new Map<number, number | Set<number>>();
  return {
    add(hash, rowId) {
      if (hash === 0) return;
      const known = rows.get(hash);
      if (known === undefined) rows.set(hash, rowId);
      else if (typeof known !== 'number') known.add(rowId);
      else if (known !== rowId) rows.set(hash, new Set([known, rowId]));
    },
    remove(hash, rowId) {
      const known = rows.get(hash);
      if (known === rowId) rows.delete(hash);
      else if (typeof known === 'object') known.delete(rowId);
    },
    rowIds(hash) {
      const known = rows.get(hash);
      return typeof known === 'number' ? [known] : (known ?? []);
    },
  };
}
