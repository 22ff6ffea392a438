import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import type { ImportId } from '../../shared/model/ids.ts';
import type { RecipeContent, RecipeId } from '../../shared/model/import-recipe.ts';
import type { ImportField } from '../../shared/model/import-row.ts';
import { startImports } from './import-bench.ts';
import type { ImportBench } from './import-bench.ts';

const STAFF = [
  'Kennung;Kontakt;Rufcode;Stand',
  '4711;bob@harbour.example;Bob;away',
  '4712;ann(at)harbour.example;Ann;active',
  '4713;cy@harbour.example;Cy;away',
];
const NOTHING_CHOSEN = { sheet: null, encoding: null, delimiter: null, headerRow: null };

async function header(bench: ImportBench, id: ImportId) {
  return must(await bench.engine.client.imports.get({ id }), 'the import is there');
}

/** Each column as `heading: field`, with `*` for what was not recognised by itself. */
async function columns(bench: ImportBench, id: ImportId): Promise<readonly string[]> {
  const signs = { recognised: '', learned: ' (learned)', hand: ' (hand)', recipe: ' (recipe)' };
  return (await header(bench, id)).columns.map(
    ({ heading, field, origin }) => `${heading}: ${field ?? '-'}${signs[origin]}`,
  );
}

async function map(bench: ImportBench, id: ImportId, fields: readonly (ImportField | null)[]): Promise<void> {
  const mapping = fields.flatMap((field, index) => (field === null ? [] : [{ index, field }]));
  expect(await bench.engine.client.imports.reread({ id, mapping })).toMatchObject({ ok: true });
}

/** Opens the list of staff, maps Rufcode by hand and saves a recipe with the repairs that are asked for. */
async function savedRecipe(bench: ImportBench, name: string): Promise<RecipeId> {
  const { client } = bench.engine;
  const id = await bench.open(STAFF);
  await map(bench, id, [null, 'email', 'name', null]);
  await client.imports.setExisting({ id, existing: 'skip', rowIds: null });
  await client.imports.replace({ id, field: 'email', find: '(at)', replacement: '@' });
  const saved = await client.recipes.save({ importId: id, name });
  if (!saved.ok) throw new Error(saved.refusal.code);
  return saved.value.id;
}

async function contentOf(bench: ImportBench, id: RecipeId): Promise<RecipeContent> {
  const { recipes } = await bench.engine.client.recipes.list({});
  return must(
    recipes.find((one) => one.id === id),
    'the recipe is listed',
  ).content;
}

describe('learned headings', () => {
  test('IMP-13: what a person made of the columns is remembered with the upload, and said of the next file', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const first = await bench.open(STAFF);
    await map(bench, first, ['extension', 'email', 'name', null]);
    expect((await client.recipes.learned({})).headings).toEqual([]);
    await client.imports.upload({ id: first });
    const { headings } = await client.recipes.learned({});
    expect(Object.fromEntries(headings.map(({ heading, field }) => [heading, field]))).toEqual({
      Kennung: 'extension',
      Rufcode: 'name',
    });
    const next = await bench.open(['KENNUNG,rufcode,Kontakt', '4711,Cid,cid@harbour.example']);
    expect(await columns(bench, next)).toEqual([
      'KENNUNG: extension (learned)',
      'rufcode: name (learned)',
      'Kontakt: email',
    ]);
    // It is of the laptop: it stays when the cache is built anew and the program starts again.
    bench.engine.engine.repositories.cache.write(() =>
      bench.engine.engine.repositories.cache.sql.exec('DELETE FROM users'),
    );
    const again = await bench.engine.restart();
    expect((await again.client.recipes.learned({})).headings).toHaveLength(2);
  });

  test('IMP-13: a column left out by hand is left out again; one that lost its field to another column is not', async () => {
    const bench = await startImports();
    const id = await bench.open([
      'Vorname;Mail;Privat;Handy',
      'Ann;ann@harbour.example;ann@home.example;+447700900111',
    ]);
    // Mobile is left out; the addresses are taken from another column.
    await map(bench, id, ['firstName', null, 'email', null]);
    const { grant } = bench.place('plan.json');
    await bench.engine.client.imports.savePlan({ id, file: grant });
    const { headings } = await bench.engine.client.recipes.learned({});
    expect(Object.fromEntries(headings.map(({ heading, field }) => [heading, field]))).toEqual({
      Handy: null,
      Privat: 'email',
    });
    const next = await bench.open(['Vorname;Mail;Handy', 'Bob;bob@harbour.example;+447700900112']);
    expect(await columns(bench, next)).toEqual(['Vorname: firstName', 'Mail: email', 'Handy: - (learned)']);
  });

  test('IMP-13: of two learned columns for one field one is taken, and the other is announced', async () => {
    const bench = await startImports();
    for (const heading of ['Kontakt 1', 'Kontakt 2']) {
      const id = await bench.open([`${heading};Code`, 'Ann;ann@harbour.example', 'Bob;bob@harbour.example']);
      await map(bench, id, ['name', 'email']);
      await bench.engine.client.imports.savePlan({ id, file: bench.place('plan.json').grant });
    }
    const id = await bench.open(['Kontakt 1;Kontakt 2;Mail', 'Ann;Annie;ann@harbour.example']);
    const fields = (await header(bench, id)).columns.map(({ field }) => field);
    expect(fields.filter((field) => field === 'name')).toHaveLength(1);
    expect((await header(bench, id)).columns.map(({ passedOver }) => passedOver)).toEqual([
      { field: 'name', reason: 'taken' },
      null,
      null,
    ]);
  });

  test('IMP-13: a learned heading over cells that are something else is passed over and announced', async () => {
    const bench = await startImports();
    const first = await bench.open(['Kurz;Mail;Name', '4711;ann@harbour.example;Ann']);
    await map(bench, first, ['extension', 'email', 'name']);
    await bench.engine.client.imports.upload({ id: first });
    const id = await bench.open([
      'Kurz;Mail;Name',
      ...['sales', 'stores', 'quay'].map((word) => `${word};${word}@harbour.example;${word}`),
    ]);
    expect((await header(bench, id)).columns[0]).toMatchObject({
      field: null,
      passedOver: { field: 'extension', reason: 'unlike' },
    });
  });

  test("IMP-13: on the portal's own sheet its headings mean what they say, whatever was learned", async () => {
    const bench = await startImports();
    const list = await bench.open(['Role;First name;Email', 'Ann;Quay;ann@harbour.example']);
    await map(bench, list, ['name', 'lastName', 'email']);
    await bench.engine.client.imports.upload({ id: list });
    expect((await bench.engine.client.recipes.learned({})).headings).toHaveLength(2);
    const id = await bench.open(['FIRST NAME,LAST NAME,NAME,EMAIL,ROLE', 'Bob,Bee,,bob@harbour.example,User']);
    expect(await columns(bench, id)).toEqual([
      ...['FIRST NAME: firstName', 'LAST NAME: lastName', 'NAME: name', 'EMAIL: email', 'ROLE: role'],
    ]);
    // And nothing is learned of them.
    await map(bench, id, ['firstName', 'lastName', null, 'email', 'role']);
    await bench.engine.client.imports.upload({ id });
    const { headings } = await bench.engine.client.recipes.learned({});
    expect(headings.map(({ key }) => key)).not.toContain('name');
  });

  test('IMP-13: a learned heading is forgotten by itself, or all of them', async () => {
    const bench = await startImports();
    const id = await bench.open(STAFF);
    await map(bench, id, ['extension', 'email', 'name', null]);
    await bench.engine.client.imports.upload({ id });
    const one = await bench.engine.client.recipes.forget({ key: 'kennung' });
    expect(one).toEqual({ ok: true, value: { forgottenCount: 1 } });
    expect((await bench.engine.client.recipes.learned({})).headings.map(({ key }) => key)).toEqual(['rufcode']);
    await bench.engine.client.recipes.forget({ key: null });
    expect((await bench.engine.client.recipes.learned({})).headings).toEqual([]);
    expect(await columns(bench, await bench.open(STAFF))).toContain('Kennung: -');
  });
});

describe('recipes', () => {
  test('IMP-13: an import is kept as a recipe and makes of the next file what was made of the first', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const recipe = await savedRecipe(bench, 'Harbour staff');
    expect(await contentOf(bench, recipe)).toEqual({
      columns: [
        { heading: 'Kennung', field: null },
        { heading: 'Kontakt', field: 'email' },
        { heading: 'Rufcode', field: 'name' },
        { heading: 'Stand', field: null },
      ],
      reading: NOTHING_CHOSEN,
      existing: 'skip',
      fixes: [{ ...{ kind: 'replace', field: 'email', find: '(at)', replacement: '@' }, filter: 'all', search: '' }],
    });
    const id = await bench.open([
      'Kontakt;Kennung;Ort;Rufcode;Stand',
      'dee@harbour.example;9;Quay;Dee;away',
      'eva@harbour.example;7;Quay;Eva;away',
      'cid(at)harbour.example;8;Quay;Cid;active',
    ]);
    expect((await header(bench, id)).fittingRecipe).toEqual({ id: recipe, name: 'Harbour staff' });
    const applied = await client.recipes.apply({ importId: id, recipe: { id: recipe } });
    expect(applied).toEqual({
      ok: true,
      value: {
        ...{
          name: 'Harbour staff',
          isBuiltIn: false,
          mappedCount: 2,
          missing: [],
          missingSheet: null,
          isReread: true,
          changedCount: 1,
        },
      },
    });
    expect((await bench.rows(id)).map(({ values }) => [values.name, values.email])).toEqual([
      ['Dee', 'dee@harbour.example'],
      ['Eva', 'eva@harbour.example'],
      ['Cid', 'cid@harbour.example'],
    ]);
    expect(await header(bench, id)).toMatchObject({
      ...{ existing: 'skip', recipe: { id: recipe, name: 'Harbour staff' }, fittingRecipe: null, canUndo: true },
    });
    // Its repairs are one step of undo, and come back as one.
    await client.imports.undo({ id, direction: 'undo' });
    expect((await bench.rows(id))[2]?.values.email).toBe('cid(at)harbour.example');
    expect((await header(bench, id)).canUndo).toBe(false);
  });

  test('IMP-13: what of a recipe is not in the file is said', async () => {
    const bench = await startImports();
    const recipe = await savedRecipe(bench, 'Harbour staff');
    const id = await bench.open(['Kontakt;Vorname', 'cid@harbour.example;Cid']);
    const applied = await bench.engine.client.recipes.apply({ importId: id, recipe: { id: recipe } });
    expect(applied).toMatchObject({ ok: true, value: { missing: ['Rufcode'], mappedCount: 2, changedCount: 0 } });
    expect(await columns(bench, id)).toEqual(['Kontakt: email', 'Vorname: firstName']);
  });

  test('IMP-13: a recipe finds its headings where no word of them was known, and finds an address column that nobody saw', async () => {
    const bench = await startImports();
    const first = await bench.open(['Alpha;Beta', 'Ann;ann@harbour.example']);
    await map(bench, first, ['name', 'email']);
    const saved = await bench.engine.client.recipes.save({ importId: first, name: 'Greek' });
    const id = must(saved.ok ? saved.value.id : undefined, 'it was saved');
    const { grant, path } = bench.place('greek.csv');
    writeFileSync(path, 'List of the harbour\n\nAlpha;Beta\nBob;bob(at)harbour.example\n');
    const opened = await bench.engine.client.imports.open({ accountId: bench.engine.account(), file: grant });
    expect(opened).toMatchObject({ ok: false, refusal: { code: 'import.no-email-column' } });
    const importId = must(
      opened.ok ? undefined : opened.refusal.details?.['importId'],
      'the draft is kept',
    ) as ImportId;
    const applied = await bench.engine.client.recipes.apply({ importId, recipe: { id } });
    expect(applied).toMatchObject({ ok: true, value: { mappedCount: 2, isReread: true } });
    expect(await header(bench, importId)).toMatchObject({ state: 'preview', rowCount: 1, reading: { headerRow: 3 } });
  });

  test('IMP-13: corrections stay when only the repairs of a recipe are new; the first undo takes just these back', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const recipe = await savedRecipe(bench, 'Harbour staff');
    const id = await bench.open([
      'Kontakt;Name',
      'dee@harbour.example;Dee',
      'eva@harbour.example;Eva',
      'cid(at)harbour.example;Cid',
    ]);
    expect(await client.recipes.wouldReread({ importId: id, recipeId: recipe })).toEqual({ wouldReread: false });
    await client.imports.editCell({ id, rowId: 1, field: 'name', value: 'Deirdre' });
    const applied = await client.recipes.apply({ importId: id, recipe: { id: recipe } });
    expect(applied).toMatchObject({ ok: true, value: { isReread: false, changedCount: 1 } });
    await client.imports.undo({ id, direction: 'undo' });
    expect((await bench.rows(id)).map(({ values }) => [values.name, values.email])).toEqual([
      ['Deirdre', 'dee@harbour.example'],
      ['Eva', 'eva@harbour.example'],
      ['Cid', 'cid(at)harbour.example'],
    ]);
  });

  test('IMP-13: every repair that can be repeated is kept, in its order; what was undone and what is of one file is not', async () => {
    const bench = await startImports();
    const { client } = bench.engine;
    const id = await bench.open([
      ...[
        'Name;Mail;Role',
        ' Ann ;ann;',
        'Bob;bob@harbour.example;Usr',
        'Bob;bob@harbour.example;Usr',
        ';cid.sea@x.example;',
      ],
    ]);
    await client.imports.editCell({ id, rowId: 4, field: 'extension', value: '4711' });
    for (const kind of ['add-domain', 'correct-role', 'name-from-address'] as const) {
      const { suggestions } = await client.imports.suggestions({ id });
      const { rowCount: _rows, ...suggestion } = must(
        suggestions.find((one) => one.kind === kind),
        kind,
      );
      await client.imports.applySuggestion({ id, suggestion });
    }
    const whole = { first: 0, last: 3, fields: ['role' as const] };
    await client.imports.fillRange({ id, ...whole, value: 'User' });
    expect((await client.imports.cleanings({ id })).cleanings).toEqual([{ code: 'spaces-trimmed', rowCount: 1 }]);
    await client.imports.keepOriginal({ id, code: 'spaces-trimmed' });
    expect((await bench.rows(id))[0]?.values.name).toBe(' Ann ');
    await client.imports.replace({
      id,
      field: null,
      find: 'Bob',
      replacement: 'Robert',
      filter: 'errors',
      search: 'BOB',
    });
    await client.imports.replace({ id, field: 'name', find: 'Robert', replacement: 'Rob' });
    await client.imports.undo({ id, direction: 'undo' });
    const domain = expect.any(String) as string;
    const fixes = [
      { kind: 'repair', repair: 'add-domain', detail: domain, wrong: '' },
      { kind: 'repair', repair: 'correct-role', detail: 'User', wrong: 'Usr' },
      { kind: 'repair', repair: 'name-from-address', detail: '', wrong: '' },
      { kind: 'default-role', role: 'User' },
      { kind: 'keep-original', code: 'spaces-trimmed' },
      { kind: 'replace', field: null, find: 'Bob', replacement: 'Robert', filter: 'errors', search: 'BOB' },
    ];
    expect((await client.recipes.draft({ importId: id }))?.fixes).toEqual(fixes);
    // Rows that were uploaded take their steps with them, and leave what was done.
    await client.imports.upload({ id });
    expect((await client.recipes.draft({ importId: id }))?.fixes).toEqual(fixes);
    const left = await client.recipes.save({
      importId: id,
      name: 'Less',
      withoutFixes: [0, 5],
      defaultRole: 'Account Admin',
      withExisting: false,
    });
    const content = await contentOf(bench, must(left.ok ? left.value.id : undefined, 'saved'));
    expect([content.existing, content.fixes.map(({ kind }) => kind), content.fixes.at(-1)]).toEqual([
      null,
      ['repair', 'repair', 'keep-original', 'default-role'],
      { kind: 'default-role', role: 'Account Admin' },
    ]);
  });
});
