import type { Repositories } from '../database/repositories.ts';
import { changesOf, type Cloud } from './cloud.ts';

/** What a look at the tenant's feed says. */
export type TenantNews = {
  /** Server ids of accounts in which anything moved; null: look at everything. */
  readonly accounts: ReadonlySet<string> | null;
  /** Everything named has been fetched: the next look starts from here. */
  remember(): void;
};

const KEY = 'tenant';

/** Ours: one request tells which of thousands of accounts to look at. Without the capability every account is asked. */
export function createTenantFeed(options: {
  readonly repositories: Pick<Repositories, 'cache' | 'cursors'>;
  readonly cloud: Cloud;
}): { look(signal: AbortSignal, isFull: boolean): Promise<TenantNews | null> } {
  const { repositories, cloud } = options;
  const { cache, cursors } = repositories;

  function remember(token: string | null): void {
    const cursor = cursors.get(KEY);
    if (cursor.token !== token) cache.write((tx) => cursors.save(tx, KEY, { ...cursor, token }));
  }

  async function read(since: string | null, signal: AbortSignal) {
    const query = since === null ? '' : `?since=${encodeURIComponent(since)}`;
    const answer = await cloud.send({ method: 'GET', service: 'admin', path: `changes${query}`, signal });
    if (answer.kind === 'refused') return 'refused';
    return answer.kind === 'ok' ? changesOf(answer.body) : null;
  }

  return {
    async look(signal, isFull) {
      const capabilities = await cloud.capabilities();
      if (!capabilities) return null;
      const everything = { accounts: null, remember: () => remember(null) };
      if (!capabilities.tenantFeed) return everything;
      const accounts = new Set<string>();
      // Without a token the cloud answers the one to start from, before anything is fetched: what moves meanwhile is in the next look.
      const known = cursors.get(KEY).token;
      for (let since = known; ;) {
        const page = await read(since, signal);
        if (page === null) return null;
        if (page === 'refused') return everything;
        for (const { id } of page.items) accounts.add(id);
        since = page.token;
        if (page.hasMore) continue;
        // Nothing moved: the old token is as good as the new one, and a look that finds nothing writes nothing (L13).
        const isNews = known === null || accounts.size > 0;
        return {
          accounts: isFull || known === null ? null : accounts,
          remember: () => (isNews ? remember(since) : undefined),
        };
      }
    },
  };
}
