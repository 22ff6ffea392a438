import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { changesOf } from '../harness/edits.ts';
import { harbourId } from '../sandbox/sandbox-client.ts';
import { startImports, type ImportBench } from './import-bench.ts';

const HEADINGS = 'FIRST NAME,LAST NAME,EMAIL,MITEL ONE,MITEAM MEETINGS,SMS NUMBER,LANGUAGE,USER TEMPLATE,TAGS';

function onServer(bench: ImportBench, prefix: string) {
  return bench.engine.sandbox.oracle
    .users(harbourId(bench.engine.sandbox))
    .filter(({ email }) => String(email).startsWith(prefix));
}

async function upload(bench: ImportBench, lines: readonly string[], isUpdate = false) {
  const { imports } = bench.engine.client;
  const id = await bench.open(lines);
  if (isUpdate) await imports.setExisting({ id, existing: 'update', rowIds: null });
  const rows = await bench.rows(id);
  const uploaded = await imports.upload({ id });
  await bench.engine.settled();
  return { id, rows, uploaded };
}

async function freeNumber(bench: ImportBench): Promise<string> {
  const account = must(await bench.engine.client.accounts.get({ id: bench.engine.account() }), 'it was fetched');
  return must(account.assignables.smsNumbers.at(-1), 'the account has some');
}

test('IMP-12: the optional columns are read in a person’s words and arrive as what they mean', async () => {
  const bench = await startImports();
  const number = await freeNumber(bench);
  const { rows } = await upload(bench, [
    HEADINGS,
    `Ann,Opt,opt.ann@harbour.example,Mitel One (Premier),yes,${number},German,,"quay; Night ,quay"`,
    'Bob,Opt,opt.bob@harbour.example,essential,No,,fr-CA,,',
    'Cy,Opt,opt.cy@harbour.example,,,,,mobile worker,',
  ]);
  expect(rows.flatMap(({ issues }) => issues)).toEqual([]);
  expect(onServer(bench, 'opt.')).toMatchObject([
    {
      ...{ mitelOne: 'PREMIER', miteamMeetings: 'ASSIGNED', smsNumber: number, language: 'de', userTemplate: '' },
      tags: 'quay, Night',
    },
    { mitelOne: 'ESSENTIAL', miteamMeetings: '', smsNumber: '', language: 'fr', userTemplate: '', tags: '' },
    { mitelOne: 'PREMIER', miteamMeetings: 'ASSIGNED', userTemplate: 'Mobile Worker' },
  ]);
  expect(await changesOf(bench.engine)).toEqual([]);
});

test('IMP-12: columns of other people’s lists are found by their words and by what stands below them', async () => {
  const bench = await startImports();
  const fields = async (lines: readonly string[]): Promise<readonly (string | null)[]> => {
    const header = must(await bench.engine.client.imports.get({ id: await bench.open(lines) }), 'just opened');
    return header.columns.map(({ field }) => field);
  };
  const three = (cells: string): readonly string[] =>
    ['a', 'b', 'c'].map((name) => `${name},Kunde,${name}@kunde.example,${cells}`);
  expect(
    await fields(['Vorname,Nachname,E-Mail,Lizenz,Sprache,SMS-Nummer,Tags', ...three('Elite,deutsch,+441134960101,x')]),
  ).toEqual(['firstName', 'lastName', 'email', 'mitelOne', 'language', 'smsNumber', 'tags']);
  // A license code, a language of phones and a template of another product mean nothing here, and nobody guesses.
  expect(await fields(['Vorname,Nachname,E-Mail,License,Language,Template', ...three('ML-4711,set 3,Agent')])).toEqual([
    ...['firstName', 'lastName', 'email'],
    ...[null, null, null],
  ]);
});

test('IMP-12: what cannot be chosen stays in the preview with what can, and a number is given once', async () => {
  const bench = await startImports();
  const taken = must(
    bench.engine.sandbox.oracle.users(harbourId(bench.engine.sandbox)).find(({ smsNumber }) => smsNumber !== ''),
    'one has',
  );
  const { rows, uploaded } = await upload(bench, [
    HEADINGS,
    'Ann,Opt,opt.ann@harbour.example,Gold,perhaps,+441134960999,Frisian,Kiosk,',
    `Bob,Opt,opt.bob@harbour.example,,,${String(taken['smsNumber'])},,,`,
    'Cy,Opt,opt.cy@harbour.example,,,,,,ok',
  ]);
  expect(uploaded).toMatchObject({ ok: true, value: { queuedCount: 1, leftCount: 2 } });
  expect(rows[0]?.issues.map(({ code, field }) => `${code}:${field ?? ''}`)).toEqual([
    'choice-unknown:mitelOne',
    'choice-unknown:miteamMeetings',
    'choice-unknown:smsNumber',
    'choice-unknown:language',
    'choice-unknown:userTemplate',
  ]);
  expect(rows[0]?.issues[0]?.detail).toBe('Essential, Premier or Elite');
  expect(rows[1]?.issues).toMatchObject([
    { code: 'sms-number-taken', detail: expect.stringMatching(/\w/u) as unknown },
  ]);
  expect(onServer(bench, 'opt.')).toHaveLength(1);
});

test('IMP-7: of a known user a blank cell leaves the licenses as they are, and the clear token takes them away', async () => {
  const bench = await startImports();
  await upload(bench, [
    HEADINGS,
    'Ann,Opt,opt.ann@harbour.example,Premier,yes,,de,,quay',
    'Bob,Opt,opt.bob@harbour.example,Premier,yes,,de,,quay',
  ]);
  const { rows } = await upload(
    bench,
    [
      'EMAIL,MITEL ONE,MITEAM MEETINGS,LANGUAGE,TAGS',
      'opt.ann@harbour.example,,,,night',
      'opt.bob@harbour.example,<clear>,no,<clear>,<clear>',
    ],
    true,
  );
  expect(rows.map(({ action }) => action)).toEqual(['change', 'change']);
  expect(onServer(bench, 'opt.')).toMatchObject([
    { mitelOne: 'PREMIER', miteamMeetings: 'ASSIGNED', language: 'de', tags: 'night' },
    { mitelOne: '', miteamMeetings: '', language: '', tags: '' },
  ]);
});

test('IMP-11: the plan counts the licenses that its rows need, and those that they free', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  await upload(bench, [HEADINGS, 'Ann,Opt,opt.ann@harbour.example,Elite,,,,,']);
  const lines = Array.from({ length: 12 }, (_, row) => `P${row},Opt,opt.p${row}@harbour.example,Elite`);
  const id = await bench.open([
    'FIRST NAME,LAST NAME,EMAIL,MITEL ONE',
    ...lines,
    'Ann,Opt,opt.ann@harbour.example,Premier',
    'Broken,Opt,no-address,Elite',
  ]);
  await imports.setExisting({ id, existing: 'update', rowIds: null });
  const { seats } = await imports.seats({ id });
  const of = (wanted: string) => seats.find(({ license }) => license === wanted);
  expect(of('MITEL_ONE_ELITE')).toEqual({ license: 'MITEL_ONE_ELITE', total: 10, assigned: 1, needed: 11 });
  expect(of('MITEL_ONE_PREMIER')).toMatchObject({ needed: 1 });
  expect(of('MITEAM_MEETINGS')).toMatchObject({ needed: 0 });
});

test('IMP-9: refused rows come back with their licenses in words, and the file is read again as it is', async () => {
  const bench = await startImports();
  const { imports, uploads } = bench.engine.client;
  const lines = Array.from({ length: 12 }, (_, row) => `P${row},Opt,opt.p${row}@harbour.example,Elite,yes,,de,,a`);
  const { id } = await upload(bench, [HEADINGS, ...lines]);
  expect(await uploads.get({ id })).toMatchObject({ sentCount: 10, refusedCount: 2 });
  // Who was refused uses none.
  const { seats } = await bench.engine.client.users.seats({ accountId: bench.engine.account() });
  expect(seats.find(({ license }) => license === 'MITEL_ONE_ELITE')).toMatchObject({ total: 10, assigned: 10 });
  const failed = bench.place('failed.xlsx');
  await uploads.saveReport({ id, kind: 'failed', file: failed.grant });
  const opened = await imports.open({ accountId: bench.engine.account(), file: failed.grant });
  const again = must(opened.ok ? opened.value.id : null, 'it opens');
  const rows = await bench.rows(again);
  expect(rows).toHaveLength(2);
  for (const { values, issues } of rows) {
    expect(values).toMatchObject({ mitelOne: 'Elite', miteamMeetings: 'Yes', language: 'German', tags: 'a' });
    // The two are still in the Outbox; nothing else is wrong with them.
    expect(issues.map(({ code }) => code)).toEqual(['email-queued']);
  }
});

test('IMP-8: taken back, the rows stand in the preview as they were', async () => {
  const bench = await startImports();
  await bench.engine.setOffline(true);
  const { imports, outbox } = bench.engine.client;
  const id = await bench.open([HEADINGS, 'Ann,Opt,opt.ann@harbour.example,Premier,yes,,German,Desk Phone,quay']);
  await imports.upload({ id });
  expect(await outbox.undoImport({ importId: id })).toMatchObject({ ok: true, value: { returnedCount: 1 } });
  expect((await bench.rows(id))[0]?.values).toMatchObject({
    ...{ mitelOne: 'Premier', miteamMeetings: 'Yes', language: 'German', userTemplate: 'Desk Phone', tags: 'quay' },
  });
});

test('IMP-6: a plan of an earlier release, with fewer columns, opens; one of today keeps them all', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  const id = await bench.open([HEADINGS, 'Ann,Opt,opt.ann@harbour.example,Premier,,,,,quay']);
  const plan = bench.place('plan.json');
  await imports.savePlan({ id, file: plan.grant });
  await imports.cancel({ id });
  expect(await imports.openPlan({ file: plan.grant })).toMatchObject({ ok: true });
  expect((await bench.rows(id))[0]?.values).toMatchObject({ mitelOne: 'Premier', tags: 'quay' });
  await imports.cancel({ id });
  const document = JSON.parse(readFileSync(plan.path, 'utf8')) as { rows: { values: Record<string, string> }[] };
  for (const { values } of document.rows)
    for (const later of ['mitelOne', 'miteamMeetings', 'smsNumber', 'language', 'userTemplate', 'tags'])
      Reflect.deleteProperty(values, later);
  writeFileSync(plan.path, JSON.stringify(document));
  expect(await imports.openPlan({ file: plan.grant })).toMatchObject({ ok: true });
  expect((await bench.rows(id))[0]?.values).toMatchObject({ email: 'opt.ann@harbour.example', mitelOne: '', tags: '' });
});
