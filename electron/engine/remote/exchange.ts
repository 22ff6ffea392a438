import type { Clock } from '../runtime/clock.ts';

/** A whole answer: status, headers and all of the body. */
export type Exchange = { readonly status: number; readonly headers: Headers; readonly text: string };

/** SYNC 3.7. The time for the connection itself is the HTTP client's own (10 s). */
const SILENCE_MS = 30_000;
const TOTAL_MS = 120_000;
const HEAD_BYTES = 4096;

/**
 * One request and its whole answer within the time limits: no byte for 30 s, or not all of them in 120 s, and it is given up with a
 * `TimeoutError`. A connection that is open and silent ends here, and so does a body that comes in drips. `onHead` is shown the first bytes
 * of an answer with 200 while the rest comes; they may not be JSON, nor end where a character ends.
 */
export async function exchange(
  { fetch, clock }: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
  url: string,
  init: RequestInit,
  onHead?: (head: string) => void,
): Promise<Exchange> {
  const controller = new AbortController();
  const limits = startLimits(clock, (why) => controller.abort(new DOMException(why, 'TimeoutError')));
  const outer = init.signal;
  const onAbort = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) onAbort();
  else outer?.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: controller.signal });
    limits.heard();
    const text = await textOf(response, limits.heard, response.status === 200 ? onHead : undefined);
    return { status: response.status, headers: response.headers, text };
  } finally {
    limits.stop();
    outer?.removeEventListener('abort', onAbort);
  }
}

async function textOf(response: Response, heard: () => void, onHead?: (head: string) => void): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    heard();
    chunks.push(chunk);
    if (onHead && length < HEAD_BYTES) onHead(new TextDecoder().decode(Buffer.concat(chunks).subarray(0, HEAD_BYTES)));
    length += chunk.length;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function startLimits(clock: Clock, giveUp: (why: string) => void): { heard: () => void; stop: () => void } {
  let lastHeard = clock.now();
  let stopSilence: () => void = () => undefined;
  const listen = (delayMs: number): void => {
    stopSilence = clock.after(delayMs, () => {
      const left = lastHeard + SILENCE_MS - clock.now();
      if (left <= 0) giveUp('no byte in time');
      else listen(left);
    });
  };
  listen(SILENCE_MS);
  const stopTotal = clock.after(TOTAL_MS, () => giveUp('no whole answer in time'));
  return {
    heard: () => {
      lastHeard = clock.now();
    },
    stop: () => {
      stopSilence();
      stopTotal();
    },
  };
}
