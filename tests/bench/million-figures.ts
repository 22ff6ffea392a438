import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_MIGRATIONS } from '../../electron/engine/database/migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { createRepositories, type Repositories } from '../../electron/engine/database/repositories.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { accountsScope, usersScope } from '../../electron/engine/sync/scopes.ts';
import { versionWatch } from '../../electron/engine/sync/versions.ts';
import { must } from '../../shared/lib/must.ts';
import { figure, timeOf, type Figure } from './figures.ts';

const ACCOUNTS = 10;
const USERS_EACH = 100_000;
const SLICE = 100;
const SLICES_PER_COMMIT = 10;
const GIVEN = ['Ada', 'Bruno', 'Carla', 'Dario', 'Edith', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas'];
const FAMILY = ['Acker', 'Birch', 'Colwell', 'Dray', 'Eastman', 'Fenwick', 'Garrow', 'Holt', 'Ivey', 'Jessop', 'Kerr'];

/** A cache of a million users: written as a sync writes it, then asked as a person asks (SYNC 5.2, 5.5). */
export async function millionFigures(folder: string): Promise<readonly Figure[]> {
  mkdirSync(join(folder, 'million'), { recursive: true });
  const path = join(folder, 'million', 'cache.db');
  const cache = openStore('cache', path, CACHE_MIGRATIONS);
  const journal = openStore('journal', join(folder, 'million', 'journal.db'), JOURNAL_MIGRATIONS);
  const repositories = createRepositories(cache, journal, systemClock);
  const rates = { sync: [] as number[], insert: [] as number[] };
  makeAccounts(repositories);
  for (const account of repositories.accounts.all()) {
    const started = performance.now();
    writeAccount(repositories, { ...account, sid: account.sid ?? '' });
    rates.sync.push((USERS_EACH / (performance.now() - started)) * 1000);
  }
  rates.insert.push(await rawInserts(folder, repositories));
  const name = `ingest of ${(ACCOUNTS * USERS_EACH).toLocaleString('en')} users, search ready`;
  const floorName = 'raw inserts of the last 100,000, indexes and FTS';
  const ingest = figure({ name, unit: 'rows/s', samples: rates.sync, floorName, floorSamples: rates.insert });
  const asked = questions(repositories);
  const bytes = statSync(path).size / (ACCOUNTS * USERS_EACH);
  process.stderr.write(`  a million users: ${bytes.toFixed(0)} bytes each, ${memoryMb()} MB resident\n`);
  cache.close();
  journal.close();
  return [ingest, ...asked];
}

function makeAccounts(repositories: Repositories): void {
  const bodies = Array.from({ length: ACCOUNTS }, (_, index) => ({
    ...{ accountId: `00000000-0000-4000-8000-00000000000${index}`, accountNumber: `90000000${index}`, rev: 1 },
    ...{ name: `Customer ${index}`, active: true },
  }));
  repositories.cache.write((tx) => {
    const watch = versionWatch(tx, { repositories, clock: systemClock }, 'there');
    accountsScope(repositories).apply(tx, bodies, { gen: 1, watch, tellsNew: false });
  });
}

function writeAccount(
  repositories: Repositories,
  account: { rowid: number; lid: string; sid: string; name: string },
): void {
  const scope = usersScope(repositories, account);
  for (let from = 0; from < USERS_EACH; from += SLICE) {
    const bodies = Array.from({ length: SLICE }, (_, offset) => aUser(account, from + offset));
    repositories.cache.write((tx) => {
      const watch = versionWatch(tx, { repositories, clock: systemClock }, 'there');
      scope.apply(tx, bodies, { gen: 1, watch, tellsNew: false });
    }, 'stay-open');
    // As the sync does with a page.
    if ((from / SLICE) % SLICES_PER_COMMIT === SLICES_PER_COMMIT - 1) repositories.cache.settle();
  }
}

function aUser(account: { rowid: number; sid: string }, index: number): Readonly<Record<string, unknown>> {
  const first = GIVEN[(index * 7) % GIVEN.length] ?? '';
  const last = `${FAMILY[(index * 13) % FAMILY.length] ?? ''}${index}`;
  return {
    ...{ userId: `u-${account.rowid}-${index}`, accountId: account.sid, firstName: first, lastName: last },
    ...{ name: `${first} ${last}`, email: `${first}.${last}@c${account.rowid}.example`.toLowerCase(), role: 'USER' },
    ...{ extension: String(10_000 + index), source: 'ACCOUNTS', userVerified: true, rev: index + 1 },
  };
}

/** The last account once more into a file of its own, with nothing between the statement and the file. */
async function rawInserts(folder: string, repositories: Repositories): Promise<number> {
  type Row = Readonly<Record<string, unknown>>;
  const account = must(repositories.accounts.all().at(-1), 'there are accounts');
  const { sql: source } = repositories.cache;
  const rows = source.prepare<[number], Row>('SELECT * FROM users WHERE account = ?').all(account.rowid);
  const accounts = source.prepare<[], Row>('SELECT * FROM accounts').all();
  const store = openStore('cache', join(folder, 'million', 'floor.db'), CACHE_MIGRATIONS);
  const insertInto = (table: string, row: Row) =>
    store.sql.prepare(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
    );
  const home = insertInto('accounts', must(accounts[0], 'there are accounts'));
  for (const row of accounts) home.run(...Object.values(row));
  const insert = insertInto('users', must(rows[0], 'there are users'));
  const index = store.sql.prepare('INSERT INTO users_fts (rowid, search_key) VALUES (?, ?)');
  const took = await timeOf(() => {
    for (let at = 0; at < rows.length; at += 1000)
      store.sql.transaction(() => {
        for (const row of rows.slice(at, at + 1000)) insert.run(...Object.values(row));
        for (const row of rows.slice(at, at + 1000)) index.run(row['rowid'], row['search_key']);
      })();
  });
  store.close();
  return (rows.length / took) * 1000;
}

function questions(repositories: Repositories): readonly Figure[] {
  const accounts = repositories.accounts.all();
  const { sql } = repositories.cache;
  const point = sql.prepare('SELECT lid FROM users WHERE rowid = ?');
  const floor = { floorName: 'one row by its key', floorSamples: [] as number[] };
  const pages: number[] = [];
  const searches: number[] = [];
  const now = (work: () => unknown): number => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };
  for (const { rowid } of accounts) repositories.users.page(rowid, '', { offset: 0, limit: 100 });
  for (let turn = 0; turn < 1000; turn += 1) {
    const account = must(accounts[turn % accounts.length], 'an account').rowid;
    floor.floorSamples.push(now(() => point.get(1 + ((turn * 7919) % (ACCOUNTS * USERS_EACH)))));
    pages.push(now(() => repositories.users.page(account, '', { offset: (turn * 104_729) % 99_000, limit: 100 })));
    const words = [`colwell${(turn * 97) % 90_000}`, 'ada', String(10_000 + ((turn * 31) % 80_000)), 'ed', 'holt1'];
    searches.push(
      now(() => repositories.users.page(account, words[turn % words.length] ?? '', { offset: 0, limit: 100 })),
    );
  }
  return [0.5, 0.95, 0.99].flatMap((quantile) => [
    figure({
      ...floor,
      name: `page of 100 in a million users, p${quantile * 100}`,
      unit: 'ms',
      samples: pages,
      quantile,
    }),
    figure({
      ...floor,
      name: `search in a million users, p${quantile * 100}`,
      unit: 'ms',
      samples: searches,
      quantile,
    }),
  ]);
}

function memoryMb(): number {
  return Math.round(process.memoryUsage.rss() / 1024 / 1024);
}
