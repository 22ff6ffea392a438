import { syncDocument } from '../../../shared/contract/documents.ts';
import { EXIT, type ExitCode } from '../command-line.ts';
import type { Command } from './command.ts';
import { allAccounts } from './find-account.ts';

/** Sends, fetches, sends again; then says where things stand. */
export const sync: Command = async (_line, session, terminal) => {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  terminal.progress('Talking to the cloud …');
  const result = await session.engine.context.scheduler.once(stop.signal);
  terminal.progress('');
  process.off('SIGINT', onInterrupt);
  const status = await session.client.sync.status({ accountId: null });
  const accounts = await allAccounts(session, '');
  const document = {
    command: 'sync',
    version: 1,
    connection: status.connection,
    reason: status.reason,
    isComplete: result === 'done' && status.waitingCount === 0,
    accountCount: accounts.length,
    userCount: accounts.reduce((sum, { userCount }) => sum + (userCount ?? 0), 0),
    waitingCount: status.waitingCount,
    attentionCount: status.attentionCount,
  };
  const text =
    `${document.isComplete ? 'In step with the cloud' : `Not complete (${status.connection}${status.reason === 'none' ? '' : `: ${status.reason}`})`}. ` +
    `${document.accountCount} accounts, ${document.userCount} users; ${status.waitingCount} changes wait, ${status.attentionCount} need attention.\n`;
  return { exit: exitOf(status.connection, document), document, schema: syncDocument, text };
};

function exitOf(
  connection: string,
  { isComplete, attentionCount }: { isComplete: boolean; attentionCount: number },
): ExitCode {
  if (connection !== 'online') return EXIT.unreachable;
  return isComplete && attentionCount === 0 ? EXIT.done : EXIT.findings;
}
