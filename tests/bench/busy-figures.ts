import { join } from 'node:path';
import { must } from '../../shared/lib/must.ts';
import type { AccountId } from '../../shared/model/ids.ts';
import { LARGE_ACCOUNT, type BenchCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild, type EngineChild } from './engine-child.ts';
import { figure, quantileOf, type Figure } from './figures.ts';

const ROWS = 100_000;
const CHUNK = 1000;
const IDLE_SAMPLES = 600;
const PAUSE_MS = 15;

/** What a person asks for while looking around: lists, a page deep in an account, a search, a record, the outbox. */
async function ask({ client }: EngineChild, accountId: AccountId, turn: number): Promise<number> {
  const asked = performance.now();
  switch (turn % 5) {
    case 0:
      await client.accounts.list({ state: 'ACTIVE', search: '' });
      break;
    case 1:
      await client.users.page({ accountId, offset: (turn * 977) % 90_000, limit: 100 });
      break;
    case 2:
      await client.users.page({ accountId, search: ['ann', 'lee', 'ro', 'mart'][turn % 4] ?? '', limit: 100 });
      break;
    case 3:
      await client.sync.status({ accountId });
      break;
    default:
      await client.outbox.list({ accountId: null });
  }
  return performance.now() - asked;
}

/** Interactive queries on an idle engine, and while a full first sync and a 100,000-row replay run (SYNC 5.5, DESIGN speed floor). */
export async function busyFigures(
  folder: string,
  { cloud, engine: built }: { readonly cloud: BenchCloud; readonly engine: BuiltEngine },
): Promise<readonly Figure[]> {
  const idle: number[] = [];
  const busy: number[] = [];
  const quiet = await startEngineChild(join(folder, 'busy-idle'), cloud.url, built);
  const home = await accountOf(quiet);
  await synced(quiet, home);
  for (let turn = 0; turn < IDLE_SAMPLES; turn += 1) {
    idle.push(await ask(quiet, home, turn));
    await pause();
  }
  await quiet.stop();

  const engine = await startEngineChild(join(folder, 'busy'), cloud.url, built);
  const accountId = await accountOf(engine);
  const target = must(
    (await engine.client.accounts.list({ state: 'ACTIVE', search: '' })).rows.find(({ id }) => id !== accountId),
    'another account',
  );
  const began = performance.now();
  // In pieces: a real Upload stages its rows before, and hands them over in one small transaction.
  for (let from = 0; from < ROWS; from += CHUNK) {
    const input = { accountId: target.id, count: CHUNK, prefix: `busy${from}` };
    await engine.transport.call({ operation: 'test.queueUpload', input });
  }
  let isDone = false;
  for (let turn = 0; !isDone; turn += 1) {
    busy.push(await ask(engine, accountId, turn));
    await pause();
    if (turn % 50 === 0) {
      const { waitingCount, isSyncing, usersSyncedAt } = await engine.client.sync.status({ accountId });
      isDone = waitingCount === 0 && !isSyncing && usersSyncedAt !== null;
    }
  }
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(
    `  busy: ${busy.length} queries in ${seconds.toFixed(0)} s; p99 ${quantileOf(busy, 0.99).toFixed(1)} ms, idle ${quantileOf(idle, 0.99).toFixed(1)} ms; engine peak ${engine.memory().peak.toFixed(0)} MB\n`,
  );
  await engine.stop();
  return [0.5, 0.95, 0.99, 1].map((quantile) =>
    figure({
      name: `interactive query during first sync and ${ROWS.toLocaleString('en')}-row replay, ${quantile === 1 ? 'worst' : `p${quantile * 100}`}`,
      unit: 'ms',
      samples: busy,
      floorName: 'the same on an idle engine',
      floorSamples: idle,
      quantile,
    }),
  );
}

async function accountOf({ client }: EngineChild): Promise<AccountId> {
  for (;;) {
    const { rows } = await client.accounts.list({ state: 'ACTIVE', search: LARGE_ACCOUNT });
    if (rows[0]) return rows[0].id;
    await pause();
  }
}

async function synced({ client }: EngineChild, accountId: AccountId): Promise<void> {
  for (;;) {
    const { isSyncing, usersSyncedAt } = await client.sync.status({ accountId });
    if (!isSyncing && usersSyncedAt !== null) return;
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
