import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CACHE_MIGRATIONS } from '../../electron/engine/database/migrations/cache.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { foldText } from '../../shared/lib/fold-text.ts';
import { must } from '../../shared/lib/must.ts';
import { fetchEverything, LARGE_ACCOUNT, type BenchCloud } from './bench-cloud.ts';
import { openBenchEngine, type BenchEngine } from './bench-engine.ts';
import { byTurns, figure, timeOf, type Figure } from './figures.ts';

const RUNS = 3;
const PAGE_ROWS = 1000;
type Row = Readonly<Record<string, unknown>>;

/** First sync of about 100,000 users into an empty folder; the folder of the last run is what the queries are asked of. */
export async function ingestFigures(
  folder: string,
  cloud: BenchCloud,
): Promise<{ readonly figures: readonly Figure[]; readonly directory: string }> {
  const rates: Record<'sync' | 'network' | 'insert', number[]> = { sync: [], network: [], insert: [] };
  let directory = '';
  for (let run = 0; run < RUNS; run += 1) {
    directory = join(folder, `ingest-${run}`);
    mkdirSync(directory);
    let count = 0;
    const fetchMs = await timeOf(async () => {
      count = await fetchEverything(cloud.url);
    });
    const { engine } = await openBenchEngine(directory, cloud.url);
    const syncMs = await timeOf(() => engine.context.scheduler.once(new AbortController().signal));
    await engine.close();
    const insertMs = timeInserts(join(directory, 'cache.db'), join(directory, 'floor.db'));
    rates.network.push(perSecond(count, fetchMs));
    rates.sync.push(perSecond(count, syncMs));
    rates.insert.push(perSecond(count, insertMs));
  }
  const named = { name: 'first sync, 100,000 users', unit: 'rows/s', samples: rates.sync } as const;
  return {
    directory,
    figures: [
      figure({ ...named, floorName: 'raw inserts, same rows, indexes and FTS', floorSamples: rates.insert }),
      figure({ ...named, floorName: 'fetching the same pages, keeping nothing', floorSamples: rates.network }),
    ],
  };
}

/** The same rows into the same schema, with nothing between the statement and the file. */
function timeInserts(from: string, into: string): number {
  const source = new Database(from, { readonly: true });
  const rows = source.prepare<[], Row>('SELECT * FROM users ORDER BY rowid').all();
  const accounts = source.prepare<[], Row>('SELECT * FROM accounts').all();
  source.close();
  const store = openStore('cache', into, CACHE_MIGRATIONS);
  const { sql } = store;
  const insertInto = (table: string, row: Row) =>
    sql.prepare(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
    );
  const account = insertInto('accounts', must(accounts[0], 'there are accounts'));
  for (const row of accounts) account.run(...Object.values(row));
  const insert = insertInto('users', must(rows[0], 'there are users'));
  const index = sql.prepare('INSERT INTO users_fts (rowid, search_key) VALUES (?, ?)');
  const values = rows.map((row) => Object.values(row));
  const start = performance.now();
  for (let at = 0; at < rows.length; at += PAGE_ROWS) {
    sql.transaction(() => {
      for (const row of values.slice(at, at + PAGE_ROWS)) insert.run(...row);
      for (const row of rows.slice(at, at + PAGE_ROWS)) index.run(row['rowid'], row['search_key']);
    })();
  }
  const took = performance.now() - start;
  store.close();
  return took;
}

function perSecond(count: number, ms: number): number {
  return (count / ms) * 1000;
}

/** A page at a random place, and search as you type, in the account of 100,000 users. */
export async function queryFigures({ engine, client }: BenchEngine): Promise<readonly Figure[]> {
  const { rows } = await client.accounts.list({ state: 'ACTIVE', search: LARGE_ACCOUNT });
  const { id: accountId } = must(rows[0], 'the large account is in the demo');
  const { sql } = engine.repositories.cache;
  const { rowid: account } = must(engine.repositories.accounts.key(accountId), 'the large account is in the cache');
  const random = seeded(7);
  const keys = sql
    .prepare<[number], { nameKey: string; rowid: number; email: string }>(
      'SELECT name_key AS nameKey, rowid, email_key AS email FROM users WHERE account = ? ORDER BY name_key, rowid',
    )
    .all(account);
  const pick = (): number => Math.floor(random() * (keys.length - 200));
  const columns = 'rowid, lid, name, email, extension, role, source, is_registered, modified_at, modified_by, pending';
  const keyset = sql.prepare<[number, string, string, number], Row>(/* sql */ `
    SELECT ${columns} FROM users WHERE account = ? AND is_deleted = 0 AND name_key >= ? AND (name_key > ? OR rowid > ?)
    ORDER BY name_key, rowid LIMIT 100`);
  await client.users.page({ accountId, offset: 50_000, limit: 100 });
  const paged = await byTurns(200, {
    value: () => client.users.page({ accountId, offset: pick(), limit: 100 }),
    floor: () => {
      const { nameKey, rowid } = must(keys[pick()], 'a row of the account');
      return keyset.all(account, nameKey, nameKey, rowid);
    },
  });
  const page = { unit: 'ms', floorName: 'raw keyset page, same file', ...paged } as const;
  const figures = [
    figure({ ...page, name: 'page of 100 of 100,000, through the dispatcher' }),
    figure({ ...page, name: 'page of 100 of 100,000, p95', quantile: 0.95 }),
  ];
  const trigram = sql.prepare<[string, number], Row>(/* sql */ `
    SELECT u.${columns.replaceAll(', ', ', u.')} FROM users_fts CROSS JOIN users u ON u.rowid = users_fts.rowid
    WHERE users_fts MATCH ? AND u.account = ? AND u.is_deleted = 0 LIMIT 1001`);
  const prefix = sql.prepare<[number, string, string], Row>(
    `SELECT ${columns} FROM users WHERE account = ? AND is_deleted = 0 AND name_key >= ? AND name_key < ? || char(1114111) LIMIT 1001`,
  );
  for (let letters = 1; letters <= 10; letters += 1) {
    let text = '';
    const found = await byTurns(60, {
      floor: () => {
        text = foldText(must(keys[pick()], 'a row of the account').nameKey).replaceAll('"', '').slice(0, letters);
        return letters < 3 ? prefix.all(account, text, text) : trigram.all(`"${text}"`, account);
      },
      value: () => client.users.page({ accountId, search: text, limit: 100 }),
    });
    const search = {
      unit: 'ms',
      floorName: letters < 3 ? 'raw index prefix, 1,001 rows' : 'raw FTS match, 1,001 rows',
      ...found,
    } as const;
    const name = `search, ${letters} ${letters === 1 ? 'letter' : 'letters'}`;
    figures.push(
      figure({ ...search, name: `${name}, p50` }),
      figure({ ...search, name: `${name}, p95`, quantile: 0.95 }),
    );
  }
  return figures;
}

/** The same places in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
