import { vi } from 'vitest';

/** Waits until the engine says so, by asking again; fails with the last answer. */
export async function until<T>(what: string, ask: () => T | Promise<T>, isMet: (answer: T) => boolean): Promise<T> {
  return vi.waitFor(
    async () => {
      const answer = await ask();
      if (!isMet(answer)) throw new Error(`${what}: ${JSON.stringify(answer)}`);
      return answer;
    },
    { interval: 5, timeout: 30_000 },
  );
}
