import type { OutputOf } from '../../../shared/rpc/operation.ts';
import type { AppContract } from '../../../shared/contract/contract.ts';
import { refuse } from '../../../shared/rpc/outcome.ts';
import { UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { Refused } from './command.ts';

export type ListedAccount = OutputOf<AppContract['accounts']['list']>['rows'][number];

/** Every account, page by page. */
export async function allAccounts({ client }: ConsoleSession, search: string): Promise<readonly ListedAccount[]> {
  const all: ListedAccount[] = [];
  for (const state of ['ACTIVE', 'DEACTIVATED'] as const) {
    for (let offset = 0; ; offset += 200) {
      const { rows, total } = await client.accounts.list({ state, search, offset, limit: 200 });
      all.push(...rows);
      if (offset + 200 >= total) break;
    }
  }
  return all;
}

/** The account that `--account` names by number, Account ID, local id or exact name. */
export async function findAccount(line: CommandLine, session: ConsoleSession): Promise<ListedAccount> {
  const wanted = line.account;
  if (wanted === null) throw new UsageError('Say which account: --account NUMBER, Account ID or exact name.');
  const accounts = await allAccounts(session, '');
  const exact = accounts.filter((account) =>
    [account.accountNumber, account.serverId, account.id, account.name].includes(wanted),
  );
  if (exact.length > 1) throw new UsageError(`${exact.length} accounts are named “${wanted}”. Use the account number.`);
  const [account] = exact;
  if (!account) throw new Refused(refuse('account.not-found', wanted).refusal);
  return account;
}
