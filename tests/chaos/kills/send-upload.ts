import { scopeKey } from '../../../electron/engine/sync/scope-key.ts';
import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { queueUpload, uploadAddress } from '../../harness/queue-upload-in.ts';
import { homeOf, pause } from '../lab/person.ts';
import type { UploadOrder } from './order.ts';
import type { Life } from './work.ts';

const PREFIX = 'import';
const PAGE = 200;

/** Queues the upload in the first life that comes so far, and lets it go on until it is sent or the process dies. */
export async function sendUpload(life: Life, { rows, badRows }: UploadOrder): Promise<void> {
  const { engine, client, diary } = life;
  const home = await homeOf(client);
  const { uploads } = engine.repositories;
  const isBad = (row: number): boolean => badRows.includes(row);
  const batches = () => uploads.list(engine.context.session.actor(), null);
  if (batches().length === 0) {
    const there = await usersThere(life, home);
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

async function usersThere({ client, engine }: Life, accountId: AccountId): Promise<readonly Standing[]> {
  const { accounts, cursors } = engine.repositories;
  const { sid } = must(accounts.key(accountId), 'the account was fetched');
  // While users still come the last ones of a page are the first of the next: each of them must be named once.
  while (cursors.get(scopeKey(sid)).syncedAt === null) await pause(3);
  const found: Standing[] = [];
  for (let read = 0; ;) {
    const { rows, total } = await client.users.page({ accountId, limit: PAGE, offset: read });
    found.push(...rows.filter(({ email }) => email.endsWith('@standing.example')));
    read += rows.length;
    if (read >= total) return found;
  }
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
