import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultRule } from '../../shared/cloud/sandbox-control.ts';
import { must } from '../../shared/lib/must.ts';
import type { ImportId } from '../../shared/model/ids.ts';
import { uploadSentence } from '../../shared/model/upload-sentence.ts';
import { MODES } from '../harness/capability-modes.ts';
import { commits, elsewhere, freeUsers } from '../harness/edits.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { aSandbox } from '../sandbox/sandbox-client.ts';
import { startImports, type ImportBench } from './import-bench.ts';

/** What went wrong in imports of other products, each as a test of its own (PEERS.md). */

const HEADINGS = 'FIRST NAME,LAST NAME,EMAIL,ROLE,MOBILE,EXTENSION';

function people(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `Row,${index + 1},row${index + 1}@harbour.example,,,`);
}

function additions(engine: TestEngine): readonly string[] {
  return commits(engine).filter((line) => line.startsWith('add row'));
}

async function sent(bench: ImportBench, id: ImportId): Promise<void> {
  const waitingCount = async () => (await bench.engine.client.uploads.get({ id }))?.waitingCount;
  await expect.poll(waitingCount, { timeout: 50_000 }).toBe(0);
}

describe.each(MODES)('%s', (_, capabilities) => {
  test.each([1, 100, 101])('IMP-8: of %i rows each arrives exactly once, the last one too', async (count) => {
    const bench = await startImports({ sandbox: await aSandbox({ settings: { capabilities } }) });
    const id = await bench.open([HEADINGS, ...people(count)]);
    await bench.engine.client.imports.upload({ id });
    await sent(bench, id);
    const wanted = Array.from({ length: count }, (_one, index) => `add row${index + 1}@harbour.example`);
    expect([...additions(bench.engine)].toSorted()).toEqual(wanted.toSorted());
    expect(await bench.engine.client.imports.get({ id })).toMatchObject({ state: 'finished', rowCount: 0 });
  });

  test('IMP-8: an answer that is lost after the cloud has made the users makes none of them twice', async () => {
    const bench = await startImports({ sandbox: await aSandbox({ settings: { capabilities } }) });
    const lost = faultRule.parse({ kind: 'drop-after-commit', path: 'users', times: 1 });
    const id = await bench.open([HEADINGS, ...people(30)]);
    bench.engine.sandbox.configure({
      faults: ['PATCH', 'POST'].map((method) => ({ ...lost, method })),
    });
    await bench.engine.client.imports.upload({ id });
    await sent(bench, id);
    expect(additions(bench.engine)).toHaveLength(30);
    expect(new Set(additions(bench.engine)).size).toBe(30);
    expect(await bench.engine.client.uploads.get({ id })).toMatchObject({ sentCount: 30, refusedCount: 0 });
  });
});

test('IMP-8: one bad row of 1,000 is told as what it is, whether the cloud refuses it or the preview', async () => {
  const bench = await startImports();
  const { uploads, imports } = bench.engine.client;
  const sentenceOf = async (id: ImportId): Promise<string> =>
    uploadSentence(must(await uploads.get({ id }), 'it was uploaded'), String);
  const wrong = await bench.open([HEADINGS, ...people(999), 'Bad,Row,no address,,,']);
  expect(await imports.upload({ id: wrong })).toMatchObject({ ok: true, value: { queuedCount: 999, leftCount: 1 } });
  await sent(bench, wrong);
  expect(await sentenceOf(wrong)).toBe('999 applied, 1 needs you.');

  const refused = await bench.open([HEADINGS, ...people(1000).map((line) => line.replace('row', 'other'))], 'two.csv');
  await bench.engine.setOffline(true);
  elsewhere(bench.engine, {
    op: 'add',
    body: { firstName: 'Somebody', lastName: 'Quicker', email: 'other500@harbour.example', role: 'USER' },
  });
  await imports.upload({ id: refused });
  await bench.engine.client.sync.setOffline({ offline: false });
  await sent(bench, refused);
  expect(await sentenceOf(refused)).toBe('999 applied, 1 needs you.');
  const { rows } = await uploads.rows({ id: refused, filter: 'refused' });
  expect(rows.map(({ email, reason }) => [email, reason])).toEqual([['other500@harbour.example', 'already-in-use']]);
});

test('IMP-2: a column that nobody knows is announced with its heading, and brings nothing', async () => {
  const bench = await startImports();
  const id = await bench.open(['FIRST NAME,EMAIL,Favourite colour', 'Ann,ann@harbour.example,green']);
  const header = must(await bench.engine.client.imports.get({ id }), 'it is open');
  expect(header.columns.map(({ heading, field }) => [heading, field])).toEqual([
    ['FIRST NAME', 'firstName'],
    ['EMAIL', 'email'],
    ['Favourite colour', null],
  ]);
  expect(JSON.stringify(await bench.rows(id))).not.toContain('green');
});

test('IMP-6: without a network everything works but the sending, and that happens when it returns', async () => {
  const bench = await startImports();
  const { imports, uploads, sync } = bench.engine.client;
  const [free] = await freeUsers(bench.engine, 1);
  const known = must(await bench.engine.client.users.get({ id: must(free, 'a user').id }), 'it was fetched');
  await bench.engine.setOffline(true);
  const before = bench.engine.sandbox.oracle.requests().length;
  const id = await bench.open([HEADINGS, ...people(3), `,,${known.email},,,4711`, 'Bad,Row,bad,,,']);
  await imports.setExisting({ id, existing: 'update', rowIds: null });
  await imports.editCell({ id, rowId: 2, field: 'firstName', value: 'Corrected' });
  await imports.undo({ id, direction: 'undo' });
  await imports.undo({ id, direction: 'redo' });
  expect((await bench.rows(id)).map(({ action }) => action)).toEqual([
    'create',
    'create',
    'create',
    'change',
    'refused',
  ]);
  const plan = bench.place('plan.json');
  expect(await imports.savePlan({ id, file: plan.grant })).toMatchObject({ ok: true });
  const template = bench.place('template.xlsx');
  const accountId = bench.engine.account();
  expect(await imports.saveTemplate({ accountId, file: template.grant, withUsers: true })).toMatchObject({ ok: true });
  expect(await imports.upload({ id })).toMatchObject({ ok: true, value: { queuedCount: 4, leftCount: 1 } });
  const sheet = bench.place('acceptance.xlsx');
  expect(await uploads.saveReport({ id, kind: 'acceptance', file: sheet.grant })).toMatchObject({ ok: true });
  const page = await bench.engine.client.users.page({ accountId, search: 'row2@harbour.example' });
  expect(page.rows.map(({ name, pending }) => [name, pending])).toEqual([['Corrected 2', 'new']]);
  expect(await uploads.get({ id })).toMatchObject({ sentCount: 0, waitingCount: 4, leftCount: 1 });
  expect(bench.engine.sandbox.oracle.requests().length).toBe(before);
  await sync.setOffline({ offline: false });
  await sent(bench, id);
  expect(await uploads.get({ id })).toMatchObject({ sentCount: 4, refusedCount: 0 });
  expect(additions(bench.engine)).toHaveLength(3);
});

test('IMP-6: a file that was saved again after it was read is noticed when the plan is looked at', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  const id = await bench.open([HEADINGS, ...people(2)]);
  expect(await imports.recheck({ id, accept: false })).toMatchObject({ ok: true, value: { isFileNewer: false } });
  const path = must([...bench.files.values()].at(-1), 'the file of the preview');
  writeFileSync(path, `${readFileSync(path, 'utf8')}Late,Row,late@harbour.example,,,\n`);
  expect(await imports.recheck({ id, accept: false })).toMatchObject({
    ok: true,
    value: { isFileNewer: true, rowCount: 2 },
  });
  await imports.reread({ id });
  expect(await imports.recheck({ id, accept: false })).toMatchObject({
    ok: true,
    value: { isFileNewer: false, rowCount: 3 },
  });
  // A stick that was pulled out says nothing about the rows.
  rmSync(path);
  expect(await imports.recheck({ id, accept: false })).toMatchObject({ ok: true, value: { isFileNewer: false } });
});
