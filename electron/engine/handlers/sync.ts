import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done } from '../../../shared/rpc/outcome.ts';
import { isoTime } from '../runtime/clock.ts';
import type { EngineContext } from './engine-context.ts';

export const sync: Handlers<AppContract, EngineContext>['sync'] = {
  status({ accountId }, { repositories, connection, session, scheduler, storage, clock }) {
    const actor = session.actor();
    const queued = repositories.outbox.counts(actor, null);
    const imported = repositories.uploads.waitingCount(actor, null);
    const sid = accountId === null ? null : (repositories.accounts.key(accountId)?.sid ?? null);
    const lastContactAt = connection.lastContactAt();
    return {
      connection: session.status() === 'signed-out' ? 'signed-out' : connection.state(),
      reason: storage.isFull() ? 'disk-full' : connection.reason(),
      lastContactAt: lastContactAt === null ? null : isoTime(lastContactAt),
      nextAttemptAt: scheduler.nextAttemptAt(),
      accountsSyncedAt: repositories.cursors.get('accounts').syncedAt,
      usersSyncedAt: sid === null ? null : repositories.cursors.get(`users:${sid}`).syncedAt,
      isSyncing: scheduler.isSyncing(),
      waitingCount: queued.waitingCount + imported.waitingCount,
      attentionCount: queued.attentionCount + imported.attentionCount,
      now: isoTime(clock.now()),
    };
  },
  now({ accountId }, { scheduler }) {
    scheduler.prefer(accountId);
    scheduler.wake('person');
    return done({});
  },
  setOffline({ offline }, { connection, scheduler }) {
    connection.setOffline(offline);
    if (!offline) scheduler.wake('person');
    return done({});
  },
};
