import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { expect, it } from 'vitest';
import { previewDocument } from '../../shared/contract/documents.ts';
import { planDocument } from '../../shared/contract/import-documents.ts';
import { recipeDocument, recipeFileDocument, recipesDocument } from '../../shared/contract/recipe-documents.ts';
import { aCloud, aFolder, runCli } from './run-cli.ts';

const HARBOUR = '100000002';
const RECIPE = {
  ...{ format: 'fieldlink-import-recipe', version: 1, name: 'Night shift' },
  columns: [
    { heading: 'Kennung', field: 'email' },
    { heading: 'Rufcode', field: 'name' },
    { heading: 'Halle', field: 'extension' },
  ],
  reading: { sheet: null, encoding: null, delimiter: null, headerRow: null },
  existing: null,
  fixes: [{ kind: 'repair', repair: 'add-domain', detail: 'harbour.example', wrong: '' }],
};

async function ask<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<{ exit: number | null; document: T }> {
  const { exit, stdout, stderr } = await runCli([...args, '--json']);
  expect(stderr).toBe('');
  return { exit, document: schema.parse(JSON.parse(stdout)) };
}

it('IMP-13: a recipe is taken in, shown, used by name and by file, written out and deleted', async () => {
  const folder = aFolder();
  const cloud = await aCloud();
  const on = ['--profile', join(folder, 'one'), '--cloud', cloud.url];
  await runCli(['sync', ...on]);
  const file = join(folder, 'night.fieldlink-recipe.json');
  writeFileSync(file, JSON.stringify(RECIPE));
  const list = join(folder, 'night.csv');
  writeFileSync(list, 'Kennung,Rufcode\nnora,Nora\nola,Ola\n');
  const preview = ['import', 'preview', list, '--account', HARBOUR, ...on];

  // Without the recipe nobody knows which column holds the addresses.
  expect(await runCli(preview)).toMatchObject({ exit: 3 });
  const byFile = await ask(previewDocument, [...preview, '--recipe', file]);
  expect(byFile).toMatchObject({
    exit: 3,
    document: { rowCount: 2, errorCount: 0, recipe: { name: 'Night shift', missing: ['Halle'], changedCount: 2 } },
  });
  const listed = async () => (await ask(recipesDocument, ['import', 'recipes', 'list', ...on])).document.recipes;
  expect(await listed()).toHaveLength(4);

  const opened = await ask(recipeFileDocument, ['import', 'recipes', 'open', file, ...on]);
  expect(opened).toMatchObject({ exit: 0, document: { name: 'Night shift', file } });
  expect((await listed())[0]).toMatchObject({ name: 'Night shift', isBuiltIn: false, columnCount: 3, fixCount: 1 });
  const shown = await ask(recipeDocument, ['import', 'recipes', 'show', 'night shift', ...on]);
  expect(shown.document.content.columns).toEqual(RECIPE.columns);
  const planned = await ask(planDocument, [
    ...['import', 'plan', list, '--account', HARBOUR, '--recipe', 'Night shift', ...on],
  ]);
  expect(planned.document).toMatchObject({ counts: { create: 2, refused: 0 }, recipe: { mappedCount: 2 } });

  const out = join(folder, 'out.fieldlink-recipe.json');
  await ask(recipeFileDocument, ['import', 'recipes', 'export', 'Night shift', out, ...on]);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(RECIPE);
  await ask(recipeFileDocument, ['import', 'recipes', 'delete', 'Night shift', ...on]);
  expect(await listed()).toHaveLength(4);
});

it('IMP-13: what is no recipe, what is not there and what is built in is refused in a sentence', async () => {
  const folder = aFolder();
  const cloud = await aCloud();
  const on = ['--profile', join(folder, 'one'), '--cloud', cloud.url];
  await runCli(['sync', ...on]);
  const list = join(folder, 'list.csv');
  writeFileSync(list, 'NAME,EMAIL\nNora,nora@harbour.example\n');
  const bad = join(folder, 'bad.json');
  writeFileSync(bad, JSON.stringify({ ...RECIPE, version: 9 }));
  const preview = ['import', 'preview', list, '--account', HARBOUR, ...on];
  const newer = await runCli([...preview, '--recipe', bad]);
  expect(newer).toMatchObject({ exit: 3, stdout: '' });
  expect(newer.stderr).toContain('newer version');
  const unknown = await runCli([...preview, '--recipe', 'Day shift']);
  expect(unknown).toMatchObject({ exit: 3 });
  expect(unknown.stderr).toContain('“Day shift”');
  const builtIn = await runCli(['import', 'recipes', 'delete', 'MiCollab CSV', ...on]);
  expect(builtIn).toMatchObject({ exit: 3 });
  expect(builtIn.stderr).toContain('cannot be deleted');
  expect(await runCli(['import', 'recipes', 'bake', ...on])).toMatchObject({ exit: 2 });
  expect(await runCli(['import', 'recipes', 'export', 'MiCollab CSV', ...on])).toMatchObject({ exit: 2 });
  expect(existsSync(join(folder, 'MiCollab CSV'))).toBe(false);
});
