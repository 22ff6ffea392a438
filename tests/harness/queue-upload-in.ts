import { NO_USER_FIELDS } from '../../shared/model/user.ts';
import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { must } from '../../shared/lib/must.ts';
import type { Engine } from '../../electron/engine/engine.ts';

type Upload = {
  readonly accountId: string;
  readonly count: number;
  readonly prefix: string;
  /** Rows whose address the cloud does not take. */
  readonly isBad?: (row: number) => boolean;
};

export function uploadAddress(prefix: string, row: number, isBad = false): string {
  return `${prefix}.${row}${isBad ? ' without-at.example' : '@upload.example'}`;
}

/** Queues rows as an Upload does (IMP-5), without a spreadsheet before it. */
export function queueUpload(
  { repositories, context }: Engine,
  { accountId, count, prefix, isBad = () => false }: Upload,
): { importId: string; jobId: string } {
  const { identifiers, session, jobs, clock } = context;
  const importId = identifiers.next();
  const home = must(repositories.accounts.key(accountId), 'the account was fetched');
  const rows = Array.from({ length: count }, (_, index) => {
    const email = uploadAddress(prefix, index + 1, isBad(index + 1));
    const values = {
      ...EMPTY_VALUES,
      firstName: `${prefix}${index + 1}`,
      lastName: 'Uploaded',
      email,
      role: 'USER',
    };
    return { row: index + 1, lid: identifiers.next(), emailKey: email, sourceRow: index + 2, values };
  });
  repositories.journal.write((tx) => {
    const createdAt = new Date(clock.now()).toISOString();
    repositories.uploads.open(tx, {
      importId,
      actor: session.actor(),
      accountLid: accountId,
      fileName: `${prefix}.csv`,
      createdAt,
    });
    repositories.uploads.enqueue(tx, importId, rows);
  });
  repositories.cache.write((tx) => {
    const users = rows.map(({ lid, values }) => ({
      lid,
      fields: { ...NO_USER_FIELDS, ...values },
      pending: 1 as const,
    }));
    repositories.users.putLocal(tx, home.rowid, users);
  });
  const jobId = jobs.start({
    kind: 'import-send',
    accountLid: accountId,
    importId,
    subject: `${prefix}.csv`,
    totalCount: count,
  });
  context.scheduler.wake('change');
  return { importId, jobId };
}
