import { setTimeout as pause } from 'node:timers/promises';
import type { AccountId } from '../../shared/model/ids.ts';
import type { EngineChild } from './engine-child.ts';

const LOOK_EVERY_MS = 15;

export async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await pause(LOOK_EVERY_MS);
}

/** The accounts of the cloud, once all of them are here with their users. */
export async function syncedAccounts({ client }: EngineChild, count: number): Promise<readonly AccountId[]> {
  const synced = new Set<AccountId>();
  await until(async () => {
    const { rows } = await client.accounts.list({ state: 'ACTIVE', search: '' });
    for (const { id } of rows) {
      if (synced.has(id)) continue;
      if ((await client.sync.status({ accountId: id })).usersSyncedAt !== null) synced.add(id);
    }
    return synced.size === count;
  });
  return [...synced];
}

/** An account without users, so that every row is a new one; the engine has fetched what it fetches first. */
export async function emptyAccount({ client }: EngineChild): Promise<AccountId> {
  for (;;) {
    const { rows } = await client.accounts.list({ state: 'ACTIVE', search: 'Saltmarsh' });
    const account = rows[0];
    if (account) {
      const { isSyncing, usersSyncedAt } = await client.sync.status({ accountId: account.id });
      if (!isSyncing && usersSyncedAt !== null) return account.id;
    }
    await pause(LOOK_EVERY_MS);
  }
}
