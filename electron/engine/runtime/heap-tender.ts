import { getHeapStatistics } from 'node:v8';
import type { Clock } from './clock.ts';

const MB = 1024 * 1024;
/** A first sync leaves a megabyte or two behind with each page. */
const MUCH_USED = 40 * MB;
const MUCH_HELD = 40 * MB;
/** Giving pages back takes up to a tenth of a second, so it waits until nothing has happened for a while. */
const SLACK_MS = 2000;

export type Heap = {
  /** Finds what is no longer used; its pages are kept for what comes next. */
  readonly collect: () => void;
  /** Gives the pages back as well. Takes longer. */
  readonly release: () => void;
  readonly bytes: () => { readonly used: number; readonly held: number };
};

/** There only where the process was started with `--expose-gc`; without it the heap is as large as V8 likes. */
export const systemHeap: Heap = {
  collect: () => globalThis.gc?.(),
  release: () => globalThis.gc?.({ type: 'major', flavor: 'last-resort' }),
  bytes() {
    const { used_heap_size: used, total_heap_size: held } = getHeapStatistics();
    return { used, held };
  },
};

/**
 * Keeps the heap near what is alive (SYNC 5.5). V8 lets the heap of a machine with much memory grow by hundreds of megabytes before it
 * looks for garbage, and nothing shrinks it after a large sync; so it is asked while the heap is still small, and again at rest.
 */
export function createHeapTender(
  heap: Heap,
  { after, isAtRest }: { readonly after: Clock['after']; readonly isAtRest: () => boolean },
): { noticed(): void } {
  heap.collect();
  let alive = heap.bytes().used;
  let isReleasing = false;

  const isLarge = (): boolean => heap.bytes().used > Math.max(MUCH_USED, 2 * alive);
  const isSlack = (): boolean => heap.bytes().held > Math.max(MUCH_HELD, 2 * alive) && isAtRest();

  function release(): void {
    isReleasing = false;
    if (!isSlack()) return;
    heap.release();
    alive = heap.bytes().held;
  }

  return {
    noticed() {
      if (isLarge()) {
        heap.collect();
        alive = heap.bytes().used;
      }
      if (isReleasing || !isSlack()) return;
      // Not before the answer that somebody waits for.
      isReleasing = true;
      after(SLACK_MS, release);
    },
  };
}
