/** One piece of work after the other for each key, in the order in which they came. */
export type Turns = {
  /** `isHolding`: whoever asks meanwhile is told instead of waiting. */
  take<T>(key: string, isHolding: boolean, work: () => Promise<T>): Promise<T>;
  isHeld(key: string): boolean;
};

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  const holders = new Set<string>();
  return {
    async take(key, isHolding, work) {
      const before = last.get(key) ?? Promise.resolve();
      if (isHolding) holders.add(key);
      // Whether the work before succeeded is its own caller's matter.
      const mine = before.catch(() => undefined).then(work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (isHolding) holders.delete(key);
        if (last.get(key) === mine) last.delete(key);
      }
    },
    isHeld: (key) => holders.has(key),
  };
}
