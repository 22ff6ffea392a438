import { syncStatusDocument } from '../../../shared/contract/queue-documents.ts';
import { EXIT } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import type { Command, Result } from './command.ts';

/** Where things stand, without talking to the cloud. */
export const syncStatus: Command = (_line, session) => statusOf(session);

/** Syncs until Ctrl+C; one line, or one document, whenever something moved. */
export async function syncWatch(session: ConsoleSession, print: (result: Result) => void): Promise<void> {
  const { scheduler } = session.engine.context;
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  scheduler.start();
  let last = '';
  while (!stop.signal.aborted) {
    const status = await statusOf(session);
    if (status.text !== last) print(status);
    last = status.text;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 500);
      stop.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}

async function statusOf({ client }: ConsoleSession): Promise<Result> {
  const [status, state, offline, conflicts] = await Promise.all([
    client.sync.status({ accountId: null }),
    client.session.state({}),
    client.offline.state({}),
    client.conflicts.list({ accountId: null, limit: 1 }),
  ]);
  const { connection, reason, accountsSyncedAt, waitingCount, attentionCount } = status;
  const document = {
    ...{ command: 'sync status', version: 1, connection, reason, status: state.status },
    person: state.identity?.name ?? '',
    ...{ accountsSyncedAt, waitingCount, attentionCount, conflictCount: conflicts.total },
    isReadyForOffline: offline.isReady,
    checks: offline.checks.map(({ what, state: isReady, accountName, syncedAt }) => ({
      ...{ what, state: isReady, accountName, syncedAt },
    })),
  };
  const text =
    `${connection}${reason === 'none' ? '' : ` (${reason})`}; ${waitingCount} changes wait, ${attentionCount} need attention, ` +
    `${conflicts.total} conflicts; accounts of ${accountsSyncedAt ?? 'never'}; ${offline.isReady ? 'ready' : 'not ready'} for work without a network.\n`;
  return { exit: attentionCount > 0 ? EXIT.findings : EXIT.done, document, schema: syncStatusDocument, text };
}
