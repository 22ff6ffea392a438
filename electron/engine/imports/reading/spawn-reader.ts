import { createReaderChildren } from './reader-children.ts';
import type { Isolation, StartTimer } from './reader-children.ts';
import type { ReadDetails, ReadRefusal } from './read-problem.ts';
import { READ_LIMITS } from './read-limits.ts';
import type { ReadChoice, ReadRow, ReadShape } from './read-rows.ts';
import type { ReadSource } from './read-spreadsheet.ts';
import { unpackRows } from './reader-messages.ts';
import type { ReaderReply } from './reader-messages.ts';

export type ReadEnd =
  | { readonly ok: true; readonly source: ReadSource }
  | { readonly ok: false; readonly refusal: ReadRefusal }
  | { readonly ok: false; readonly refusal: null };

export type SpreadsheetReading = {
  readonly path: string;
  /** Text in UTF-8 that was pasted; then there is no file. */
  readonly content?: Uint8Array;
  readonly choice: ReadChoice;
  readonly onShape: (shape: ReadShape) => void;
  /**
   * Awaited before the reader may go on; a batch has at most 1,000 rows. May answer which columns are wanted from now on:
   * the others arrive as ''. Batches that are already under way still have them.
   */
  readonly onRows: (rows: readonly ReadRow[]) => Promise<readonly number[] | null>;
  readonly signal: AbortSignal;
};

export type SpreadsheetReader = {
  /** Reads a file in a process of its own. Resolves with the refusal `null` when it was aborted; rejects only when `onRows` does. */
  read(reading: SpreadsheetReading): Promise<ReadEnd>;
  /** A file is about to be chosen: starts the process that will read it. */
  prepare(): void;
  /** Ends what was prepared. */
  close(): void;
};

/** `entry` is the reader's file. Whatever a spreadsheet does to that process, the engine gets one clear refusal. */
export function createSpreadsheetReader(options: {
  readonly entry: string;
  readonly startTimer: StartTimer;
  readonly isolation?: Isolation;
}): SpreadsheetReader {
  const children = createReaderChildren(options);

  function read(reading: SpreadsheetReading): Promise<ReadEnd> {
    return new Promise((resolve, reject) => {
      if (reading.signal.aborted) {
        resolve({ ok: false, refusal: null });
        return;
      }
      const child = children.take();
      let isOver = false;
      // One after the other: `done` must not overtake rows that are still being stored.
      let turn = Promise.resolve();
      const stopTimer = options.startTimer(
        () => refuse('import.timed-out', 'took too long', { limit: READ_LIMITS.wallClockMs / 1000 }),
        READ_LIMITS.wallClockMs,
      );
      const onAbort = (): void => end(() => resolve({ ok: false, refusal: null }));

      function end(settle: () => void): void {
        if (isOver) return;
        isOver = true;
        stopTimer();
        reading.signal.removeEventListener('abort', onAbort);
        child.kill();
        // Rows that are being stored are stored first: nobody writes after the promise is settled.
        void turn.finally(settle);
      }
      function refuse(code: ReadRefusal['code'], detail: string, details: ReadDetails = {}): void {
        end(() => resolve({ ok: false, refusal: { code, details: { detail, ...details } } }));
      }

      reading.signal.addEventListener('abort', onAbort, { once: true });
      child.onEnd((detail) => refuse('import.reader-stopped', detail));
      child.onReply((reply) => {
        turn = turn.then(() => (isOver ? undefined : take(reply))).catch((error: unknown) => end(() => reject(error)));
      });
      const { path, content = null, choice } = reading;
      child.send({ type: 'read', path, content, choice });

      function more(columns: readonly number[] | null): void {
        if (!isOver) child.send({ type: 'more', columns });
      }
      async function take(reply: ReaderReply): Promise<void> {
        switch (reply.type) {
          case 'shape':
            return reading.onShape(reply.shape);
          case 'rows':
            return more(await reading.onRows(unpackRows(reply.rows)));
          case 'done':
            return end(() => resolve({ ok: true, source: reply.source }));
          case 'refused':
            return end(() => resolve({ ok: false, refusal: reply.refusal }));
        }
      }
    });
  }

  return { read, prepare: () => children.prepare(), close: () => children.close() };
}
