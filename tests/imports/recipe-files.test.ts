import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { ImportId } from '../../shared/model/ids.ts';
import type { RecipeId } from '../../shared/model/import-recipe.ts';
import { startImports } from './import-bench.ts';
import type { ImportBench } from './import-bench.ts';

const LIST = ['Vorname;Mail', 'Ann;ann(at)harbour.example', 'Bob;bob@harbour.example'];
const FILE = {
  ...{ format: 'fieldlink-import-recipe', version: 1, name: 'From elsewhere' },
  columns: [
    { heading: 'Vorname', field: 'firstName' },
    { heading: 'Mail', field: 'email' },
  ],
  reading: { sheet: null, encoding: null, delimiter: null, headerRow: null },
  existing: 'update',
  fixes: [{ kind: 'default-role', role: 'User' }],
};

async function save(bench: ImportBench, name: string): Promise<RecipeId> {
  const id = await bench.open(LIST);
  await bench.engine.client.imports.replace({ id, field: 'email', find: '(at)', replacement: '@' });
  const saved = await bench.engine.client.recipes.save({ importId: id, name });
  if (!saved.ok) throw new Error(saved.refusal.code);
  return saved.value.id;
}

async function names(bench: ImportBench): Promise<readonly string[]> {
  return (await bench.engine.client.recipes.list({})).recipes.map(({ name }) => name);
}

function placed(bench: ImportBench, content: unknown, name = 'x.fieldlink-recipe.json') {
  const { grant, path } = bench.place(name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return grant;
}

const BUILT_IN = ['MiVoice Business user export', 'MiVoice Office 400', 'AD/LDAP CSV', 'MiCollab CSV'];

describe('the list of recipes', () => {
  test('IMP-13: four recipes come with the console and stay as they are', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const { recipes } = await client.recipes.list({});
    expect(recipes.map(({ name, isBuiltIn }) => [name, isBuiltIn])).toEqual(BUILT_IN.map((name) => [name, true]));
    const { id } = must(recipes[0], 'a built-in one');
    expect(await client.recipes.remove({ id })).toMatchObject({ ok: false, refusal: { code: 'recipe.built-in' } });
    expect(await client.recipes.rename({ id, name: 'Mine' })).toMatchObject({
      ok: false,
      refusal: { code: 'recipe.built-in' },
    });
    const importId = await bench.open(LIST);
    const taken = await client.recipes.save({ importId, name: 'micollab csv', isReplacing: true });
    expect(taken).toMatchObject({ ok: false, refusal: { code: 'recipe.built-in' } });
  });

  test('IMP-13: a name is given once, whatever its case, and can be changed, replaced and freed', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const first = await save(bench, 'Höfe');
    const importId = await bench.open(LIST);
    expect(await client.recipes.save({ importId, name: ' HOFE ' })).toEqual({
      ok: false,
      refusal: { code: 'recipe.name-taken', message: 'Höfe', details: { name: 'Höfe' } },
    });
    expect(await client.recipes.save({ importId, name: 'HOFE', isReplacing: true })).toEqual({
      ok: true,
      value: { id: first },
    });
    const second = await save(bench, 'Quay');
    expect(await client.recipes.rename({ id: second, name: 'hofe' })).toMatchObject({
      ok: false,
      refusal: { code: 'recipe.name-taken' },
    });
    await client.recipes.rename({ id: second, name: 'Altona' });
    expect(await names(bench)).toEqual(['Altona', 'HOFE', ...BUILT_IN]);
    await client.recipes.remove({ id: first });
    expect(await names(bench)).toEqual(['Altona', ...BUILT_IN]);
    expect(await client.recipes.remove({ id: first })).toMatchObject({
      ok: false,
      refusal: { code: 'recipe.not-found' },
    });
  });

  test.each(['', '   ', 'a\nb', 'left\u202Eright', 'zero\u200Bwidth', 'x'.repeat(81)])(
    'IMP-13: %j is not the name of a recipe',
    async (name) => {
      const bench = await startImports();
      const importId = await bench.open(LIST);
      expect(await bench.engine.client.recipes.save({ importId, name })).toMatchObject({
        ok: false,
        refusal: { code: 'recipe.name-invalid' },
      });
    },
  );

  test('IMP-13: recipes stay through a restart, and are offered for a file that fits until they are declined', async () => {
    const bench = await startImports();
    const recipe = await save(bench, 'Harbour');
    const again = await bench.engine.restart();
    expect((await again.client.recipes.list({})).recipes[0]).toMatchObject({ id: recipe, name: 'Harbour' });
    const [draft] = (await again.client.imports.list({ accountId: null })).imports;
    // Not where it came from.
    expect(draft).toMatchObject({ recipe: { id: recipe }, fittingRecipe: null });
    const file = bench.place('more.csv');
    writeFileSync(file.path, LIST.join('\n'));
    const opened = await again.client.imports.open({ accountId: again.account(), file: file.grant });
    const { id } = must(opened.ok ? opened.value : undefined, 'it was opened');
    expect((await again.client.imports.get({ id }))?.fittingRecipe).toEqual({ id: recipe, name: 'Harbour' });
    await again.client.recipes.decline({ importId: id });
    expect((await again.client.imports.get({ id }))?.fittingRecipe).toBeNull();
  });
});

describe('what comes with the console', () => {
  const FILES: readonly (readonly [name: string, headings: string, row: string, values: object])[] = [
    [
      'MiVoice Business user export',
      'User Last Name,User First Name,Department,Location,E-mail,Login ID,Primary Phone DN',
      'Ash,Ann,Sales,Quay,ann@harbour.example,aash,4711',
      { firstName: 'Ann', lastName: 'Ash', email: 'ann@harbour.example', extension: '4711' },
    ],
    [
      'MiVoice Office 400',
      'Interne Rufnummer;Name;Vorname;E-Mail-Adresse;Mobilnummer;Endgerät',
      '47;Ash;Ann;ann@harbour.example;+447700900111;6930',
      { firstName: 'Ann', lastName: 'Ash', extension: '47', mobile: '+447700900111' },
    ],
    [
      'AD/LDAP CSV',
      'DN,objectClass,cn,sn,givenName,displayName,telephoneNumber,userPrincipalName,mail,mobile',
      '"CN=Ann,OU=Staff",user,ann,Ash,Ann,Ann Ash,+442079460123,aash@ad.test,ann@harbour.example,+447700900111',
      { firstName: 'Ann', lastName: 'Ash', name: 'Ann Ash', email: 'ann@harbour.example', extension: '' },
    ],
    [
      'MiCollab CSV',
      'First Name,Last Name,Login ID,Email Address,Role,Primary Phone Extension',
      'Ann,Ash,aash,ann@harbour.example,UCC Premium,4711',
      // The role is one of MiCollab and would be an error here.
      { firstName: 'Ann', email: 'ann@harbour.example', extension: '4711', role: '' },
    ],
  ];
  test.each(FILES)('IMP-13: a file of %s is known by its headings, and read', async (name, headings, row, values) => {
    const bench = await startImports();
    const id = await bench.open([headings, row]);
    const { fittingRecipe } = must(await bench.engine.client.imports.get({ id }), 'open');
    expect(fittingRecipe?.name).toBe(name);
    const recipe = { id: must(fittingRecipe, 'offered').id };
    const applied = await bench.engine.client.recipes.apply({ importId: id, recipe });
    expect(applied).toMatchObject({ ok: true, value: { name, isBuiltIn: true } });
    expect((await bench.rows(id))[0]).toMatchObject({ values, status: null });
  });

  test.each([
    'FIRST NAME,LAST NAME,NAME,EMAIL,ROLE',
    'First Name,Last Name,Email,Mobile',
    'Vorname,Nachname,E-Mail,Abteilung',
  ])('IMP-13: nothing is offered for an ordinary list: %s', async (headings) => {
    const bench = await startImports();
    const id = await bench.open([headings, 'Ann,Ash,ann@harbour.example,ann@harbour.example']);
    expect((await bench.engine.client.imports.get({ id }))?.fittingRecipe).toBeNull();
  });
});

describe('recipe files', () => {
  test('IMP-13: a recipe goes to another laptop as a file and means the same there; one with its name is kept beside it', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const id = await save(bench, 'Harbour');
    const { grant, path } = bench.place('Harbour.fieldlink-recipe.json');
    expect(await client.recipes.exportTo({ id, file: grant })).toEqual({ ok: true, value: {} });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      ...{ format: 'fieldlink-import-recipe', version: 1, name: 'Harbour' },
      fixes: [{ kind: 'replace', find: '(at)' }],
    });
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(await client.recipes.open({ file: grant })).toEqual({
      ok: true,
      value: { id, name: 'Harbour', isKnown: true },
    });

    const other = await startImports();
    const theirs = 'theirs';
    other.files.set(theirs, path);
    const opened = await other.engine.client.recipes.open({ file: theirs });
    expect(opened).toMatchObject({ ok: true, value: { name: 'Harbour', isKnown: false } });
    const changed = placed(other, { ...FILE, name: 'harbour' });
    expect(await other.engine.client.recipes.open({ file: changed })).toMatchObject({
      ok: true,
      value: { name: 'harbour (2)', isKnown: false },
    });
    expect(await names(other)).toEqual(['Harbour', 'harbour (2)', ...BUILT_IN]);
    // A file can be used without being kept.
    const importId = await other.open(LIST);
    const applied = await other.engine.client.recipes.apply({ importId, recipe: { file: theirs } });
    expect(applied).toMatchObject({ ok: true, value: { name: 'Harbour', changedCount: 1 } });
    expect(await names(other)).toHaveLength(6);
  });

  const BAD: readonly (readonly [what: string, content: unknown, code: string])[] = [
    ['no JSON', '{"format":', 'recipe.not-a-recipe'],
    ['another kind of file', { format: 'fieldlink-import-plan', version: 1 }, 'recipe.not-a-recipe'],
    ['a list', [FILE], 'recipe.not-a-recipe'],
    ['null', 'null', 'recipe.not-a-recipe'],
    ['a newer version', { ...FILE, version: 2 }, 'recipe.newer'],
    ['a word more', { ...FILE, run: 'format c:' }, 'recipe.not-a-recipe'],
    ['a prototype', JSON.stringify(FILE).replace('"name"', '"__proto__":{"a":1},"name"'), 'recipe.not-a-recipe'],
    ['a field that there is not', { ...FILE, columns: [{ heading: 'x', field: 'password' }] }, 'recipe.not-a-recipe'],
    ['a repair that deletes', { ...FILE, fixes: [{ kind: 'delete-rows' }] }, 'recipe.not-a-recipe'],
    [
      'an encoding that there is not',
      { ...FILE, reading: { ...FILE.reading, encoding: 'utf-7' } },
      'recipe.not-a-recipe',
    ],
    ['a separator of two', { ...FILE, reading: { ...FILE.reading, delimiter: '::' } }, 'recipe.not-a-recipe'],
    ['no columns at all', { ...FILE, columns: undefined }, 'recipe.not-a-recipe'],
    ['a name that hides', { ...FILE, name: 'Har\u202Ebour' }, 'recipe.not-a-recipe'],
    ['far too many columns', { ...FILE, columns: Array(5000).fill(FILE.columns[0]) }, 'recipe.not-a-recipe'],
    ['a deep nest', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'recipe.not-a-recipe'],
  ];
  test.each(BAD)('IMP-13: a file with %s is refused, and nothing is kept of it', async (_what, content, code) => {
    const bench = await startImports();
    const file = placed(bench, content);
    expect(await bench.engine.client.recipes.open({ file })).toMatchObject({ ok: false, refusal: { code } });
    const importId = await bench.open(LIST);
    expect(await bench.engine.client.recipes.apply({ importId, recipe: { file } })).toMatchObject({
      ok: false,
      refusal: { code },
    });
    expect(await names(bench)).toEqual(BUILT_IN);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  test('IMP-13: a huge file, a folder and a file that went are refused without being read', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const huge = bench.place('huge.fieldlink-recipe.json');
    writeFileSync(huge.path, JSON.stringify(FILE));
    truncateSync(huge.path, 3 * 1024 ** 3);
    expect(await client.recipes.open({ file: huge.grant })).toMatchObject({ refusal: { code: 'recipe.not-a-recipe' } });
    bench.files.set('folder', bench.folder);
    expect(await client.recipes.open({ file: 'folder' })).toMatchObject({
      refusal: { code: 'recipe.not-a-recipe' },
    });
    const gone = bench.place('gone.fieldlink-recipe.json');
    expect(await client.recipes.open({ file: gone.grant })).toMatchObject({ refusal: { code: 'file.gone' } });
    const id = await save(bench, 'Harbour');
    bench.files.set('nowhere', `${bench.folder}/no/such/folder/x.json`);
    expect(await client.recipes.exportTo({ id, file: 'nowhere' })).toMatchObject({
      refusal: { code: 'file.not-writable' },
    });
  });

  test('IMP-13: a default role is for new users; it changes nobody who is there', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const { rows } = await client.users.page({ accountId: bench.engine.account(), limit: 1 });
    const { email } = must(rows[0], 'the demo has users');
    const importId: ImportId = await bench.open(['Vorname;Mail;Rolle', `Known;${email};`, 'New;new@harbour.example;']);
    const file = placed(bench, { ...FILE, fixes: [{ kind: 'default-role', role: 'Account Admin' }] });
    await client.recipes.apply({ importId, recipe: { file } });
    expect((await bench.rows(importId)).map(({ values }) => values.role)).toEqual(['', 'Account Admin']);
  });
});

describe('what a recipe keeps of the reading', () => {
  test('IMP-13: separator, encoding and heading row that a person chose are chosen again; what was recognised is not', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const first = await bench.open([
      'Staff of the quay',
      'Vorname;Mail',
      'Ann;ann@harbour.example',
      'Bob;bob@harbour.example',
    ]);
    expect((await client.recipes.draft({ importId: first }))?.reading).toEqual(FILE.reading);
    await client.imports.reread({ id: first, delimiter: ';', encoding: 'windows-1252' });
    await client.imports.reread({ id: first, headerRow: 2 });
    const reading = { sheet: null, encoding: 'windows-1252', delimiter: ';', headerRow: 2 };
    expect((await client.recipes.draft({ importId: first }))?.reading).toEqual(reading);
    const saved = await client.recipes.save({ importId: first, name: 'Quay' });
    const id = must(saved.ok ? saved.value.id : undefined, 'saved');

    // Read with the bar, it has no column of addresses.
    const { grant, path } = bench.place('bars.csv');
    writeFileSync(path, 'Notes|of|the|quay\nVorname;Mail;A|B|C|D\nCy;cy@harbour.example;a|b|c|d\n');
    const opened = await client.imports.open({ accountId: bench.engine.account(), file: grant });
    const next = must(opened.ok ? opened.value.id : opened.refusal.details?.['importId'], 'kept') as ImportId;
    await client.recipes.apply({ importId: next, recipe: { id } });
    expect((await client.imports.get({ id: next }))?.reading).toMatchObject({
      ...{ encoding: 'windows-1252', delimiter: ';', headerRow: 2 },
    });
    // Headings that are not where they were are looked for.
    const moved = await bench.open(['Vorname;Mail', 'Dee;dee@harbour.example', 'Eve;eve@harbour.example']);
    await client.recipes.apply({ importId: moved, recipe: { id } });
    expect(await client.imports.get({ id: moved })).toMatchObject({ rowCount: 2, reading: { headerRow: 1 } });
  });

  test('IMP-13: the sheet is found by its name, and said where there is none of that name', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const workbook = async (name: string, sheets: readonly string[]): Promise<ImportId> => {
      const { grant, path } = bench.place(name);
      const book = new ExcelJS.Workbook();
      for (const sheet of sheets)
        book.addWorksheet(sheet).addRows([
          ['Vorname', 'Mail'],
          [sheet, 'ann@harbour.example'],
        ]);
      await book.xlsx.writeFile(path);
      const opened = await client.imports.open({ accountId: bench.engine.account(), file: grant });
      return must(opened.ok ? opened.value.id : undefined, 'opened');
    };
    const first = await workbook('one.xlsx', ['Quay', 'Sheds']);
    await client.imports.reread({ id: first, sheet: 'Sheds' });
    const saved = await client.recipes.save({ importId: first, name: 'Sheds' });
    const recipe = { id: must(saved.ok ? saved.value.id : undefined, 'saved') };
    const next = await workbook('two.xlsx', ['Office', 'Sheds']);
    expect(await client.recipes.apply({ importId: next, recipe })).toMatchObject({ value: { missingSheet: null } });
    expect((await bench.rows(next))[0]?.values.firstName).toBe('Sheds');
    const other = await workbook('three.xlsx', ['Office']);
    expect(await client.recipes.apply({ importId: other, recipe })).toMatchObject({ value: { missingSheet: 'Sheds' } });
  });

  test('IMP-13: a replacement within a view is repeated within that view; all of it without a network', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    await bench.engine.setOffline(true);
    const fix = {
      kind: 'replace',
      field: 'email',
      find: 'quay',
      replacement: 'harbour',
      filter: 'errors',
      search: 'SHED',
    };
    const file = placed(bench, { ...FILE, existing: null, fixes: [fix] });
    const importId = await bench.open([
      ...[
        'Vorname;Mail',
        'Ok shed;ok@quay.example',
        'Bad shed;bad quay.example',
        'Bad;bad quay.example',
        'Ann;ann@quay.example',
      ],
    ]);
    expect(await client.recipes.apply({ importId, recipe: { file } })).toMatchObject({ value: { changedCount: 1 } });
    expect((await bench.rows(importId)).map(({ values }) => values.email)).toEqual([
      ...['ok@quay.example', 'bad harbour.example', 'bad quay.example', 'ann@quay.example'],
    ]);
  });
});
