import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, addUser, allRows, issuesOf, startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';
import { inlineRows, writeWorkbook } from './workbook-writer.ts';

const NO_SIGNAL = new AbortController().signal;
const HEAD = 'FIRST NAME,LAST NAME,NAME,EMAIL,ROLE';
const lines = (...rows: readonly string[]): string => [HEAD, ...rows, ''].join('\n');

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => {
  harness.close();
});

describe('previews', () => {
  it('IMP-2: reads a workbook into a preview and says what it recognised', async () => {
    const file = writeWorkbook({
      sheets: [
        {
          name: 'Users',
          xml: inlineRows([
            ['New people'],
            ['Vorname', 'Name', 'Abteilung', 'E-Mail'],
            ['Ann', 'Ash', 'IT', 'ann@customer.example'],
          ]),
        },
        { name: 'Notes', xml: inlineRows([['x']]) },
      ],
    });
    const id = await harness.open(file, 'people.xlsx');
    expect(await harness.desk.get(id)).toMatchObject({
      fileName: 'people.xlsx',
      accountName: 'Harbour Ltd',
      state: 'preview',
      reading: {
        format: 'xlsx',
        sheets: ['Users', 'Notes'],
        sheet: 'Users',
        encoding: '',
        delimiter: '',
        headerRow: 2,
      },
      columns: [
        { index: 0, heading: 'Vorname', samples: ['Ann'], field: 'firstName' },
        { index: 1, heading: 'Name', samples: ['Ash'], field: 'lastName' },
        { index: 2, heading: 'Abteilung', samples: ['IT'], field: null },
        { index: 3, heading: 'E-Mail', samples: ['ann@customer.example'], field: 'email' },
      ],
      ...{ rowCount: 1, errorCount: 0, warningCount: 0, infoCount: 0, queuedCount: 0, canUndo: false, canRedo: false },
    });
    expect(await allRows(harness.desk, id)).toMatchObject([
      {
        rowId: 1,
        sourceRow: 3,
        values: { firstName: 'Ann', lastName: 'Ash', name: '', email: 'ann@customer.example', role: '' },
        issues: [],
        status: null,
      },
    ]);
  });

  it('IMP-3: finds addresses of the account, of the queue and of the same file', async () => {
    addUser(harness.repositories, {
      lid: '01900000-0000-7000-8000-00000000000a',
      sid: 's1',
      fields: { name: 'Old Hand', email: 'old@customer.example' },
    });
    addUser(harness.repositories, {
      lid: '01900000-0000-7000-8000-00000000000b',
      sid: null,
      fields: { name: 'Just Queued', email: 'queued@customer.example' },
    });
    const id = await harness.open(
      lines(
        'A,,,twice@customer.example,',
        'B,,,OLD@customer.example,',
        'C,,,Twice@Customer.example,',
        'D,,,queued@customer.example,',
        'E,,,e@customer.example,',
      ),
    );
    const rows = await allRows(harness.desk, id);
    expect(rows.map((row) => row.issues)).toEqual([
      [{ code: 'email-in-file', field: 'email', detail: '4' }],
      [{ code: 'email-in-account', field: 'email', detail: 'Old Hand' }],
      [{ code: 'email-in-file', field: 'email', detail: '2' }],
      [{ code: 'email-queued', field: 'email', detail: 'Just Queued' }],
      [],
    ]);
    expect(await harness.desk.get(id)).toMatchObject({ rowCount: 5, errorCount: 4 });
  });

  it('IMP-3: shows every normalisation, and typing the old text takes it back', async () => {
    const id = await harness.open(lines(' Ann ,,,mailto:ann@customer.example,'));
    expect(await issuesOf(harness.desk, id)).toEqual(['2: spaces-trimmed mailto-removed']);
    await harness.desk.editCell({ id, rowId: 1, field: 'firstName', value: ' Ann ' });
    const [row] = await allRows(harness.desk, id);
    expect([row?.values.firstName, row?.issues.map((issue) => issue.code)]).toEqual([' Ann ', ['mailto-removed']]);
  });

  it('IMP-4: checks only the row and the one that shares its address', async () => {
    const { desk } = harness;
    const id = await harness.open(
      lines('A,,,x@customer.example,', 'B,,,x@customer.example,', 'C,,,x@customer.example,', 'D,,,d@customer.example,'),
    );
    const edit = (rowId: number, value: string) => desk.editCell({ id, rowId, field: 'email', value });
    expect(await edit(3, 'd@customer.example')).toEqual({ ok: true, value: { rowCount: 4, errorCount: 4 } });
    expect(await edit(1, 'a@customer.example')).toEqual({ ok: true, value: { rowCount: 4, errorCount: 2 } });
    expect(await issuesOf(desk, id)).toEqual(['2:', '3:', '4: email-in-file', '5: email-in-file']);
    expect((await allRows(desk, id))[2]?.issues[0]?.detail).toBe('5');
    expect(await desk.deleteRows(id, [4])).toEqual({ ok: true, value: { rowCount: 3, errorCount: 0 } });
    expect(await desk.undo(id, 'undo')).toEqual({ ok: true, value: { rowCount: 4, errorCount: 2 } });
  });

  it('IMP-4: undoes and repeats every kind of change', async () => {
    const { desk } = harness;
    const id = await harness.open(lines('A,,,a@old.example,', 'B,,,b@old.example,', 'C,,,c@new.example,'));
    const states = [JSON.stringify(await allRows(desk, id))];
    const remember = async (): Promise<void> => void states.push(JSON.stringify(await allRows(desk, id)));
    await desk.editCell({ id, rowId: 1, field: 'role', value: 'Account Admin' });
    await remember();
    expect(await desk.replace({ id, filter: 'all', field: 'email', find: '@old.', replacement: '@new.' })).toEqual({
      ok: true,
      value: { changedCount: 2 },
    });
    await remember();
    expect(await desk.addRow(id)).toEqual({ ok: true, value: { rowId: 4 } });
    await remember();
    await desk.deleteRows(id, [2, 3]);
    await remember();
    for (const state of states.slice(0, -1).toReversed()) {
      expect((await desk.undo(id, 'undo')).ok).toBe(true);
      expect(JSON.stringify(await allRows(desk, id))).toBe(state);
    }
    expect(await desk.undo(id, 'undo')).toMatchObject({ ok: false, refusal: { code: 'import.nothing-to-undo' } });
    for (const state of states.slice(1)) {
      expect((await desk.undo(id, 'redo')).ok).toBe(true);
      expect(JSON.stringify(await allRows(desk, id))).toBe(state);
    }
    await desk.undo(id, 'undo');
    await desk.editCell({ id, rowId: 1, field: 'name', value: 'Another way' });
    expect(await desk.undo(id, 'redo')).toMatchObject({ ok: false, refusal: { code: 'import.nothing-to-undo' } });
  });

  it('IMP-4: filters, and goes from error to error', async () => {
    const { desk } = harness;
    const id = await harness.open(
      lines(
        'A,,,bad,',
        'B,,,b@customer.example,Account Admin',
        'C,,,c@customer.example,',
        'D,,,bad,',
        ' E,,,e@customer.example,',
      ),
    );
    const ids = async (filter: 'errors' | 'warnings' | 'cleaned' | 'changed' | 'ready') =>
      (await desk.rows({ id, filter, offset: 0, limit: 10 })).rows.map((row) => row.rowId);
    expect([await ids('errors'), await ids('warnings'), await ids('ready'), await ids('changed')]).toEqual([
      [1, 4],
      [2],
      [2, 3, 5],
      [],
    ]);
    // What the reading did is another thing than what a person did.
    expect(await ids('cleaned')).toEqual([5]);
    const find = (after: number | null, direction: 'next' | 'previous', severity: 'error' | 'warning' = 'error') =>
      desk.findRow({ id, filter: 'all', severity, after, direction });
    expect(await find(null, 'next')).toEqual({ rowId: 1, offset: 0 });
    expect(await find(1, 'next')).toEqual({ rowId: 4, offset: 3 });
    expect(await find(4, 'next')).toBeNull();
    expect(await find(4, 'previous', 'warning')).toEqual({ rowId: 2, offset: 1 });
    expect(await find(null, 'previous')).toEqual({ rowId: 4, offset: 3 });
    await desk.editCell({ id, rowId: 1, field: 'email', value: 'a@customer.example' });
    expect([await ids('errors'), await ids('changed')]).toEqual([[4], [1]]);
  });

  it('IMP-14: keeps previews, edits and their undo over a restart', async () => {
    const id = await harness.open(lines('A,,,bad,', 'B,,,b@customer.example,'));
    await harness.desk.editCell({ id, rowId: 1, field: 'email', value: 'a@customer.example' });
    harness = harness.restart();
    rmSync(join(harness.folder, 'users.csv'));
    expect(await harness.desk.list(ACCOUNT)).toMatchObject([{ id, errorCount: 0, canUndo: true, state: 'preview' }]);
    expect((await harness.desk.rows({ id, filter: 'changed', offset: 0, limit: 10 })).rows[0]?.values.email).toBe(
      'a@customer.example',
    );
    await harness.desk.undo(id, 'undo');
    expect(await issuesOf(harness.desk, id)).toEqual(['2: email-invalid', '3:']);
    expect(await harness.desk.reread(id, { headerRow: 1 }, NO_SIGNAL)).toMatchObject({
      ok: false,
      refusal: { code: 'import.file-gone' },
    });
    expect(await issuesOf(harness.desk, id)).toEqual(['2: email-invalid', '3:']);
  });

  it('IMP-2: reads the file again with other choices, and drops the edits', async () => {
    const { desk } = harness;
    const id = await harness.open('Ann;x;ann@customer.example\nBob;y;bob@customer.example\n');
    expect(await desk.get(id)).toMatchObject({ reading: { headerRow: 0, delimiter: ';' }, rowCount: 2 });
    await desk.editCell({ id, rowId: 1, field: 'email', value: 'z@customer.example' });
    const mapping = [
      { index: 0, field: 'firstName' as const },
      { index: 2, field: 'email' as const },
    ];
    expect(await desk.reread(id, { mapping }, NO_SIGNAL)).toEqual({ ok: true, value: {} });
    const rows = await allRows(desk, id);
    expect(rows.map((row) => [row.values.firstName, row.values.email])).toEqual([
      ['Ann', 'ann@customer.example'],
      ['Bob', 'bob@customer.example'],
    ]);
    expect(await desk.get(id)).toMatchObject({ canUndo: false, rowCount: 2, errorCount: 0 });
  });

  it('IMP-2: keeps a file without addresses so that a column can be chosen', async () => {
    const { desk } = harness;
    const path = join(harness.folder, 'users.csv');
    writeFileSync(path, 'First name,Last name,Login\nAnn,Ash,annash\n');
    const outcome = await desk.open({ accountLid: ACCOUNT, grant: path }, NO_SIGNAL);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'import.no-email-column' } });
    const [draft] = await desk.list(ACCOUNT);
    expect(draft).toMatchObject({
      state: 'failed',
      failure: 'import.no-email-column',
      columns: [{ heading: 'First name' }, { heading: 'Last name' }, { heading: 'Login' }],
    });
    const id = draft?.id ?? '';
    expect(await desk.reread(id, { mapping: [{ index: 2, field: 'email' }] }, NO_SIGNAL)).toEqual({
      ok: true,
      value: {},
    });
    expect(await issuesOf(desk, id)).toEqual(['2: name-missing email-invalid']);
  });

  it('IMP-2: leaves nothing behind of a file that cannot be read', async () => {
    await expect(harness.open('a,"b\n')).rejects.toThrow('import.damaged');
    await expect(harness.open('Name,Email\n')).rejects.toThrow('import.empty');
    expect(await harness.desk.list(ACCOUNT)).toEqual([]);
    expect(harness.repositories.jobs.list(10).map((job) => [job.kind, job.state, job.reason])).toEqual([
      ['import-read', 'failed', 'import.empty'],
      ['import-read', 'failed', 'import.damaged'],
    ]);
  });

  it('IMP-5: queues the rows without errors once and keeps the others', async () => {
    const { desk, repositories } = harness;
    const id = await harness.open(lines('A,,,a@customer.example,', 'B,,,bad,', 'C,,,c@customer.example,account ADMIN'));
    const first = await desk.upload(id);
    expect(first).toMatchObject({ ok: true, value: { queuedCount: 2, leftCount: 1 } });
    const { rows } = repositories.uploadRows.page(id, 'waiting', { offset: 0, limit: 10 });
    expect(rows.map((item) => [item.row, item.sourceRow, item.email, item.role])).toEqual([
      [1, 2, 'a@customer.example', 'USER'],
      [3, 4, 'c@customer.example', 'ACCOUNT_ADMIN'],
    ]);
    expect(await issuesOf(desk, id)).toEqual(['3: email-invalid']);
    expect(await desk.upload(id)).toMatchObject({ ok: false, refusal: { code: 'import.nothing-to-upload' } });
    expect(await desk.undo(id, 'undo')).toMatchObject({ ok: false });
    await desk.editCell({ id, rowId: 2, field: 'email', value: 'a@customer.example' });
    expect(await issuesOf(desk, id)).toEqual(['3: email-queued']);
    await desk.editCell({ id, rowId: 2, field: 'email', value: 'b@customer.example' });
    const second = await desk.upload(id);
    expect(second).toMatchObject({ ok: true, value: { queuedCount: 1, leftCount: 0 } });
    expect(await desk.get(id)).toMatchObject({ state: 'finished', rowCount: 0, queuedCount: 3, canUndo: false });
  });

  it('IMP-5: keeps a row whose address came into the account meanwhile', async () => {
    const id = await harness.open(lines('A,,,a@customer.example,', 'B,,,b@customer.example,'));
    addUser(harness.repositories, {
      lid: '01900000-0000-7000-8000-00000000000c',
      sid: 's2',
      fields: { name: 'First', email: 'a@customer.example' },
    });
    expect(await harness.desk.upload(id)).toMatchObject({ ok: true, value: { queuedCount: 1, leftCount: 1 } });
    expect(await issuesOf(harness.desk, id)).toEqual(['2: email-in-account']);
  });

  it('IMP-5: takes unsent rows back under new numbers, also after the preview was cancelled', async () => {
    const { desk } = harness;
    const id = await harness.open(lines('A,,,a@customer.example,', 'B,,,bad,'));
    await desk.upload(id);
    expect(await desk.cancel(id)).toEqual({ ok: true, value: {} });
    expect(await desk.get(id)).toMatchObject({ state: 'finished', rowCount: 0, queuedCount: 1 });
    expect(await desk.takeBack(id)).toBe(1);
    const rows = await allRows(desk, id);
    expect(rows).toMatchObject([
      { rowId: 3, sourceRow: 2, values: { email: 'a@customer.example', role: 'User' }, issues: [] },
    ]);
    expect(await desk.get(id)).toMatchObject({ state: 'preview', rowCount: 1, queuedCount: 0 });
    expect(await desk.cancel(id)).toEqual({ ok: true, value: {} });
    expect(await desk.get(id)).toMatchObject({ state: 'finished' });
  });

  it('IMP-5: drops a preview of which nothing was uploaded', async () => {
    const id = await harness.open(lines('A,,,a@customer.example,'));
    expect(await harness.desk.cancel(id)).toEqual({ ok: true, value: {} });
    expect(await harness.desk.get(id)).toBeNull();
    expect(await harness.desk.cancel(id)).toMatchObject({ ok: false, refusal: { code: 'import.not-found' } });
  });
});
