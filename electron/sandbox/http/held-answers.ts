import { setTimeout as wait } from 'node:timers/promises';

/** So long an answer is held when no other request comes. */
const LONGEST_MS = 250;

export type HeldAnswers = {
  /** Resolves when another request has been answered, or after a while. */
  hold(closing: AbortSignal): Promise<void>;
  /** A request was answered. */
  release(): void;
};

/** Answers that come back in another order than the requests went out. */
export function createHeldAnswers(): HeldAnswers {
  const held = new Set<() => void>();
  return {
    async hold(closing) {
      const released = Promise.withResolvers<void>();
      held.add(released.resolve);
      const given = new AbortController();
      const signal = AbortSignal.any([closing, given.signal]);
      await Promise.race([released.promise, wait(LONGEST_MS, undefined, { signal }).catch(() => undefined)]);
      given.abort();
      held.delete(released.resolve);
    },
    release() {
      for (const release of held) release();
    },
  };
}
