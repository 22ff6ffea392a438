import { NOTHING_ASSIGNABLE } from '../../shared/model/assignables.ts';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { DatabaseFromFuture, migrate, type Migration } from '../../electron/engine/database/migrate.ts';
import { CACHE_MIGRATIONS } from '../../electron/engine/database/migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { createRepositories } from '../../electron/engine/database/repositories.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { must } from '../../shared/lib/must.ts';
import { aFolder } from '../harness/start-engine.ts';

const FOLDER = fileURLToPath(new URL('../../electron/engine/database/migrations', import.meta.url));
const SUMS = fileURLToPath(new URL('shipped-migrations.json', import.meta.url));

test('SYNC 3.10: from empty, both files get their whole schema, and opening them again changes nothing', () => {
  const folder = aFolder();
  for (const [name, migrations] of [
    ['cache', CACHE_MIGRATIONS],
    ['journal', JOURNAL_MIGRATIONS],
  ] as const) {
    const path = join(folder, `${name}.db`);
    const schema = (): unknown => {
      const store = openStore(name, path, migrations);
      const rows = store.sql
        .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat_' ORDER BY name")
        .all();
      expect(store.sql.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version);
      expect(store.sql.pragma('integrity_check', { simple: true })).toBe('ok');
      store.close();
      return rows;
    };
    const first = schema();
    expect(first).not.toEqual([]);
    expect(schema()).toEqual(first);
  }
  expect(readdirSync(folder).filter((file) => file.endsWith('.bak'))).toEqual([]);
});

test('SYNC 3.10: versions rise one by one', () => {
  for (const migrations of [CACHE_MIGRATIONS, JOURNAL_MIGRATIONS]) {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  }
});

test('SYNC 3.10: a journal of the first release gets the later steps, keeps its rows, and a copy of it is set aside', () => {
  const path = join(aFolder(), 'journal.db');
  const old = openStore('journal', path, JOURNAL_MIGRATIONS.slice(0, 1));
  old.sql.prepare("INSERT INTO meta (key, value) VALUES ('kept', 'yes')").run();
  old.close();
  const store = openStore('journal', path, JOURNAL_MIGRATIONS);
  expect(store.sql.prepare("SELECT value FROM meta WHERE key = 'kept'").pluck().get()).toBe('yes');
  expect(store.sql.prepare('SELECT count(*) FROM imports').pluck().get()).toBe(0);
  store.close();
  const copy = new Database(`${path}.v1.bak`, { readonly: true });
  expect(copy.prepare("SELECT value FROM meta WHERE key = 'kept'").pluck().get()).toBe('yes');
  copy.close();
});

test('SYNC 3.10: users of a cache of the first release are found by list, search and id after they moved to the range of their account', () => {
  const path = join(aFolder(), 'cache.db');
  const old = openStore('cache', path, CACHE_MIGRATIONS.slice(0, 2));
  const account = old.sql.prepare(/* sql */ `
    INSERT INTO accounts SELECT ?, ?, NULL, '', '', '', '', '', '', '', '', '', '', 0, 1, '', '', '', '', 0, 0, 0, NULL, '', NULL, '', '', '',
      NULL, NULL, NULL, 0, 0, 0`);
  const user = old.sql.prepare(/* sql */ `
    INSERT INTO users (lid, account, first_name, last_name, name, email, mobile, extension, role, source, is_registered, modified_by,
      name_key, email_key, search_key) VALUES (?, ?, '', '', ?, '', '', '', '', '', 0, '', ?, '', ?)`);
  for (const id of [1, 2]) account.run(id, `account-${id}`);
  const index = old.sql.prepare('INSERT INTO users_fts (rowid, search_key) VALUES (?, ?)');
  old.write(() => {
    for (let at = 0; at < 12_000; at += 1) {
      const name = `person-${at}`;
      index.run(user.run(`user-${at}`, 1 + (at % 2), name, name, name).lastInsertRowid, name);
    }
  });
  old.close();
  const cache = openStore('cache', path, CACHE_MIGRATIONS);
  const { users } = createRepositories(cache, openStore('journal', ':memory:', JOURNAL_MIGRATIONS), systemClock);
  for (const id of [1, 2]) {
    expect(users.page(id, '', { offset: 0, limit: 1 }).total).toBe(6000);
    const { rows, total } = users.page(id, 'person-1199', { offset: 0, limit: 10 });
    expect(rows.map(({ name }) => name)).toEqual(
      id === 1
        ? ['person-11990', 'person-11992', 'person-11994', 'person-11996', 'person-11998']
        : ['person-1199', 'person-11991', 'person-11993', 'person-11995', 'person-11997', 'person-11999'],
    );
    expect(total).toBe(rows.length);
  }
  expect(users.get('user-7')?.name).toBe('person-7');
  expect(cache.sql.pragma('integrity_check', { simple: true })).toBe('ok');
  cache.close();
});

test('SYNC 3.10: a file of a newer program is refused and left as it is', () => {
  const path = join(aFolder(), 'journal.db');
  const future: Migration = { version: 99, name: 'future', up: (sql) => void sql.exec('CREATE TABLE later (a)') };
  openStore('journal', path, [...JOURNAL_MIGRATIONS, future]).close();
  const before = readFileSync(path);
  expect(() => openStore('journal', path, JOURNAL_MIGRATIONS)).toThrow(DatabaseFromFuture);
  expect(readFileSync(path).equals(before)).toBe(true);
  const again = openStore('journal', path, [...JOURNAL_MIGRATIONS, future]);
  expect(again.sql.prepare('SELECT count(*) FROM later').pluck().get()).toBe(0);
  again.close();
});

test('SYNC 3.10: a step that fails leaves the file at the version before it', () => {
  const path = join(aFolder(), 'journal.db');
  const broken: Migration = {
    version: 99,
    name: 'broken',
    up: (sql) => void sql.exec('CREATE TABLE half (a); INSERT INTO nowhere VALUES (1)'),
  };
  expect(() => openStore('journal', path, [...JOURNAL_MIGRATIONS, broken])).toThrow(/nowhere/u);
  const store = openStore('journal', path, JOURNAL_MIGRATIONS);
  expect(store.sql.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
  store.close();
});

test('SYNC 3.10: a step that breaks a reference stops the program', () => {
  const sql = new Database(':memory:');
  sql.exec(
    'PRAGMA foreign_keys = OFF; CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (p REFERENCES parent (id))',
  );
  const orphan: Migration = { version: 1, name: 'orphan', up: (db) => void db.exec('INSERT INTO child VALUES (1)') };
  expect(() => migrate(sql, ':memory:', [orphan])).toThrow(/1 broken reference/u);
  sql.close();
});

// A shipped step is frozen: laptops have run it. FIELDLINK_UPDATE_SNAPSHOTS=1 writes the sums of steps that were not shipped yet.
test('SYNC 3.10: shipped steps are unchanged', () => {
  const files = readdirSync(FOLDER)
    .filter((file) => /-\d{4}-/u.test(file))
    .toSorted();
  const sums = Object.fromEntries(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(sqlOf(readFileSync(join(FOLDER, file), 'utf8')))
        .digest('hex'),
    ]),
  );
  if (process.env['FIELDLINK_UPDATE_SNAPSHOTS'] || !existsSync(SUMS))
    writeFileSync(SUMS, `${JSON.stringify(sums, null, 2)}\n`);
  expect(sums).toEqual(JSON.parse(readFileSync(SUMS, 'utf8')));
});

/** What reaches the database: comments and layout may change. */
function sqlOf(source: string): string {
  const body = /sql\.exec\(\/\* sql \*\/ `([^]*?)`\)/u.exec(source)?.[1] ?? source;
  return body.replaceAll(/--.*$/gmu, '').replaceAll(/\s+/gu, ' ').trim();
}

/** An account as the first releases wrote it. */
const HARBOUR = /* sql */ `
    INSERT INTO accounts (lid, sid, name, country, street, city, state_or_province, zip_code, language_code, business_type,
      support_contacts, account_number, is_partner_account, is_active, source, cloud_location, sap_customer_number, pbx_type,
      is_guest_access_allowed, is_delegated_authentication_allowed, user_limit, created_by, modified_at, modified_by, name_key, search_key, rev)
    VALUES ('a', 's', 'Harbour', '', '', '', '', '', '', '', '[]', '', 0, 1, '', '', '', '', 0, 0, 0, '', '2026-01-01T00:00:00.000Z', '',
      'harbour', 'harbour', 7);`;

test('SYNC 3.10: a cache that was filled before custom roles were known lists its accounts once more, and writes them', () => {
  const path = join(aFolder(), 'cache.db');
  const old = openStore('cache', path, CACHE_MIGRATIONS.slice(0, 3));
  old.sql.exec(/* sql */ `
    ${HARBOUR}
    INSERT INTO cursor (scope, token, gen) VALUES ('accounts', 'old', 3), ('users:s', 'kept', 2);
  `);
  old.close();
  const before = openStore('cache', path, CACHE_MIGRATIONS.slice(0, 4));
  expect(before.sql.prepare('SELECT scope, token, gen FROM cursor ORDER BY scope').all()).toEqual([
    { scope: 'accounts', token: null, gen: 3 },
    { scope: 'users:s', token: 'kept', gen: 2 },
  ]);
  before.close();
  const store = openStore('cache', path, CACHE_MIGRATIONS);
  const journal = openStore('journal', join(aFolder(), 'journal.db'), JOURNAL_MIGRATIONS);
  const { accounts, cache } = createRepositories(store, journal, systemClock);
  expect(accounts.get('a')).toMatchObject({ name: 'Harbour', customRoles: [] });
  const record = { ...must(accounts.state('a')?.base, 'the record'), rev: 7, customRoles: ['Reception Desk'] };
  cache.write((tx) => accounts.applyServer(tx, [{ record, lid: 'a', overlay: null }], 4));
  expect(accounts.get('a')).toMatchObject({ customRoles: ['Reception Desk'] });
  store.close();
  journal.close();
});

test('SYNC 3.10: a cache that was filled before welcome e-mails were known lists its users once more, and writes them', () => {
  const path = join(aFolder(), 'cache.db');
  const old = openStore('cache', path, CACHE_MIGRATIONS.slice(0, 4));
  const fields =
    '{"firstName":"Una","lastName":"One","name":"","email":"una@new.example","mobile":"","extension":"","role":"USER"}';
  old.sql.exec(/* sql */ `
    ${HARBOUR}
    INSERT INTO users (lid, sid, account, first_name, last_name, name, email, mobile, extension, role, source, is_registered, modified_by,
      name_key, email_key, search_key, rev, base_doc, pending)
    VALUES ('u', 'su', 1, 'Una', 'Two', '', 'una@new.example', '', '', 'USER', 'ACCOUNTS', 0, '', 'una two', 'una@new.example', 'una', 5,
      '{"sid":"su","accountSid":"s","rev":5,"source":"ACCOUNTS","isRegistered":false,"modifiedBy":"","fields":${fields}}', 2);
    INSERT INTO cursor (scope, token, gen) VALUES ('users:s', 'old', 2);
  `);
  old.close();
  const store = openStore('cache', path, CACHE_MIGRATIONS);
  expect(store.sql.prepare('SELECT scope, token, gen FROM cursor').all()).toEqual([
    { scope: 'users:s', token: null, gen: 2 },
  ]);
  const journal = openStore('journal', join(aFolder(), 'journal.db'), JOURNAL_MIGRATIONS);
  const { users, cache } = createRepositories(store, journal, systemClock);
  const base = must(users.state('u')?.base, 'the record below');
  expect(base.fields).toMatchObject({ lastName: 'One', welcomeEmailOn: '' });
  const welcomeEmailOn = '2026-02-01T08:00:00.000Z';
  const record = { ...base, rev: 5, fields: { ...base.fields, welcomeEmailOn } };
  cache.write((tx) => users.applyServer(tx, 1, [{ record, lid: 'u', overlay: null }], 3));
  expect(users.get('u')).toMatchObject({ lastName: 'One', welcomeEmailOn });
  store.close();
  journal.close();
});

test('SYNC 3.10: a cache that was filled before licenses were known lists everything once more, and writes it', () => {
  const path = join(aFolder(), 'cache.db');
  const old = openStore('cache', path, CACHE_MIGRATIONS.slice(0, 5));
  const fields =
    '{"firstName":"Una","lastName":"One","name":"","email":"una@new.example","mobile":"","extension":"","role":"USER","welcomeEmailOn":""}';
  old.sql.exec(/* sql */ `
    ${HARBOUR}
    INSERT INTO users (lid, sid, account, first_name, last_name, name, email, mobile, extension, role, source, is_registered, modified_by,
      name_key, email_key, search_key, rev, base_doc, pending)
    VALUES ('u', 'su', 1, 'Una', 'Two', '', 'una@new.example', '', '', 'USER', 'ACCOUNTS', 0, '', 'una two', 'una@new.example', 'una', 5,
      '{"sid":"su","accountSid":"s","rev":5,"source":"ACCOUNTS","isRegistered":false,"modifiedBy":"","fields":${fields}}', 2);
    INSERT INTO cursor (scope, token, gen) VALUES ('accounts', 'old', 3), ('users:s', 'old', 2);
  `);
  old.close();
  const store = openStore('cache', path, CACHE_MIGRATIONS);
  expect(store.sql.prepare('SELECT DISTINCT token FROM cursor').pluck().all()).toEqual([null]);
  const journal = openStore('journal', join(aFolder(), 'journal.db'), JOURNAL_MIGRATIONS);
  const { accounts, users, cache } = createRepositories(store, journal, systemClock);
  expect(accounts.get('a')?.assignables).toEqual(NOTHING_ASSIGNABLE);
  const base = must(users.state('u')?.base, 'the record below');
  expect(base.fields).toMatchObject({ lastName: 'One', mitelOne: '', tags: '' });
  const record = { ...base, rev: 5, fields: { ...base.fields, mitelOne: 'PREMIER' } };
  cache.write((tx) => users.applyServer(tx, 1, [{ record, lid: 'u', overlay: null }], 3));
  expect(users.get('u')).toMatchObject({ lastName: 'One', mitelOne: 'PREMIER' });
  expect(users.licensed(1).get('MITEL_ONE_PREMIER')).toBe(1);
  store.close();
  journal.close();
});

test('SYNC 3.10: uploads of a journal from before licenses keep their rows and what they are for', () => {
  const path = join(aFolder(), 'journal.db');
  const old = openStore('journal', path, JOURNAL_MIGRATIONS.slice(0, 9));
  old.sql.exec(/* sql */ `
    INSERT INTO import_batches (import_id, actor, account_lid, file_name, created_at, is_welcome)
    VALUES ('i', 'me', 'a', 'people.csv', '', 0), ('w', 'me', 'a', 'Welcome emails', '', 1);
    INSERT INTO import_items (import_id, row, lid, idem_key, state, first_name, last_name, name, email, role, email_key)
    VALUES ('i', 1, 'u', 'k', 'queued', 'Una', 'One', '', 'una@new.example', 'USER', 'una@new.example');
  `);
  old.close();
  const cache = openStore('cache', join(aFolder(), 'cache.db'), CACHE_MIGRATIONS);
  const journal = openStore('journal', path, JOURNAL_MIGRATIONS);
  const { uploads } = createRepositories(cache, journal, systemClock);
  expect(uploads.list('me', 'a').map(({ importId, purpose }) => [importId, purpose])).toEqual([
    ['i', ''],
    ['w', 'welcome'],
  ]);
  expect(uploads.ready('i', 1, 10)).toMatchObject([{ firstName: 'Una', mitelOne: '', tags: '', state: 'queued' }]);
  cache.close();
  journal.close();
});
