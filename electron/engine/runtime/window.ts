/** Pieces of work that overlap. Their sizes are the caller's own unit. */
export type Window = {
  /** How many are under way, and how large they are together. */
  count(): number;
  size(): number;
  hasFailed(): boolean;
  start(size: number, work: () => Promise<void>): void;
  /** Resolves when at least one is over, whatever its end. */
  next(): Promise<void>;
  /** Waits for all, and throws the first error of any. */
  drain(): Promise<void>;
};

export function createWindow(): Window {
  const underWay = new Map<Promise<void>, number>();
  let fault: { readonly error: unknown } | null = null;
  return {
    count: () => underWay.size,
    size: () => [...underWay.values()].reduce((sum, size) => sum + size, 0),
    hasFailed: () => fault !== null,
    start(size, work) {
      const settled: Promise<void> = work()
        .catch((error: unknown) => {
          fault ??= { error };
        })
        .finally(() => underWay.delete(settled));
      underWay.set(settled, size);
    },
    next: () => Promise.race(underWay.keys()),
    async drain() {
      await Promise.all(underWay.keys());
      if (fault) throw fault.error;
    },
  };
}
