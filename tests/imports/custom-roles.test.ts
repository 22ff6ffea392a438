import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import ExcelJS from 'exceljs';
import { must } from '../../shared/lib/must.ts';
import { MODES } from '../harness/capability-modes.ts';
import { elsewhere, serverUser } from '../harness/edits.ts';
import { accountIdOf, aSandbox } from '../sandbox/sandbox-client.ts';
import { startImports } from './import-bench.ts';

/** "Reception Desk" is a custom role that the partner has assigned to Harbour, and to no other account of the demo. */
const ROLE = 'Reception Desk';
const HEADINGS = 'FIRST NAME,LAST NAME,EMAIL,ROLE';
/** The account number of an account without custom roles. */
const RETAIL = '100000004';

test('IMP-3: a role that is assigned to the account is one of its roles, however it is written, and arrives by its name', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  await bench.engine.setOffline(true);
  const id = await bench.open([
    HEADINGS,
    'Ann,Desk,ann.desk@harbour.example,reception desk',
    'Bob,Desk,bob.desk@harbour.example,Reception Dsek',
  ]);
  const rows = await bench.rows(id);
  expect(rows.map(({ issues }) => issues.map(({ code }) => code))).toEqual([['role-raised'], ['role-unknown']]);
  expect(rows[0]?.issues[0]).toMatchObject({ detail: ROLE });
  await imports.editCell({ id, rowId: must(rows[1], 'the second row').rowId, field: 'role', value: ROLE });
  expect(await imports.upload({ id })).toMatchObject({ ok: true, value: { queuedCount: 2, leftCount: 0 } });
  await bench.engine.client.sync.setOffline({ offline: false });
  await bench.engine.settled();
  const account = await bench.engine.client.accounts.get({ id: bench.engine.account() });
  const sid = must(account?.serverId, 'the cloud has it');
  const roles = bench.engine.sandbox.oracle
    .users(sid)
    .filter(({ email }) => String(email).includes('.desk@'))
    .map(({ role }) => role);
  expect(roles).toEqual([ROLE, ROLE]);
});

test('IMP-3: a role of another account is not one of this', async () => {
  const bench = await startImports();
  const id = await bench.open([HEADINGS, 'Ann,Tech,ann.tech@harbour.example,Field Technician']);
  expect((await bench.rows(id)).flatMap(({ issues }) => issues.map(({ code }) => code))).toEqual(['role-unknown']);
});

test('IMP-1: the template offers the roles of the account, and what it says of its users comes back as it is', async () => {
  const bench = await startImports();
  const accountId = bench.engine.account();
  const body = { firstName: 'Desk', lastName: 'Person', email: 'desk.person@harbour.example', role: ROLE };
  const made = elsewhere(bench.engine, { op: 'add', body }) as { readonly userId: string };
  expect(serverUser(bench.engine, made.userId)).toMatchObject({ role: ROLE });
  await bench.engine.client.sync.now({ accountId });
  await bench.engine.settled();
  const { grant, path } = bench.place('template.xlsx');
  await bench.engine.client.imports.saveTemplate({ accountId, file: grant, withUsers: true });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const rule = workbook.getWorksheet('Users')?.getCell('E2').dataValidation;
  expect(rule).toMatchObject({ type: 'list', formulae: [`"User,Account Admin,${ROLE}"`] });
  const opened = await bench.engine.client.imports.open({ accountId, file: grant });
  const id = must(opened.ok ? opened.value.id : null, 'it is open');
  await bench.engine.client.imports.setExisting({ id, existing: 'update', rowIds: null });
  const header = must(await bench.engine.client.imports.get({ id }), 'it is open');
  expect([header.unchangedCount, header.changeCount, header.errorCount]).toEqual([header.rowCount, 0, 0]);
});

test.each(MODES)('USR-5: a role that is assigned later is known after the next look, %s', async (_, capabilities) => {
  const bench = await startImports({ sandbox: await aSandbox({ settings: { capabilities } }) });
  const { client, sandbox } = bench.engine;
  const id = bench.engine.account(RETAIL);
  expect((await client.accounts.get({ id }))?.customRoles).toEqual([]);
  sandbox.oracle.assignRole(accountIdOf(sandbox, RETAIL), ROLE);
  await client.sync.now({ accountId: null });
  await bench.engine.settled();
  expect((await client.accounts.get({ id }))?.customRoles).toEqual([ROLE]);
  expect((await client.accounts.get({ id: bench.engine.account() }))?.customRoles).toEqual([ROLE]);
});

test('IMP-3: in the Partner Account the roles are those of partners', async () => {
  const bench = await startImports();
  const { accounts, imports } = bench.engine.client;
  const { rows } = await accounts.list({ state: 'ACTIVE' });
  const { id: accountId } = must(
    rows.find(({ isPartnerAccount }) => isPartnerAccount),
    'the Partner Account',
  );
  const file = bench.place('colleagues.csv');
  const colleagues = ['partner', 'Account Admin', 'FIELD technician'].map(
    (role, index) => `New,Colleague,new${index}@partner.example,${role}`,
  );
  writeFileSync(file.path, [HEADINGS, ...colleagues].join('\n'));
  const opened = await imports.open({ accountId, file: file.grant });
  const codes = (await bench.rows(must(opened.ok ? opened.value.id : null, 'it is open'))).map(({ issues }) =>
    issues.map(({ code }) => code).filter((code) => code.startsWith('role')),
  );
  expect(codes).toEqual([['role-raised'], ['role-unknown'], ['role-raised']]);
});
