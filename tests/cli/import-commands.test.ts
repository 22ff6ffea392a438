import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { expect, it } from 'vitest';
import { applyDocument, previewDocument } from '../../shared/contract/documents.ts';
import {
  importFileDocument,
  importUndoDocument,
  importLicenseDocument,
  importWelcomeDocument,
  planDocument,
  uploadsDocument,
} from '../../shared/contract/import-documents.ts';
import { aCloud, aFolder, runCli } from './run-cli.ts';

const HARBOUR = '100000002';

async function ask<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<{ exit: number | null; document: T }> {
  const { exit, stdout, stderr } = await runCli([...args, '--json']);
  expect(stderr).toBe('');
  return { exit, document: schema.parse(JSON.parse(stdout)) };
}

it('CLI-1: a plan is made, carried to another profile, applied, reported and taken back', async () => {
  const folder = aFolder();
  const cloud = await aCloud();
  const on = (profile: string): readonly string[] => ['--profile', join(folder, profile), '--cloud', cloud.url];
  for (const profile of ['one', 'two']) await runCli(['sync', ...on(profile)]);
  const template = join(folder, 'users.xlsx');
  const made = await ask(importFileDocument, [
    'import',
    'template',
    template,
    '--account',
    HARBOUR,
    '--with-users',
    ...on('one'),
  ]);
  expect(made).toMatchObject({ exit: 0, document: { rowCount: 40 } });
  const same = ['import', 'plan', template, '--account', HARBOUR, '--existing', 'update', ...on('one')];
  expect((await ask(planDocument, same)).document.counts).toMatchObject({ unchanged: 40, change: 0, create: 0 });

  const sheet = join(folder, 'people.csv');
  writeFileSync(
    sheet,
    'FIRST NAME,EMAIL,EXTENSION\nNora,nora@harbour.example,\n,ada.admin@harbour.example,8111\nBad,bad,\n',
  );
  const plan = join(folder, 'plan.json');
  const planned = await ask(planDocument, [
    ...['import', 'plan', sheet, '--account', HARBOUR, '--existing', 'update', '--out', plan],
    ...on('one'),
  ]);
  expect(planned).toMatchObject({ exit: 3, document: { counts: { create: 1, change: 1, refused: 1 }, savedAs: plan } });
  expect(planned.document.rows.find(({ action }) => action === 'change')).toMatchObject({
    email: 'ada.admin@harbour.example',
    changes: [{ field: 'extension', to: '8111' }],
  });

  const applied = await ask(applyDocument, ['import', 'apply', plan, '--stop-after', '5', ...on('two')]);
  expect(applied).toMatchObject({ exit: 3, document: { queuedCount: 2, left: [{ email: 'bad' }] } });
  const { importId } = applied.document;
  const status = await ask(uploadsDocument, ['import', 'status', importId, ...on('two')]);
  expect(status).toMatchObject({
    exit: 0,
    document: { uploads: [{ sentCount: 2, waitingCount: 0, refusedCount: 0 }] },
  });
  const report = join(folder, 'acceptance.xlsx');
  expect(await ask(importFileDocument, ['import', 'report', importId, report, ...on('two')])).toMatchObject({
    exit: 0,
    document: { rowCount: 2 },
  });
  expect(existsSync(report)).toBe(true);
  // A plan is not the sheet; who wants a copy of that imports it here.
  const asPlan = await runCli([
    'import',
    'report',
    importId,
    join(folder, 'copy.csv'),
    '--kind',
    'sheet',
    ...on('two'),
  ]);
  expect(asPlan).toMatchObject({ exit: 3 });
  expect(asPlan.stderr).toContain('There is no sheet to copy');
  const own = await ask(applyDocument, [
    ...['import', 'apply', sheet, '--account', HARBOUR, '--existing', 'skip', ...on('two')],
  ]);
  const copy = join(folder, 'copy.csv');
  const copied = ['import', 'report', own.document.importId, copy, '--kind', 'sheet', ...on('two')];
  expect(await ask(importFileDocument, copied)).toMatchObject({ exit: 0, document: { rowCount: 1 } });
  expect(readFileSync(copy, 'utf8')).toContain('Bad,bad,,Not uploaded,');
  expect(await runCli(['import', 'report', importId, copy, '--kind', 'other', ...on('two')])).toMatchObject({
    exit: 2,
  });

  const welcome = ['import', 'welcome', importId, ...on('two')];
  const greeted = await ask(importWelcomeDocument, [...welcome, '--dry-run']);
  expect(greeted).toMatchObject({ exit: 0, document: { importId: null, readyCount: 1 } });
  expect(await ask(importWelcomeDocument, welcome)).toMatchObject({ document: { readyCount: 1 } });
  expect(await ask(importWelcomeDocument, welcome)).toMatchObject({
    document: { importId: null, readyCount: 0, left: { 'sent-before': 1 } },
  });
  const license = ['import', 'license', importId, '--mitel-one', 'premier', ...on('two')];
  const seats = expect.arrayContaining([
    expect.objectContaining({ license: 'MITEL_ONE_PREMIER', needed: 2 }),
  ]) as unknown;
  expect(await ask(importLicenseDocument, [...license, '--dry-run'])).toMatchObject({
    ...{ exit: 0, document: { importId: null, readyCount: 2, seats } },
  });
  expect(await ask(importLicenseDocument, license)).toMatchObject({ exit: 0, document: { readyCount: 2 } });
  expect(await ask(importLicenseDocument, license)).toMatchObject({
    document: { importId: null, readyCount: 0, left: { unchanged: 2 } },
  });
  expect(await runCli(['import', 'license', importId, ...on('two')])).toMatchObject({ exit: 2 });
  const look = await ask(importUndoDocument, ['import', 'undo', importId, '--dry-run', ...on('two')]);
  expect(look.document).toMatchObject({ importId: null, deleteCount: 1, restoreCount: 1, leftCount: 0, left: [] });
  await ask(importUndoDocument, ['import', 'undo', importId, ...on('two')]);
  const ops = cloud.oracle.log().map(({ op }) => op);
  expect(ops.toSorted()).toEqual(['add', 'remove', 'replace', 'replace', 'replace', 'replace', 'replace']);
  const refused = await runCli(['import', 'apply', sheet, '--account', HARBOUR, '--existing', 'perhaps', ...on('two')]);
  expect(refused).toMatchObject({ exit: 2 });
});

it('CLI-1: a list that comes through a pipe is previewed like a file', async () => {
  const cloud = await aCloud();
  const at = ['--account', HARBOUR, '--profile', aFolder(), '--cloud', cloud.url, '--json'];
  await runCli(['sync', ...at.slice(2, 6)]);
  const stdin = 'NAME\tEMAIL\nNora New\tnora@harbour.example\nBad Row\tbad\n';
  const { exit, stdout, stderr } = await runCli(['import', 'preview', '-', ...at], { stdin });
  expect(stderr).toBe('');
  const document = previewDocument.parse(JSON.parse(stdout));
  expect(exit).toBe(3);
  expect(document).toMatchObject({ rowCount: 2, errorCount: 1, rows: [{ email: 'bad' }] });
});
