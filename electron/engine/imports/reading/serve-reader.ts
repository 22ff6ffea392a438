import { toReadRefusal } from './read-problem.ts';
import type { ReadRow, RowSink } from './read-rows.ts';
import { readPasted } from './read-pasted.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';
import { BATCHES_AHEAD, BATCH_ROWS, packRows } from './reader-messages.ts';
import type { ReaderReply, ReaderRequest } from './reader-messages.ts';
import { warmUp } from './warm-up.ts';

/** The reader process's end of the conversation. */
export type ReaderPort = {
  send(reply: ReaderReply): void;
  receive(listener: (request: ReaderRequest) => void): void;
};

/** Reads one file for whoever asks, never more than two batches ahead of what was taken. */
export function serveReader(port: ReaderPort): void {
  const window = { credit: BATCHES_AHEAD, wake: (): void => undefined };
  let columns: ReadonlySet<number> | null = null;
  let isAsked = false;

  port.receive((request) => {
    if (request.type === 'more') {
      if (request.columns) columns = new Set(request.columns);
      window.credit += 1;
      window.wake();
      return;
    }
    if (request.type === 'prepare') {
      void warmUp(() => isAsked);
      return;
    }
    isAsked = true;
    void read(request);
  });

  async function read({ path, content, choice }: Extract<ReaderRequest, { type: 'read' }>): Promise<void> {
    let rows: ReadRow[] = [];
    const flush = async (minimum: number): Promise<void> => {
      while (rows.length >= minimum) {
        while (window.credit === 0) await new Promise<void>((resolve) => (window.wake = resolve));
        window.credit -= 1;
        port.send({ type: 'rows', rows: packRows(rows.slice(0, BATCH_ROWS), columns) });
        rows = rows.slice(BATCH_ROWS);
      }
    };
    const sink: RowSink = {
      shape: (shape) => port.send({ type: 'shape', shape }),
      row: (row) => rows.push(row),
      pause: () => flush(BATCH_ROWS),
      isWanted: (column) => columns === null || columns.has(column),
    };
    try {
      const source = content ? await readPasted(content, choice, sink) : await readSpreadsheet(path, choice, sink);
      await flush(1);
      port.send({ type: 'done', source });
    } catch (error) {
      port.send({ type: 'refused', refusal: toReadRefusal(error) });
    }
  }
}
