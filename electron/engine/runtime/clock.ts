/** The time, as an argument. Tests move it; nothing in the engine reads another clock. */
export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds since some moment in this life of the program; never set, and may stand still while the laptop sleeps. */
  uptime(): number;
  /** Calls back once after `delayMs`; the returned function gives it up. */
  after(delayMs: number, wake: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  uptime: () => performance.now(),
  after(delayMs, wake) {
    const timer = setTimeout(wake, delayMs);
    return () => clearTimeout(timer);
  },
};

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Resolves after `delayMs`, or at once when the signal is aborted. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.after(delayMs, finish);
    function finish(): void {
      signal?.removeEventListener('abort', finish);
      stop();
      resolve();
    }
    if (signal?.aborted) finish();
    else signal?.addEventListener('abort', finish, { once: true });
  });
}
