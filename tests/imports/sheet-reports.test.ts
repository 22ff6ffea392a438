import { existsSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { ImportId } from '../../shared/model/ids.ts';
import { elsewhere, freeUsers } from '../harness/edits.ts';
import { startImports, type ImportBench } from './import-bench.ts';
import { readPath } from './read-file.ts';
import { inlineRows, writeWorkbook } from './workbook-writer.ts';

/** IMP-9 through the engine: which rows say what, and when there is no copy. */

const HEADINGS = ['NAME', 'EMAIL', 'EXTENSION', 'Room'];

async function opened(bench: ImportBench, rows: readonly (readonly string[])[], name = 'people.xlsx') {
  const { grant, path } = bench.place(name);
  writeFileSync(path, writeWorkbook({ sheets: [{ name: 'Users', xml: inlineRows([HEADINGS, ...rows]) }] }));
  const outcome = await bench.engine.client.imports.open({ accountId: bench.engine.account(), file: grant });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { id: outcome.value.id, path };
}

async function uploaded(bench: ImportBench, id: ImportId): Promise<void> {
  await bench.engine.client.imports.upload({ id });
  const waitingCount = async () => (await bench.engine.client.uploads.get({ id }))?.waitingCount;
  await expect.poll(waitingCount, { timeout: 20_000 }).toBe(0);
}

const saveSheet = async (bench: ImportBench, id: ImportId, name = 'copy.xlsx') => {
  const place = bench.place(name);
  return { saved: await bench.engine.client.uploads.saveReport({ id, kind: 'sheet', file: place.grant }), ...place };
};

test('IMP-9: the copy says of every row what became of it, in the words of the results page', async () => {
  const bench = await startImports();
  const { imports, uploads } = bench.engine.client;
  const [free] = await freeUsers(bench.engine, 1);
  const known = must(await bench.engine.client.users.get({ id: must(free, 'a user').id }), 'it was fetched');
  const { id, path } = await opened(bench, [
    ['Nora New', 'nora.new@harbour.example', '', '1'],
    ['', known.email, '4711', '2'],
    ['Bad Row', 'nowhere', '', '3'],
    ['Quick', 'quick@harbour.example', '', '4'],
  ]);
  await imports.setExisting({ id, existing: 'update', rowIds: null });
  await imports.addRow({ id });
  const original = readFileSync(path);
  await bench.engine.setOffline(true);
  await imports.upload({ id });
  const waiting = await saveSheet(bench, id, 'waiting.xlsx');
  expect((await readPath(waiting.path)).rows[1]?.cells.slice(4)).toEqual(['Waiting']);
  elsewhere(bench.engine, {
    op: 'add',
    body: { firstName: 'Q', lastName: 'R', email: 'quick@harbour.example', role: 'USER' },
  });
  await bench.engine.client.sync.setOffline({ offline: false });
  await expect.poll(async () => (await uploads.get({ id }))?.waitingCount, { timeout: 20_000 }).toBe(0);
  await expect.poll(async () => (await uploads.get({ id }))?.visibleCount, { timeout: 20_000 }).toBe(2);

  const { saved, path: copy } = await saveSheet(bench, id);
  expect(saved).toEqual({ ok: true, value: { rowCount: 4, addedCount: 1, format: 'xlsx' } });
  const cells = (await readPath(copy)).rows.map((row) => row.cells);
  expect(cells.map((row) => row[4])).toEqual(['STATUS', 'Visible', 'Visible', 'Not uploaded', 'Refused']);
  expect(cells[3]?.[5]).toBe('Email: not a valid e-mail address: correct it, for example name@example.com.');
  const { rows } = await uploads.rows({ id, filter: 'refused' });
  expect(cells[4]?.[5]).toContain(must(rows[0], 'the refused row').serverMessage);
  expect(cells.map((row) => row.slice(0, 4))).toEqual((await readPath(path)).rows.map((row) => row.cells));
  expect(readFileSync(path).equals(original)).toBe(true);
  expect(readdirSync(bench.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('IMP-9: what an upload has made is looked for when it is sent, and not at the next poll', async () => {
  const bench = await startImports();
  await expect.poll(async () => (await bench.engine.client.sync.status({ accountId: null })).isSyncing).toBe(false);
  const { id } = await opened(bench, [['Ann', 'ann@harbour.example']]);
  await uploaded(bench, id);
  const visibleCount = async () => (await bench.engine.client.uploads.get({ id }))?.visibleCount;
  await expect.poll(visibleCount, { timeout: 20_000 }).toBe(1);
});

test('IMP-9: a row that was taken back is in the preview again, and says so', async () => {
  const bench = await startImports();
  const { id } = await opened(bench, [
    ['Ann', 'ann@harbour.example'],
    ['Ben', 'ben@harbour.example'],
  ]);
  await bench.engine.setOffline(true);
  await bench.engine.client.imports.upload({ id });
  const { jobs } = await bench.engine.client.jobs.list({});
  const job = must(
    jobs.find(({ importId }) => importId === id),
    'the upload',
  );
  await bench.engine.client.jobs.cancel({ id: job.id });
  await expect.poll(async () => (await bench.engine.client.uploads.get({ id }))?.leftCount).toBe(2);
  const { path } = await saveSheet(bench, id);
  expect((await readPath(path)).rows[1]?.cells.slice(4)).toEqual([
    'Not uploaded',
    'Nothing is wrong with this row. Upload it from the preview.',
  ]);
});

test('IMP-9: an original that was changed or is gone gives no copy, and the other reports all the same', async () => {
  const bench = await startImports();
  const { uploads } = bench.engine.client;
  const { id, path } = await opened(bench, [
    ['Ann', 'ann@harbour.example'],
    ['Bad', 'nowhere'],
  ]);
  await uploaded(bench, id);
  const original = readFileSync(path);
  const { mtime } = statSync(path);

  // Same size, same time: only the content tells.
  const other = Buffer.from(original);
  other[12] = (other[12] ?? 0) ^ 1;
  writeFileSync(path, other);
  utimesSync(path, mtime, mtime);
  const changed = await saveSheet(bench, id);
  expect(changed.saved).toMatchObject({ ok: false, refusal: { code: 'report.original-changed' } });
  expect(existsSync(changed.path)).toBe(false);

  renameSync(path, `${path}.away`);
  expect((await saveSheet(bench, id)).saved).toMatchObject({ refusal: { code: 'report.original-gone' } });
  for (const kind of ['acceptance', 'failed'] as const) {
    expect(await uploads.saveReport({ id, kind, file: bench.place(`${kind}.xlsx`).grant })).toMatchObject({ ok: true });
  }
  writeFileSync(path, original);
  expect((await saveSheet(bench, id)).saved).toMatchObject({ ok: true });
});

test('IMP-9: the original is never written over, and a folder that is not there is said', async () => {
  const bench = await startImports();
  const { id, path } = await opened(bench, [['Ann', 'ann@harbour.example']]);
  await uploaded(bench, id);
  const original = readFileSync(path);
  expect((await saveSheet(bench, id, 'people.xlsx')).saved).toMatchObject({
    refusal: { code: 'report.over-original' },
  });
  expect(readFileSync(path).equals(original)).toBe(true);
  expect((await saveSheet(bench, id, 'nowhere/copy.xlsx')).saved).toMatchObject({
    refusal: { code: 'file.not-writable', details: { detail: 'ENOENT' } },
  });
});

test('IMP-9: a list that was pasted and an upload that takes one back have no sheet to copy', async () => {
  const bench = await startImports();
  const { imports, uploads } = bench.engine.client;
  const pasted = await imports.openText({
    accountId: bench.engine.account(),
    text: 'NAME\tEMAIL\nAnn Lee\tann.lee@harbour.example\n',
  });
  if (!pasted.ok) throw new Error(pasted.refusal.code);
  const { id } = pasted.value;
  await uploaded(bench, id);
  expect(await uploads.get({ id })).toMatchObject({ original: 'pasted' });
  expect((await saveSheet(bench, id)).saved).toMatchObject({ refusal: { code: 'report.no-original' } });
  const undone = await uploads.undo({ id });
  if (!undone.ok) throw new Error(undone.refusal.code);
  expect(await uploads.get({ id: undone.value.id })).toMatchObject({ original: 'undo' });
  expect((await saveSheet(bench, undone.value.id)).saved).toMatchObject({ refusal: { code: 'report.no-original' } });
});

test('IMP-9: a plan has no sheet on this laptop', async () => {
  const bench = await startImports();
  const { imports, uploads } = bench.engine.client;
  const { id } = await opened(bench, [['Ann', 'ann@harbour.example']]);
  const plan = bench.place('plan.json');
  await imports.savePlan({ id, file: plan.grant });
  await imports.cancel({ id });
  expect(await imports.openPlan({ file: plan.grant })).toMatchObject({ ok: true });
  await uploaded(bench, id);
  expect(await uploads.get({ id })).toMatchObject({ original: 'plan' });
  expect((await saveSheet(bench, id)).saved).toMatchObject({ refusal: { code: 'report.no-original' } });
});

test('IMP-9: after another reading of the list it cannot be told any more which row is which', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  const { id, path } = await opened(bench, [
    ['Ann', 'ann@harbour.example'],
    ['Bad', 'nowhere'],
  ]);
  await uploaded(bench, id);
  // The same file once more: the rows are where they were.
  await imports.reread({ id });
  const again = await saveSheet(bench, id);
  expect(again.saved).toMatchObject({ ok: true });
  const status = (await readPath(again.path)).rows.map((row) => row.cells[4]);
  expect([status[0], status[2]]).toEqual(['STATUS', 'Not uploaded']);
  expect(['Accepted', 'Visible']).toContain(status[1]);
  const moved = inlineRows([HEADINGS, ['First', 'first@harbour.example'], ['Ann', 'ann@harbour.example']]);
  writeFileSync(path, writeWorkbook({ sheets: [{ name: 'Users', xml: moved }] }));
  await imports.reread({ id });
  expect((await saveSheet(bench, id)).saved).toMatchObject({ refusal: { code: 'report.read-again' } });
});
