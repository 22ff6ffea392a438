import { join } from 'node:path';
import { servicePath } from '../../shared/cloud/paths.ts';
import { must } from '../../shared/lib/must.ts';
import { startPaperCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild, type EngineChild } from './engine-child.ts';
import { figure, type Figure } from './figures.ts';
import { syncedAccounts, until } from './waiting.ts';

export const ROWS = 100_000;
export const RTT_MS = 50;
export const BATCH = 100;
export const CONNECTIONS = 4;
const CHUNK = 1000;

type Page = { readonly _links: { readonly next?: string }; readonly _embedded: { readonly items: readonly Account[] } };
type Account = { readonly accountId: string };

/** A first sync and a replay of 100,000 users behind a round trip of 50 ms, against what the round trips alone allow (SYNC 5.5). */
export async function networkFigures(folder: string, built: BuiltEngine): Promise<readonly Figure[]> {
  const cloud = await startPaperCloud(1, ROWS, RTT_MS);
  const engine = await startEngineChild(join(folder, 'network'), cloud.url, built);
  try {
    const [accountId] = await syncedAccounts(engine, 1);
    const syncedAt = performance.timeOrigin + performance.now();
    const { firstListAt } = await readJson<{ firstListAt: number }>(`${cloud.url}/asked`);
    const sync = perSecond(syncedAt - firstListAt);
    const pages = await fetchPages(cloud.url);
    const replay = await replayRows(engine, must(accountId, 'the account is here'));
    const batches = await sendBatches(cloud.url);
    const unit = 'rows/s';
    return [
      figure({
        ...{ name: `first sync of ${ROWS.toLocaleString('en')} users, round trip ${RTT_MS} ms`, unit },
        ...{ samples: [sync], floorName: 'the same pages one after the other, kept nowhere', floorSamples: [pages] },
      }),
      figure({
        ...{ name: `replay of ${ROWS.toLocaleString('en')} rows, batches of ${BATCH}, round trip ${RTT_MS} ms`, unit },
        ...{
          samples: [replay],
          floorName: `the same batches over ${CONNECTIONS} connections`,
          floorSamples: [batches],
        },
      }),
    ];
  } finally {
    await engine.stop();
    await cloud.stop();
  }
}

async function replayRows({ client, transport }: EngineChild, accountId: string): Promise<number> {
  await client.sync.setOffline({ offline: true });
  for (let from = 0; from < ROWS; from += CHUNK) {
    const input = { accountId, count: CHUNK, prefix: `replay${from}` };
    await transport.call({ operation: 'test.queueUpload', input });
  }
  const started = performance.now();
  await client.sync.setOffline({ offline: false });
  await until(async () => (await client.sync.status({ accountId: null })).waitingCount === 0);
  return perSecond(performance.now() - started);
}

async function fetchPages(url: string): Promise<number> {
  const started = performance.now();
  for (let next: string | undefined = `/accounts/${await accountOf(url)}/users?after=0`; next !== undefined;) {
    const path: string = next.startsWith('/admin/') ? next : servicePath('admin') + next;
    next = (await readJson<Page>(url + path))._links.next;
  }
  return perSecond(performance.now() - started);
}

async function accountOf(url: string): Promise<string> {
  const { _embedded: found } = await readJson<Page>(url + servicePath('admin', 'accounts'));
  return must(found.items[0], 'the cloud has an account').accountId;
}

/** As many rows as the replay sends, with nothing between the batches but the way there and back. */
export async function sendBatches(url: string): Promise<number> {
  const path = `${url}${servicePath('admin', 'accounts')}/${await accountOf(url)}/users`;
  const started = performance.now();
  let sent = 0;
  const connection = async (): Promise<void> => {
    while (sent < ROWS) {
      const from = sent;
      sent += BATCH;
      const operations = Array.from({ length: BATCH }, (_, index) => {
        const email = `floor.${from + index}@upload.example`;
        return { op: 'add', body: { firstName: `Floor${from + index}`, lastName: 'Uploaded', email, role: 'USER' } };
      });
      await (await fetch(path, { method: 'PATCH', body: JSON.stringify({ operations }) })).json();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return perSecond(performance.now() - started);
}

async function readJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

export function perSecond(ms: number): number {
  return (ROWS / ms) * 1000;
}
