import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { queueUpload, uploadAddress } from '../../harness/queue-upload-in.ts';
import { homeOf, pause } from '../lab/person.ts';
import type { UploadOrder } from './order.ts';
import type { Life } from './work.ts';

const PREFIX = 'import';
const PAGE = 200;

/** Queues the upload in the first life that comes so far, and lets it go on until it is sent or the process dies. */
export async function sendUpload(life: Life, { rows, badRows, changes }: UploadOrder): Promise<void> {
  const { engine, client, diary } = life;
  const home = await homeOf(client);
  const { uploads } = engine.repositories;
  const isBad = (row: number): boolean => badRows.includes(row);
  const batches = () => uploads.list(engine.context.session.actor(), null);
  if (batches().length === 0) {
    const there = await usersThere(life, home, changes);
    const emails = Array.from({ length: rows }, (_, index) => uploadAddress(PREFIX, index + 1, isBad(index + 1)));
    const n = diary.ask({ kind: 'upload', emails });
    // Both without a turn between: the first request leaves when all is queued.
    const { importId } = queueUpload(engine, { accountId: home, count: rows, prefix: PREFIX, isBad });
    const asked = queueChanges(life, { importId, accountLid: home, firstRow: rows + 1 }, there);
    for (const one of [n, ...asked]) diary.done(one);
  }
  while (batches().some(({ waitingCount }) => waitingCount > 0)) await pause(5);
}

type Standing = { readonly id: string; readonly email: string; readonly name: string };

async function usersThere({ client }: Life, accountId: AccountId, count: number): Promise<readonly Standing[]> {
  const found: Standing[] = [];
  while (found.length < count) {
    const { rows } = await client.users.page({
      accountId,
      search: '@standing.example',
      limit: PAGE,
      offset: found.length,
    });
    found.push(...rows);
    if (rows.length === 0) await pause(3);
  }
  return found;
}

/** Rows of the same upload that change users who are there: each gets a number that nobody else has. */
function queueChanges(
  { engine, diary }: Life,
  {
    importId,
    accountLid,
    firstRow,
  }: { readonly importId: string; readonly accountLid: string; readonly firstRow: number },
  there: readonly Standing[],
): readonly number[] {
  const { journal, importChanges, users } = engine.repositories;
  const deeds = there.map(({ email }, index) =>
    diary.ask({ kind: 'edit', email, value: `+1555${String(index + 1).padStart(7, '0')}`, seen: '' }),
  );
  journal.write((tx) => {
    for (const [index, { id: lid, email, name }] of there.entries()) {
      const patch = { mobile: `+1555${String(index + 1).padStart(7, '0')}` };
      const { mobile } = must(users.get(lid), 'it was on the page');
      const at = { importId, lid, accountLid, kind: 'patch' } as const;
      const opId = engine.context.recorder.queueRow(tx, at, patch, { mobile });
      importChanges.add(tx, importId, {
        ...{ row: firstRow + index, lid, sourceRow: null, name, email, kind: 'patch' },
        ...{ patch, seen: { mobile }, opId, typed: null },
      });
    }
  });
  return deeds;
}
