import type { AppContract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done } from '../../../shared/rpc/outcome.ts';
import { isoTime } from '../runtime/clock.ts';
import { scopeKey } from '../sync/scope-key.ts';
import type { EngineContext } from './engine-context.ts';

export const sync: Handlers<AppContract, EngineContext>['sync'] = {
  status({ accountId }, { repositories, connection, session, scheduler, storage, clock }) {
    const actor = session.actor();
    const queued = repositories.outbox.counts(actor, null);
    const imported = repositories.uploads.waitingCount(actor, null);
    const sid = accountId === null ? null : (repositories.accounts.key(accountId)?.sid ?? null);
    const lastContactAt = connection.lastContactAt();
    const looked = scheduler.lastLookAt();
    // A look at the tenant's feed that found nothing says of every complete part that it is still so.
    const seenAt = (scope: string): string | null => {
      const { syncedAt } = repositories.cursors.get(scope);
      return syncedAt !== null && looked !== null && isoTime(looked) > syncedAt ? isoTime(looked) : syncedAt;
    };
    return {
      connection: session.status() === 'signed-out' ? 'signed-out' : connection.state(),
      reason: storage.isFull() ? 'disk-full' : connection.reason(),
      lastContactAt: lastContactAt === null ? null : isoTime(lastContactAt),
      nextAttemptAt: scheduler.nextAttemptAt(),
      accountsSyncedAt: seenAt(scopeKey(null)),
      usersSyncedAt: sid === null ? null : seenAt(scopeKey(sid)),
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
