import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from '../../../electron/engine/database/migrate.ts';
import { JOURNAL_MIGRATIONS } from '../../../electron/engine/database/migrations/journal.ts';
import { checkJournal } from '../../../electron/engine/database/safety/check-store.ts';
import { closeProfile, openProfile } from '../../../electron/engine/database/safety/open-profile.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import type { Layer, LayerOptions, Violation } from '../layer.ts';

const AT = '2026-11-02T08:00:00.000Z';
const STATES = ['queued', 'inflight', 'unknown', 'waiting', 'conflict', 'quarantine'] as const;

/** SYNC 4.2, L9. One run: a journal of a shipped version with random work, the upgrade killed at a random statement, the next start. */
export const layer: Layer = {
  name: 'L9',
  title: 'migration',
  unit: 'killed upgrades',
  perCommit: 1000,
  nightly: 50_000,
  run({ seed, runs, stopAtFirst, progress }: LayerOptions) {
    const violations: Violation[] = [];
    const counts: Record<string, number> = {};
    let done = 0;
    while (done < runs) {
      if (stopAtFirst && violations.length > 0) break;
      done += 1;
      const random = seededRandom(seed * 1_000_003 + done);
      const version = 1 + (done % JOURNAL_MIGRATIONS.length);
      const problems = upgradeOnce(version, random);
      counts[`from ${version}`] = (counts[`from ${version}`] ?? 0) + 1;
      for (const what of problems)
        violations.push({ invariant: 'I2', seed, run: done, what, trace: [`from ${version}`] });
      progress(done);
    }
    return Promise.resolve({ runs: done, counts, violations });
  },
};

function upgradeOnce(version: number, random: () => number): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-upgrade-'));
  try {
    const [live, left] = ['live', 'left'].map((name) => join(folder, name)) as [string, string];
    mkdirSync(live);
    const path = join(live, 'journal.db');
    const old = connect(path);
    for (const step of JOURNAL_MIGRATIONS) {
      if (step.version > version) break;
      step.up(old);
      old.pragma(`user_version = ${step.version}`);
    }
    const expected = addWork(old, version, random);
    // Half of the time the last work is only in the log, as after a crash.
    if (random() < 0.5) old.close();
    killUpgrade(path, random, () => cpSync(live, left, { recursive: true, force: true }));
    if (old.open) old.close();
    const profile = openProfile(left, AT);
    const problems = [...checkJournal(profile.journal.sql)];
    if (profile.rescues.length > 0)
      problems.push(`a killed upgrade was taken for damage: ${profile.rescues[0]?.detail}`);
    if (profile.journal.sql.pragma('user_version', { simple: true }) !== JOURNAL_MIGRATIONS.at(-1)?.version)
      problems.push('not brought up to date');
    if (JSON.stringify(workIn(profile.journal.sql)) !== JSON.stringify(expected)) problems.push('work differs');
    closeProfile(profile);
    return problems;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function connect(path: string, verbose?: () => void): Database.Database {
  const sql = new Database(path, verbose ? { verbose } : {});
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = OFF');
  return sql;
}

/** Runs the upgrade and takes the files as they lie on the disk when the statement of the kill begins. */
function killUpgrade(path: string, random: () => number, take: () => void): void {
  const killAt = Math.floor(random() * 24);
  let statements = 0;
  let isTaken = false;
  const sql = connect(path, () => {
    if (statements === killAt && !isTaken) {
      isTaken = true;
      take();
    }
    statements += 1;
  });
  // Small, so that an unfinished transaction reaches the log.
  sql.pragma('cache_size = 1');
  migrate(sql, path, JOURNAL_MIGRATIONS);
  if (!isTaken) take();
  sql.close();
}

function addWork(sql: Database.Database, version: number, random: () => number): unknown {
  const insert = sql.prepare(/* sql */ `
    INSERT INTO outbox (op_id, group_id, actor, type, lid, account_lid, kind, patch, seen, schema_version, state, idem_key, created_at
      ${version < 4 ? '' : ', place'})
    VALUES (?, ?, 'a', 'user', ?, 'account-1', ?, ?, '{}', 1, ?, ?, ? ${version < 4 ? '' : ', ?'})`);
  const mint = sql.prepare("INSERT INTO idmap (lid, type, sid, created_at) VALUES (?, 'user', NULL, ?)");
  const depend = sql.prepare('INSERT INTO op_dep (seq, needs_lid) VALUES (?, ?)');
  sql.transaction(() => {
    for (let index = 0; index < 1 + random() * 30; index += 1) {
      const id = `op-${index}-${Math.floor(random() * 1e9)}`;
      const state = STATES[Math.floor(random() * STATES.length)] ?? 'queued';
      const kind = random() < 0.5 ? 'create' : 'patch';
      const patch = JSON.stringify({ firstName: 'n'.repeat(Math.floor(random() ** 3 * 8000)) });
      const { lastInsertRowid } = insert.run(
        ...[id, id, `lid-${id}`, kind, patch, state, id, AT],
        ...(version < 4 ? [] : [index + 1]),
      );
      if (kind === 'create') mint.run(`lid-${id}`, AT);
      if (random() < 0.3) depend.run(lastInsertRowid, `lid-${id}`);
    }
    sql
      .prepare(
        "INSERT INTO import_batches (import_id, actor, account_lid, file_name, created_at) VALUES ('i', 'a', 'account-1', 'a.csv', ?)",
      )
      .run(AT);
    const item = sql.prepare(/* sql */ `
      INSERT INTO import_items (import_id, row, lid, idem_key, state, first_name, last_name, name, email, role, email_key)
      VALUES ('i', ?, ?, ?, 'queued', 'f', 'l', 'n', ?, 'USER', ?)`);
    for (let row = 1; row < random() * 40; row += 1)
      item.run(row, `lid-i-${row}`, `key-${row}`, `${row}@x.example`, `${row}`);
    if (version < 2) return;
    sql
      .prepare(
        "INSERT INTO imports (id, actor, account_lid, file_name, path, state, created_at, updated_at) VALUES ('i', 'a', 'account-1', 'a.csv', '/a', 'preview', ?, ?)",
      )
      .run(AT, AT);
  })();
  return workIn(sql);
}

/** Everything a person would miss, as the first version knew it. */
function workIn(sql: Database.Database): unknown {
  const outbox = 'seq, op_id, group_id, actor, type, lid, account_lid, kind, patch, seen, state, idem_key, created_at';
  const items =
    'import_id, row, lid, idem_key, state, first_name, last_name, name, email, role, email_key, first_sent_at';
  return [
    sql.prepare(`SELECT ${outbox} FROM outbox ORDER BY seq`).all(),
    sql.prepare('SELECT * FROM op_dep ORDER BY seq, needs_lid').all(),
    sql.prepare('SELECT * FROM idmap ORDER BY lid').all(),
    sql.prepare('SELECT import_id, actor, account_lid, file_name, is_paused, created_at FROM import_batches').all(),
    sql.prepare(`SELECT ${items} FROM import_items ORDER BY row`).all(),
  ];
}
