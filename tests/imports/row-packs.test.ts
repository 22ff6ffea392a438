import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { createImportRowRepository } from '../../electron/engine/database/import-row-repository.ts';
import { createImportStepRepository } from '../../electron/engine/database/import-step-repository.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { closeProfile, openProfile } from '../../electron/engine/database/safety/open-profile.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { must } from '../../shared/lib/must.ts';
import { startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';

const ROWS = 1000;
const AT = '2026-11-22T08:00:00.000Z';
const list = (rows: number): string =>
  `NAME,EMAIL\n${Array.from({ length: rows }, (_, row) => `Zoë "${row}",${row % 100 === 7 ? 'nobody' : `p${row}@customer.example`}\n`).join('')}`;

/** A journal as version 7 left it: every row in a table of rows. */
function writeOldJournal(path: string): void {
  const old = openStore('journal', path, JOURNAL_MIGRATIONS.slice(0, 7));
  old.sql.exec(/* sql */ `
    INSERT INTO import_stagings (id, import_id) VALUES (1, 'one');
    INSERT INTO imports (id, actor, account_lid, file_name, path, state, staging, next_row, row_count, created_at, updated_at)
      VALUES ('one', 'pat', 'account', 'users.csv', '/users.csv', 'preview', 1, 301, 300, '${AT}', '${AT}')`);
  const insert = old.sql.prepare(/* sql */ `
    INSERT INTO import_rows (staging, row_id, source_row, first_name, last_name, name, email, role, email_key, notes, issues, is_duplicate,
      severity, is_changed, mobile, extension, action, existing, target, planned)
    VALUES (1, ?, ?, ?, '', ?, ?, '', ?, ?, ?, 0, ?, ?, '', '100', ?, ?, '', ?)`);
  old.write(() => {
    for (let row = 1; row <= 300; row += 1) {
      const isOdd = row % 2 === 1;
      const issues = isOdd ? '[{"code":"role-raised","field":"role","detail":"Zoë\\n\\"x\\""}]' : '';
      const email = `P${row}@customer.example`;
      insert.run(
        ...[row, row + 1, `Zoë\n"${row}"`, `,\n[${row}`, email, email.toLowerCase(), '', issues],
        ...[isOdd ? 2 : 0, isOdd ? 1 : 0, isOdd ? 1 : 0, isOdd ? 'update' : '', isOdd ? '{"name":"Before"}' : ''],
      );
    }
    old.sql.exec("INSERT INTO import_steps (staging, step, state, fixes) VALUES (1, 1, 'done', '')");
    const edit = old.sql.prepare(
      'INSERT INTO import_edits (staging, step, row_id, before, after) VALUES (1, 1, ?, ?, ?)',
    );
    const packed = (name: string): string => JSON.stringify([5, ['', '', name, '', '', '', ''], [], true, null]);
    for (let row = 1; row <= 900; row += 1)
      edit.run(row, packed(`before ${row}`), row === 900 ? null : packed(`after ${row}`));
  });
  old.close();
}

describe('rows in packs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fieldlink-packs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('SYNC 3.10: previews and their undo steps of an older journal are there after it was brought up to date', () => {
    const path = join(folder, 'journal.db');
    writeOldJournal(path);
    const journal = openStore('journal', path, JOURNAL_MIGRATIONS);
    const rows = createImportRowRepository(journal);
    const all = [...rows.slices(1)].flat();
    expect(all.map(({ rowId }) => rowId)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    const values = { firstName: 'Zoë\n"299"', lastName: '', name: ',\n[299', email: 'P299@customer.example', role: '' };
    expect(rows.get(1, 299)).toEqual({
      ...{ rowId: 299, sourceRow: 300, values: { ...EMPTY_VALUES, ...values, extension: '100' } },
      ...{ emailKey: 'p299@customer.example', notes: [], isDuplicate: false, severity: 2, isChanged: true },
      issues: [{ code: 'role-raised', field: 'role', detail: 'Zoë\n"x"' }],
      ...{ action: 'change', existing: 'update', target: '', planned: { name: 'Before' } },
    });
    expect(rows.get(1, 300)).toMatchObject({ action: 'create', existing: null, issues: [], planned: {} });
    expect(rows.withAddress(1, 'p257@customer.example', 2).map(({ rowId }) => rowId)).toEqual([257]);
    const steps = createImportStepRepository(journal);
    const at = { staging: 1, step: 1 };
    const edits = Array.from({ length: steps.packCount(at) }, (_, pack) => steps.edits(at, pack)).flat();
    expect([edits.length, edits[0]?.before?.values.name, edits[899]?.rowId, edits[899]?.after]).toEqual([
      ...[900, 'before 1', 900, null],
    ]);
    journal.close();
  });

  it('OFF-5: a damaged journal of an older version keeps its previews in the rescue', () => {
    const path = join(folder, 'journal.db');
    writeOldJournal(path);
    spoilTree(path, 'import_rows_target');
    const profile = openProfile(folder, AT);
    expect(profile.rescues).toMatchObject([{ store: 'journal' }]);
    const rows = createImportRowRepository(profile.journal);
    expect([...rows.slices(1)].flat()).toHaveLength(300);
    expect(countsOf(profile.journal.sql, 'one')).toMatchObject({
      row_count: 300,
      warning_count: 150,
      create_count: 150,
    });
    closeProfile(profile);
  });
});

/** Overwrites the first page of a table or an index. */
function spoilTree(path: string, name: string): void {
  const sql = new Database(path);
  const root = sql.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name);
  sql.pragma('wal_checkpoint(TRUNCATE)');
  sql.close();
  spoilPage(path, must(root, name));
}

function spoilPage(path: string, page: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xff, (page - 1) * 4096, page * 4096);
  writeFileSync(path, bytes);
}

function countsOf(sql: Database.Database, id: string): Readonly<Record<string, number>> {
  return must(sql.prepare<[string], Record<string, number>>('SELECT * FROM imports WHERE id = ?').get(id), id);
}

describe('a preview in a damaged journal', () => {
  let harness: DeskHarness;
  beforeEach(() => {
    harness = startDesk();
  });
  afterEach(() => harness.close());

  async function rescued(spoil: (path: string) => void) {
    const id = await harness.open(list(ROWS));
    await harness.desk.editCell({ id, rowId: 500, field: 'name', value: 'Kept' });
    harness.repositories.cache.close();
    harness.repositories.journal.close();
    spoil(join(harness.folder, 'journal.db'));
    closeProfile(openProfile(harness.folder, AT));
    harness = startDesk(harness.folder);
    const { rowCount = 0, errorCount = 0 } = (await harness.desk.get(id)) ?? {};
    const shown = await harness.desk.rows({ id, filter: 'all', offset: 0, limit: 2000 });
    const errors = await harness.desk.rows({ id, filter: 'errors', offset: 0, limit: 2000 });
    return { id, rowCount, errorCount, shown, errors };
  }

  it('OFF-5: has all its rows when only an index of them was hit', async () => {
    const { rowCount, errorCount, shown, errors } = await rescued((path) =>
      spoilTree(path, 'sqlite_autoindex_import_packs_1'),
    );
    expect([rowCount, errorCount, shown.total, errors.total]).toEqual([ROWS, 10, ROWS, 10]);
    expect(shown.rows[499]?.values.name).toBe('Kept');
  });

  it('OFF-5: counts the rows that are left when some of them were hit, and goes on with these', async () => {
    const { id, rowCount, errorCount, shown, errors } = await rescued((path) => {
      const bytes = readFileSync(path);
      // The middle of a list in JSON: the page after it belongs to the same pack.
      const at = bytes.indexOf('p300@customer.example');
      spoilPage(path, Math.floor(at / 4096) + 1);
    });
    expect(rowCount).toBeLessThan(ROWS);
    expect(rowCount).toBeGreaterThanOrEqual(ROWS - 256);
    expect([shown.total, errors.total]).toEqual([rowCount, errorCount]);
    const [first] = shown.rows;
    await harness.desk.editCell({
      id,
      rowId: must(first, 'a row').rowId,
      field: 'email',
      value: 'p999@customer.example',
    });
    const after = await harness.desk.rows({ id, filter: 'errors', offset: 0, limit: 1 });
    expect(after.total).toBe(errorCount + 2);
  });
});
