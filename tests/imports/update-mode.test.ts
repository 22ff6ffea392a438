import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { ImportId, UserId } from '../../shared/model/ids.ts';
import { addUser, commits, editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { startImports } from './import-bench.ts';
import type { ImportBench } from './import-bench.ts';

const HEADINGS = 'FIRST NAME,LAST NAME,EMAIL,ROLE,MOBILE,EXTENSION';

async function withUser(): Promise<{ bench: ImportBench; id: UserId; sid: string; email: string }> {
  const bench = await startImports();
  const [free] = await freeUsers(bench.engine, 1);
  const { id, sid } = must(free, 'the demo has users that may be edited');
  const user = must(await bench.engine.client.users.get({ id }), 'the user was fetched');
  return { bench, id, sid, email: user.email };
}

function withdrawRole({ engine: { sandbox } }: ImportBench): void {
  for (const account of sandbox.oracle.accounts()) {
    const accountId = String(account['accountId']);
    const pat = sandbox.oracle.users(accountId).find(({ email }) => email === DEMO_PARTNER.email);
    if (pat) sandbox.oracle.apply(accountId, [{ op: 'replace', id: String(pat['userId']), body: { role: 'USER' } }]);
  }
}

async function setExisting(bench: ImportBench, id: ImportId, existing: 'refuse' | 'skip' | 'update'): Promise<void> {
  const set = await bench.engine.client.imports.setExisting({ id, existing, rowIds: null });
  expect(set.ok).toBe(true);
}

test('IMP-7: a known address is refused, skipped or changed, as the person says', async () => {
  const { bench, email } = await withUser();
  const id = await bench.open([HEADINGS, `,,${email},,,4799`, 'Nora,New,nora@harbour.example,,,']);
  const actions = async (): Promise<readonly string[]> => (await bench.rows(id)).map(({ action }) => action);
  expect(await actions()).toEqual(['refused', 'create']);
  await setExisting(bench, id, 'skip');
  expect(await actions()).toEqual(['skip', 'create']);
  await setExisting(bench, id, 'update');
  expect(await actions()).toEqual(['change', 'create']);
  const [row] = await bench.rows(id);
  expect(row?.changes).toEqual([{ field: 'extension', from: expect.any(String) as string, to: '4799' }]);
  const header = must(await bench.engine.client.imports.get({ id }), 'it is open');
  expect(header).toMatchObject({ createCount: 1, changeCount: 1, errorCount: 0, existing: 'update' });
  // One row may differ from the rest.
  await bench.engine.client.imports.setExisting({ id, existing: 'skip', rowIds: [1] });
  expect(await actions()).toEqual(['skip', 'create']);
  await bench.engine.client.imports.undo({ id, direction: 'undo' });
  expect(await actions()).toEqual(['change', 'create']);
});

test('IMP-7: a blank cell leaves a field as it is, the clear token empties it', async () => {
  const { bench, sid, email, id: user } = await withUser();
  await editUser(bench.engine, user, { mobile: '+447700900777', extension: '4242' });
  await bench.engine.settled();
  const id = await bench.open([HEADINGS, `,,${email},,,<clear>`]);
  await setExisting(bench, id, 'update');
  await bench.engine.client.imports.upload({ id });
  await bench.engine.settled();
  expect(serverUser(bench.engine, sid)).toMatchObject({ mobile: '+447700900777', extension: '' });
});

test('IMP-7: what an import changes is sent with the old values as its guard, and read back', async () => {
  const { bench, sid, email } = await withUser();
  const id = await bench.open([HEADINGS, `Renamed,,${email},,,4711`, 'Nora,New,nora@harbour.example,,,4712']);
  await setExisting(bench, id, 'update');
  const uploaded = await bench.engine.client.imports.upload({ id });
  expect(uploaded.ok && uploaded.value).toMatchObject({ queuedCount: 2, leftCount: 0 });
  await bench.engine.settled();
  expect(serverUser(bench.engine, sid)).toMatchObject({ firstName: 'Renamed', extension: '4711' });
  await bench.engine.client.sync.now({ accountId: null });
  await bench.engine.settled();
  const { rows } = await bench.engine.client.uploads.rows({ id });
  expect(rows.map(({ kind, state }) => [kind, state])).toEqual([
    ['patch', 'visible'],
    ['create', 'visible'],
  ]);
  expect(rows.every(({ correlationId }) => correlationId !== '')).toBe(true);
});

test('IMP-7: export and import of the same users changes nothing and sends nothing', async () => {
  const bench = await startImports();
  const { grant } = bench.place('current.xlsx');
  const accountId = bench.engine.account();
  const saved = await bench.engine.client.imports.saveTemplate({ accountId, file: grant, withUsers: true });
  expect(saved.ok).toBe(true);
  const opened = await bench.engine.client.imports.open({ accountId, file: grant });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { id } = opened.value;
  await setExisting(bench, id, 'update');
  const header = must(await bench.engine.client.imports.get({ id }), 'it is open');
  expect([header.unchangedCount, header.changeCount, header.createCount, header.conflictCount]).toEqual([
    header.rowCount,
    0,
    0,
    0,
  ]);
  const before = commits(bench.engine).length;
  const uploaded = await bench.engine.client.imports.upload({ id });
  expect(uploaded.ok && uploaded.value).toMatchObject({ queuedCount: 0, jobId: null, leftCount: 0 });
  await bench.engine.settled();
  expect(commits(bench.engine)).toHaveLength(before);
});

test('IMP-6: a user who moved after the plan was seen is a conflict, until the person accepts the newer values', async () => {
  const { bench, sid, email } = await withUser();
  const id = await bench.open([HEADINGS, `,,${email},,,4711`]);
  await setExisting(bench, id, 'update');
  elsewhere(bench.engine, { op: 'replace', id: sid, body: { extension: '4999' } });
  await bench.engine.client.sync.now({ accountId: null });
  await bench.engine.settled();
  // Upload itself notices: nothing is queued, the row stays and says why.
  expect((await bench.engine.client.imports.upload({ id })).ok).toBe(false);
  const [row] = await bench.rows(id);
  expect(row).toMatchObject({ action: 'conflict', status: 'error' });
  expect(row?.issues.map(({ code, detail }) => [code, detail])).toContainEqual(['moved-since', '4999']);
  await bench.engine.client.imports.recheck({ id, accept: false });
  expect((await bench.rows(id))[0]?.action).toBe('conflict');
  await bench.engine.client.imports.recheck({ id, accept: true });
  expect((await bench.rows(id))[0]).toMatchObject({ action: 'change', changes: [{ from: '4999', to: '4711' }] });
  await bench.engine.client.imports.upload({ id });
  await bench.engine.settled();
  expect(serverUser(bench.engine, sid)).toMatchObject({ extension: '4711' });
});

test('IMP-6: a field with a change in the Outbox, and one that another system owns, are not planned', async () => {
  const { bench, email, id: user } = await withUser();
  const users = bench.engine.sandbox.oracle.users(
    bench.engine.sandbox.oracle.accounts()[0]
      ? String((await bench.engine.client.accounts.get({ id: bench.engine.account() }))?.serverId)
      : '',
  );
  const scim = must(
    users.find(({ source }) => source === 'SCIM' || source === 'PBX'),
    'the demo has a synchronized user',
  );
  await bench.engine.setOffline(true);
  await editUser(bench.engine, user, { extension: '4000' });
  const id = await bench.open([HEADINGS, `,,${email},,,4711`, `Other,,${String(scim['email'])},,,`]);
  await setExisting(bench, id, 'update');
  const rows = await bench.rows(id);
  expect(rows.map(({ action, issues }) => [action, issues[0]?.code])).toEqual([
    ['conflict', 'change-waiting'],
    ['refused', 'field-locked'],
  ]);
});

test('IMP-8: with a failure among the first rows the upload pauses by itself; the others wait for a person', async () => {
  const bench = await startImports();
  const id = await bench.open([
    HEADINGS,
    ...Array.from({ length: 12 }, (_, index) => `Row,${index},row${index}@harbour.example,,,`),
  ]);
  // Somebody was quicker with one of the first addresses.
  await bench.engine.setOffline(true);
  elsewhere(bench.engine, {
    op: 'add',
    body: { firstName: 'Somebody', lastName: 'Quicker', email: 'row1@harbour.example', role: 'USER' },
  });
  await bench.engine.client.imports.upload({ id, canary: 3 });
  await bench.engine.client.sync.setOffline({ offline: false });
  const { uploads } = bench.engine.client;
  await expect.poll(async () => (await uploads.get({ id }))?.isPaused, { timeout: 20_000 }).toBe(true);
  expect(await uploads.get({ id })).toMatchObject({
    pauseReason: 'canary',
    sentCount: 2,
    refusedCount: 1,
    waitingCount: 9,
  });
  const { jobs } = await bench.engine.client.jobs.list({ limit: 10 });
  await bench.engine.client.jobs.resume({
    id: must(
      jobs.find(({ kind }) => kind === 'import-send'),
      'the job is open',
    ).id,
  });
  await expect.poll(async () => (await uploads.get({ id }))?.waitingCount, { timeout: 20_000 }).toBe(0);
  expect(await uploads.get({ id })).toMatchObject({ sentCount: 11, refusedCount: 1 });
});

test('IMP-8: an upload that may not be done any more stops at once and says why', async () => {
  const bench = await startImports();
  const id = await bench.open([
    HEADINGS,
    ...Array.from({ length: 250 }, (_, index) => `Row,${index},row${index}@harbour.example,,,`),
  ]);
  // The technician's role is taken away while the laptop is offline.
  await bench.engine.setOffline(true);
  withdrawRole(bench);
  await bench.engine.client.imports.upload({ id });
  await bench.engine.client.sync.setOffline({ offline: false });
  const { uploads } = bench.engine.client;
  await expect.poll(async () => (await uploads.get({ id }))?.isPaused, { timeout: 20_000 }).toBe(true);
  expect(await uploads.get({ id })).toMatchObject({ pauseReason: 'not-permitted', sentCount: 0 });
  expect(commits(bench.engine).filter((line) => line.startsWith('add'))).toEqual([]);
});

test('IMP-10: an import is taken back row by row, except where somebody has worked on a user since', async () => {
  const { bench, sid, email } = await withUser();
  const before = must(serverUser(bench.engine, sid), 'the user is there')['extension'];
  const id = await bench.open([
    HEADINGS,
    `,,${email},,,4711`,
    'Nora,New,nora@harbour.example,,,',
    'Otto,New,otto@harbour.example,,,',
  ]);
  await setExisting(bench, id, 'update');
  await bench.engine.client.imports.upload({ id });
  await bench.engine.settled();
  const { rows } = await bench.engine.client.users.page({ accountId: bench.engine.account(), search: 'otto@harbour' });
  await editUser(bench.engine, must(rows[0], 'it was made').id, { lastName: 'Married' });
  await bench.engine.settled();
  expect(await bench.engine.client.uploads.undoPlan({ id })).toMatchObject({
    ...{ deleteCount: 1, restoreCount: 1, leftCount: 1 },
    left: [{ email: 'otto@harbour.example', obstacle: 'changed-since' }],
  });
  const undone = await bench.engine.client.uploads.undo({ id });
  expect(undone.ok && undone.value).toMatchObject({ queuedCount: 2, leftCount: 1 });
  await bench.engine.settled();
  expect(serverUser(bench.engine, sid)?.['extension'] ?? '').toBe(before ?? '');
  expect(commits(bench.engine)).toContain('remove nora@harbour.example');
  expect(commits(bench.engine)).not.toContain('remove otto@harbour.example');
});

test('IMP-9: the acceptance sheet names every row; the failed rows are read again by the import', async () => {
  const bench = await startImports();
  const id = await bench.open([
    HEADINGS,
    'Nora,New,nora@harbour.example,,,',
    'Bad,Row,not-an-address,,,',
    'Otto,New,otto@harbour.example,,,',
  ]);
  await bench.engine.setOffline(true);
  elsewhere(bench.engine, {
    op: 'add',
    body: { firstName: 'O', lastName: 'T', email: 'otto@harbour.example', role: 'USER' },
  });
  await bench.engine.client.imports.upload({ id });
  await bench.engine.client.sync.setOffline({ offline: false });
  await expect
    .poll(async () => (await bench.engine.client.uploads.get({ id }))?.waitingCount, { timeout: 20_000 })
    .toBe(0);
  const sheet = bench.place('acceptance.xlsx');
  expect(await bench.engine.client.uploads.saveReport({ id, kind: 'acceptance', file: sheet.grant })).toMatchObject({
    ok: true,
    value: { rowCount: 2 },
  });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(sheet.path);
  const text = JSON.stringify(workbook.worksheets[0]?.getSheetValues());
  expect(text).toContain('nora@harbour.example');
  expect(text).toContain('Accepted');
  const failed = bench.place('failed.xlsx');
  const saved = await bench.engine.client.uploads.saveReport({ id, kind: 'failed', file: failed.grant });
  expect(saved.ok && saved.value.rowCount).toBe(2);
  expect(readFileSync(failed.path).length).toBeGreaterThan(0);
  const again = await bench.engine.client.imports.open({ accountId: bench.engine.account(), file: failed.grant });
  if (!again.ok) throw new Error(again.refusal.code);
  const rows = await bench.rows(again.value.id);
  expect(rows.map(({ values }) => values.email)).toEqual(['otto@harbour.example', 'not-an-address']);
  const header = await bench.engine.client.imports.get({ id: again.value.id });
  expect(header?.columns.filter(({ field }) => field === null).map(({ heading }) => heading)).toEqual([
    'STATUS',
    'REASON',
  ]);
});

test('IMP-8: a single edit goes before the rows of an import that wait', async () => {
  const { bench, id: user } = await withUser();
  const others = (await freeUsers(bench.engine, 8)).filter(({ id }) => id !== user);
  const emails = await Promise.all(
    others.map(async ({ id }) => must(await bench.engine.client.users.get({ id }), 'fetched').email),
  );
  await bench.engine.setOffline(true);
  const id = await bench.open([HEADINGS, ...emails.map((email, index) => `,,${email},,,51${index}`)]);
  await setExisting(bench, id, 'update');
  await bench.engine.client.imports.upload({ id });
  await addUser(bench.engine, 'Urgent');
  await bench.engine.client.sync.setOffline({ offline: false });
  await bench.engine.settled();
  expect(commits(bench.engine)[0]).toMatch(/^add urgent/iu);
  expect(commits(bench.engine)).toHaveLength(others.length + 1);
});

test('IMP-6: a plan made on one laptop is applied on another, once, and what moved meanwhile is a conflict there', async () => {
  const { bench, email, sid } = await withUser();
  const id = await bench.open([HEADINGS, `,,${email},,,4711`, 'Nora,New,nora@harbour.example,,,', 'Bad,Row,bad,,,']);
  await setExisting(bench, id, 'update');
  const plan = bench.place('plan.json');
  expect(await bench.engine.client.imports.savePlan({ id, file: plan.grant })).toMatchObject({ ok: true });
  const { sandbox } = bench.engine;
  const other = await startImports({ sandbox });
  const copy = other.place('plan.json');
  copyFileSync(plan.path, copy.path);
  elsewhere(bench.engine, { op: 'replace', id: sid, body: { extension: '4999' } });
  await other.engine.client.sync.now({ accountId: null });
  await other.engine.settled();
  const opened = await other.engine.client.imports.openPlan({ file: copy.grant });
  if (!opened.ok) throw new Error(opened.refusal.code);
  expect((await other.rows(opened.value.id)).map(({ rowId, action }) => [rowId, action])).toEqual([
    [1, 'conflict'],
    [2, 'create'],
    [3, 'refused'],
  ]);
  await other.engine.client.imports.recheck({ id: opened.value.id, accept: true });
  await other.engine.client.imports.upload({ id: opened.value.id });
  await other.engine.settled();
  // The laptop that made the plan uploads it as well: nobody is made twice.
  await bench.engine.client.imports.upload({ id });
  await expect
    .poll(async () => (await bench.engine.client.uploads.get({ id }))?.waitingCount, { timeout: 20_000 })
    .toBe(0);
  expect(commits(bench.engine).filter((line) => line === 'add nora@harbour.example')).toHaveLength(1);
  expect(serverUser(bench.engine, sid)).toMatchObject({ extension: '4711' });
});

test('IMP-6: a file that is no plan, and a plan of an unknown account, are refused with the reason', async () => {
  const bench = await startImports();
  const broken = bench.place('broken.json');
  writeFileSync(broken.path, '{"format":"fieldlink-import-plan","version":2}');
  const { imports } = bench.engine.client;
  expect(await imports.openPlan({ file: broken.grant })).toMatchObject({
    ok: false,
    refusal: { code: 'import.not-a-plan' },
  });
  const id = await bench.open([HEADINGS, 'Nora,New,nora@harbour.example,,,']);
  const plan = bench.place('plan.json');
  await imports.savePlan({ id, file: plan.grant });
  const text = readFileSync(plan.path, 'utf8').replace(/"accountId":"[^"]*"/u, '"accountId":"elsewhere"');
  writeFileSync(plan.path, text);
  expect(await imports.openPlan({ file: plan.grant })).toMatchObject({
    ok: false,
    refusal: { code: 'account.not-found' },
  });
});

test('IMP-10: of more than a thousand rows that stay the first thousand are named and all are counted', async () => {
  const bench = await startImports();
  const { repositories, context } = bench.engine.engine;
  const importId = context.identifiers.next() as ImportId;
  const actor = context.session.actor();
  const accountLid = bench.engine.account();
  const values = { ...EMPTY_VALUES, role: 'USER' };
  const rows = Array.from({ length: 1200 }, (_, index) => index + 1);
  // Users that nobody has any more.
  repositories.journal.write((tx) => {
    repositories.uploads.open(tx, { importId, actor, accountLid, fileName: 'people.csv', createdAt: '' });
    repositories.uploads.enqueue(
      tx,
      importId,
      rows.map((row) => ({ row, lid: `gone-${row}`, emailKey: '', sourceRow: row + 1, values })),
    );
    const settled = { state: 'sent', reason: '', serverMessage: '', correlationId: '', nextAt: 0 } as const;
    repositories.uploads.settle(
      tx,
      importId,
      rows.map((row) => ({ row, ...settled })),
    );
  });
  const plan = must(await bench.engine.client.uploads.undoPlan({ id: importId }), 'it was opened');
  expect(plan).toMatchObject({ deleteCount: 0, restoreCount: 0, leftCount: 1200 });
  expect(plan.left.map(({ row }) => row)).toEqual(rows.slice(0, 1000));
});
