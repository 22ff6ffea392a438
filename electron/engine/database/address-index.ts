/** Rows by the hash of their address. Two addresses may share one, so whoever asks looks at the rows it names. */
export type AddressIndex = {
  /** The row has no address in it yet. */
  add(hash: number, rowId: number): void;
  remove(hash: number, rowId: number): void;
  /** Of all rows with this hash, the one that came last first. */
  rowIds(hash: number): Iterable<number>;
};

const NONE = 0;

/**
 * Chains of row numbers, in plain numbers: a Map takes ten times as long to fill with a hundred thousand rows, which is done for every file.
 * Row numbers begin with 1 and grow without large gaps.
 */
export function createAddressIndex(): AddressIndex {
  let buckets = new Uint32Array(1024);
  /** By row number: the hash, and the neighbours in the chain of its bucket. */
  let hashes = new Uint32Array(1024);
  let next = new Uint32Array(1024);
  let previous = new Uint32Array(1024);
  let count = 0;

  const bucketOf = (hash: number): number => hash & (buckets.length - 1);

  function link(hash: number, rowId: number): void {
    const bucket = bucketOf(hash);
    const first = buckets[bucket] ?? NONE;
    hashes[rowId] = hash;
    next[rowId] = first;
    previous[rowId] = NONE;
    if (first !== NONE) previous[first] = rowId;
    buckets[bucket] = rowId;
  }

  function spread(): void {
    buckets = new Uint32Array(buckets.length * 2);
    for (let rowId = 1; rowId < hashes.length; rowId += 1)
      if (hashes[rowId] !== NONE) link(hashes[rowId] ?? NONE, rowId);
  }

  return {
    add(hash, rowId) {
      if (hash === NONE) return;
      while (rowId >= hashes.length) [hashes, next, previous] = [grown(hashes), grown(next), grown(previous)];
      if (count === buckets.length) spread();
      link(hash, rowId);
      count += 1;
    },
    remove(hash, rowId) {
      if (hash === NONE || hashes[rowId] !== hash) return;
      const [before = NONE, after = NONE] = [previous[rowId], next[rowId]];
      if (before === NONE) buckets[bucketOf(hash)] = after;
      else next[before] = after;
      if (after !== NONE) previous[after] = before;
      hashes[rowId] = NONE;
      count -= 1;
    },
    *rowIds(hash) {
      for (let rowId = buckets[bucketOf(hash)] ?? NONE; rowId !== NONE; rowId = next[rowId] ?? NONE)
        if (hashes[rowId] === hash) yield rowId;
    },
  };
}

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
