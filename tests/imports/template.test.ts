import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { accountUsers } from '../../electron/engine/reports/account-users.ts';
import { writeImportTemplate } from '../../electron/engine/reports/import-template.ts';
import { IMPORT_FIELDS, PORTAL_FIELDS } from '../../shared/model/import-row.ts';
import { must } from '../../shared/lib/must.ts';
import { rolesIn } from '../../shared/model/role.ts';
import type { UserChoices } from '../../shared/model/user-choices.ts';
import { ACCOUNT, addUser, startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';
import { readPath } from './read-file.ts';

const CUSTOMER: UserChoices = {
  roles: rolesIn({ isPartnerAccount: false, customRoles: [] }),
  smsNumbers: [],
  userTemplates: [],
};

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => {
  harness.close();
});

describe('the spreadsheet template', () => {
  it('IMP-1: has the five headings, text cells, a role list of bounded range and notes', async () => {
    const path = join(harness.folder, 'template.xlsx');
    expect(await writeImportTemplate({ path, users: [], fields: PORTAL_FIELDS, choices: CUSTOMER })).toEqual({
      ok: true,
      userCount: 0,
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    const [users, notes] = workbook.worksheets;
    expect([users?.name, notes?.name]).toEqual(['Users', 'Notes']);
    expect(users?.getRow(1).values).toEqual([undefined, 'FIRST NAME', 'LAST NAME', 'NAME', 'EMAIL', 'ROLE']);
    expect(users?.getRow(1).font.bold).toBe(true);
    expect(users?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(users?.getCell('D2').numFmt).toBe('@');
    expect(users?.getCell('E2').dataValidation).toMatchObject({ type: 'list', formulae: ['"User,Account Admin"'] });
    expect(users?.getCell('E100001').dataValidation).toMatchObject({ type: 'list' });
    expect(users?.getCell('E100002').dataValidation).toBeUndefined();
    expect(notes?.getCell('A2').text).toContain('at least one');
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('IMP-1: comes back without a change: every row is known, every value is the same', async () => {
    const people = Array.from({ length: 450 }, (_, index) => ({
      firstName: `Fïrst${index}`,
      lastName: `=L&"${index}" <x>`,
      name: index % 2 === 0 ? '' : `00${index}`,
      email: `user${String(index).padStart(3, '0')}@customer.example`,
      role: index % 10 === 0 ? 'ACCOUNT_ADMIN' : 'USER',
    }));
    for (const [index, fields] of people.entries()) {
      addUser(harness.repositories, {
        lid: `01900000-0000-7000-8001-${String(index).padStart(12, '0')}`,
        sid: `s${index}`,
        fields,
      });
    }
    const { repositories, desk, folder } = harness;
    const path = join(folder, 'users.xlsx');
    const users = accountUsers(repositories.users, repositories.accounts.key(ACCOUNT)?.rowid ?? 0);
    expect(await writeImportTemplate({ path, users, fields: PORTAL_FIELDS, choices: CUSTOMER })).toEqual({
      ok: true,
      userCount: 450,
    });
    const outcome = await desk.open({ accountLid: ACCOUNT, grant: path }, new AbortController().signal);
    const id = outcome.ok ? outcome.value.id : '';
    const rows = [
      ...(await desk.rows({ id, filter: 'all', offset: 0, limit: 200 })).rows,
      ...(await desk.rows({ id, filter: 'all', offset: 200, limit: 200 })).rows,
      ...(await desk.rows({ id, filter: 'all', offset: 400, limit: 200 })).rows,
    ].toSorted((a, b) => (a.values.email < b.values.email ? -1 : 1));
    expect(rows.map((row) => row.values)).toEqual(
      people.map((person) => ({
        ...EMPTY_VALUES,
        ...person,
        role: person.role === 'USER' ? 'User' : 'Account Admin',
      })),
    );
    expect(new Set(rows.flatMap((row) => row.issues.map((issue) => issue.code)))).toEqual(
      new Set(['email-in-account', 'role-raised']),
    );
    expect(await desk.get(id)).toMatchObject({ rowCount: 450, errorCount: 450 });
  });

  it('IMP-1: reads back the empty template as a file without users', async () => {
    const path = join(harness.folder, 'template.xlsx');
    await writeImportTemplate({ path, users: [], fields: PORTAL_FIELDS, choices: CUSTOMER });
    const { shape, rows } = await readPath(path);
    expect([shape.sheet, rows.map((row) => row.cells)]).toEqual([
      'Users',
      [['FIRST NAME', 'LAST NAME', 'NAME', 'EMAIL', 'ROLE']],
    ]);
  });

  it('IMP-1: roles whose names do not fit into a rule of Excel stand in a sheet of their own, which nobody reads as users', async () => {
    const path = join(harness.folder, 'template.xlsx');
    const roles = [
      ...CUSTOMER.roles,
      'Desk, Front',
      ...Array.from({ length: 20 }, (_, index) => `Site administrator ${index}`),
    ];
    await writeImportTemplate({ path, users: [], fields: PORTAL_FIELDS, choices: { ...CUSTOMER, roles } });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    const [users, notes, list] = workbook.worksheets;
    const rule = users?.getCell('E2').dataValidation;
    expect(rule).toMatchObject({ type: 'list', formulae: ['Lists!$A$1:$A$23'] });
    expect(rule?.error?.length).toBeLessThanOrEqual(255);
    expect(notes?.getCell('A4').text).toContain('Site administrator 19');
    expect([list?.name, list?.state, list?.getCell('A3').text]).toEqual(['Lists', 'hidden', 'Desk, Front']);
    expect((await readPath(path)).shape.sheet).toBe('Users');
  });

  it('IMP-12: with the optional columns it offers what the account has, and comes back without a change', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => `+4411349601${String(index).padStart(2, '0')}`);
    const choices: UserChoices = { ...CUSTOMER, smsNumbers: numbers, userTemplates: ['Desk, quiet', 'Mobile Worker'] };
    const fields = {
      ...{ firstName: 'Ann', lastName: 'Ash', name: 'Ann Ash', email: 'ann@customer.example', role: 'USER' },
      ...{ mobile: '+447700900123', extension: '0042', mitelOne: 'PREMIER', miteamMeetings: 'ASSIGNED' },
      ...{ smsNumber: numbers[3] ?? '', language: 'de', userTemplate: 'Mobile Worker', tags: 'quay, night' },
    };
    const { repositories, desk, folder } = harness;
    addUser(repositories, { lid: 'ann', sid: 's', fields });
    const path = join(folder, 'all.xlsx');
    const home = repositories.accounts.key(ACCOUNT)?.rowid ?? 0;
    const users = accountUsers(repositories.users, home);
    expect(await writeImportTemplate({ path, users, fields: IMPORT_FIELDS, choices })).toMatchObject({ userCount: 1 });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    const sheet = must(workbook.getWorksheet('Users'), 'the sheet');
    expect((sheet.getRow(2).values as string[]).slice(8)).toEqual([
      ...['Premier', 'Yes', numbers[3], 'German', 'Mobile Worker', 'quay, night'],
    ]);
    const rules = ['H2', 'I2', 'J2', 'K2', 'L2'].map(
      (cell) => sheet.getCell(cell).dataValidation.formulae[0] as string,
    );
    expect(rules).toEqual([
      ...['"Essential,Premier,Elite"', '"Yes,No"', 'Lists!$A$1:$A$30'],
      ...['"German,English,Spanish,French,Italian,Dutch,Portuguese"', 'Lists!$B$1:$B$2'],
    ]);
    expect(workbook.getWorksheet('Lists')?.getCell('B1').text).toBe('Desk, quiet');
    // The account of this test gives nothing: what its users have may be said again all the same.
    const opened = await desk.open({ accountLid: ACCOUNT, grant: path }, new AbortController().signal);
    const id = opened.ok ? opened.value.id : '';
    await desk.setExisting(id, 'update', null);
    expect(await desk.get(id)).toMatchObject({ unchangedCount: 1, errorCount: 0, rowCount: 1 });
  });

  it('IMP-1: says why it could not be saved', async () => {
    const outcome = await writeImportTemplate({
      path: join(harness.folder, 'no', 'folder.xlsx'),
      users: [],
      fields: PORTAL_FIELDS,
      choices: CUSTOMER,
    });
    expect(outcome).toEqual({ ok: false, detail: 'ENOENT' });
  });
});
