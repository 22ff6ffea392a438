import { queueUpload, uploadAddress } from '../../harness/queue-upload-in.ts';
import { homeOf, pause } from '../lab/person.ts';
import type { UploadOrder } from './order.ts';
import type { Life } from './work.ts';

const PREFIX = 'import';

/** Queues the upload in the first life that comes so far, and lets it go on until it is sent or the process dies. */
export async function sendUpload({ engine, client, diary }: Life, { rows, badRows }: UploadOrder): Promise<void> {
  const home = await homeOf(client);
  const { uploads } = engine.repositories;
  const isBad = (row: number): boolean => badRows.includes(row);
  const batches = () => uploads.list(engine.context.session.actor(), null);
  if (batches().length === 0) {
    const emails = Array.from({ length: rows }, (_, index) => uploadAddress(PREFIX, index + 1, isBad(index + 1)));
    const n = diary.ask({ kind: 'upload', emails });
    queueUpload(engine, { accountId: home, count: rows, prefix: PREFIX, isBad });
    diary.done(n);
  }
  while (batches().some(({ waitingCount }) => waitingCount > 0)) await pause(5);
}
