import type { Clock } from '../../../electron/engine/runtime/clock.ts';

/** Watches from outside whether a console keeps the pauses it was asked for (I10). */
export type Gate = {
  /** A request begins. */
  begin(url: string): void;
  /** Headers of an answer came. */
  heard(status: number, headers: Headers): void;
  /** The person asks to be served now. */
  open(): void;
  readonly broken: readonly string[];
};

export function createGate(clock: Clock, toleranceMs: number): Gate {
  const broken: string[] = [];
  let since = 0;
  let until = 0;
  return {
    begin(url) {
      const now = clock.now();
      // What began before the engine had read the answer is none of its fault.
      if (now < until && now > since + toleranceMs) broken.push(`${until - now} ms too early: ${url}`);
    },
    heard(status, headers) {
      const header = headers.get('retry-after');
      if (header === null || ![409, 429, 503].includes(status)) return;
      const now = clock.now();
      const pause = /^\d+$/u.test(header)
        ? Number(header) * 1000
        : Date.parse(header) - Date.parse(headers.get('date') ?? '');
      if (now + pause <= until) return;
      if (until <= now) since = now;
      until = now + pause;
    },
    open() {
      until = 0;
    },
    broken,
  };
}
