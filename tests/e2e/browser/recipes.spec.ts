import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose, expect, openImport, openScreen, test } from '../harness/browser-test.ts';

const STAFF = [
  ['Kennung', 'Kontakt', 'Rufcode'],
  ['4711', 'bob.bee@harbour.example', 'Bob'],
  ['4712', 'cy.sea(at)harbour.example', 'Cy'],
  ['4713', 'dee.quay@harbour.example', 'Dee'],
];
const asCsv = (rows: readonly (readonly string[])[]): string => rows.map((cells) => cells.join(';')).join('\n');

test('IMP-13: an import becomes a recipe, is offered for the next list, and goes to another laptop as a file', async ({
  page,
  desk,
}) => {
  const id = await openImport(page, desk);
  const first = join(desk.folder, 'staff.csv');
  writeFileSync(first, asCsv(STAFF));
  await choose(page, desk, first);
  await page.getByRole('combobox', { name: 'Rufcode' }).click();
  await page.getByRole('option', { name: 'Name', exact: true }).click();
  await expect(page.getByRole('gridcell', { name: 'Bob', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Find and replace' }).press('Enter');
  await page.getByRole('textbox', { name: 'Find', exact: true }).fill('(at)');
  await page.getByRole('textbox', { name: 'Replace with' }).fill('@');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No errors found')).toBeVisible();

  // By keyboard: the menu, the name, what is kept.
  await page.getByRole('button', { name: 'Recipes' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Save as a recipe…' }).press('Enter');
  const save = page.getByRole('dialog', { name: 'Save as a recipe' });
  await expect(save.getByLabel('Replace “(at)” with “@” in every column')).toBeChecked();
  await page.keyboard.type('MiCollab CSV');
  await page.keyboard.press('Enter');
  await expect(save.getByText(/comes with the console and stays as it is/u)).toBeVisible();
  await save.getByRole('textbox', { name: 'Name of the recipe' }).fill('Harbour staff');
  await page.keyboard.press('Enter');
  await expect(save).toBeHidden();
  await page.getByRole('button', { name: 'Upload 3 users' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'staff.csv', level: 1 })).toBeVisible();
  await expect(page.getByText(/^3 applied/u)).toBeVisible();

  // The next list: its columns are known from last time, and the recipe is offered, not used.
  await openScreen(page, desk, `/accounts/${id}/import`);
  const next = join(desk.folder, 'staff-2.csv');
  writeFileSync(
    next,
    asCsv([
      ['Rufcode', 'Kontakt', 'Kennung'],
      ['Eve', 'eve.elm@harbour.example', '1'],
      ['Fay', 'fay.fir@harbour.example', '2'],
      ['Gil', 'gil.gum(at)harbour.example', '3'],
    ]),
  );
  await choose(page, desk, next);
  await expect(page.getByText('Mapped as last time: Rufcode → Name.')).toBeVisible();
  await expect(page.getByText('This looks like “Harbour staff”.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Use the recipe' }).press('Enter');
  await expect(page.getByText(/“Harbour staff” was used: 2 columns are imported, 1 row was repaired/u)).toBeVisible();
  await expect(page.getByText('No errors found')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();

  // The page: export, rename, delete, open again, forget.
  await page.getByRole('button', { name: 'Recipes' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Manage recipes…' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Recipes', level: 1 })).toBeVisible();
  const file = join(desk.folder, 'Harbour staff.fieldlink-recipe.json');
  desk.server.chosen.push(file);
  await page.getByRole('button', { name: 'Export: Harbour staff' }).press('Enter');
  await expect(page.getByText(/fieldlink-recipe\.json was saved/u)).toBeVisible();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ name: 'Harbour staff', version: 1 });
  await page.getByRole('button', { name: 'Rename: Harbour staff' }).press('Enter');
  await page.getByRole('textbox', { name: 'Name of the recipe' }).fill('Quay staff');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete: Quay staff' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(page.getByText('There is no recipe of your own yet.')).toBeVisible();
  desk.server.chosen.push(file);
  await page.getByRole('button', { name: 'Open a recipe file' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Delete: Harbour staff' })).toBeVisible();
  writeFileSync(file, '{"format":"fieldlink-import-recipe","version":2}');
  desk.server.chosen.push(file);
  await page.getByRole('button', { name: 'Open a recipe file' }).press('Enter');
  await expect(page.getByText('A newer version of the console wrote this recipe.')).toBeVisible();
  await page.getByRole('button', { name: 'Forget Rufcode' }).press('Enter');
  await expect(page.getByText('Nothing was learned yet.')).toBeVisible();
});

test('IMP-13: a file whose address column nobody knows is read by a recipe; what it lacks is said', async ({
  page,
  desk,
}) => {
  await openImport(page, desk);
  const recipe = {
    ...{ format: 'fieldlink-import-recipe', version: 1, name: 'Logins', existing: null },
    columns: [
      { heading: 'Kennung', field: 'email' },
      { heading: 'Vorname', field: 'firstName' },
      { heading: 'Halle', field: 'extension' },
    ],
    reading: { sheet: null, encoding: null, delimiter: null, headerRow: null },
    fixes: [{ kind: 'repair', repair: 'add-domain', detail: 'harbour.example', wrong: '' }],
  };
  const file = join(desk.folder, 'logins.fieldlink-recipe.json');
  writeFileSync(file, JSON.stringify(recipe));
  expect(await desk.client.recipes.open({ file: desk.server.grant(file) })).toMatchObject({ ok: true });
  const path = join(desk.folder, 'logins.csv');
  writeFileSync(path, 'Vorname;Kennung\nMaren;maren\nTomás;tomas\n');
  await choose(page, desk, path);
  await expect(page.getByText('Which column holds the e-mail addresses?')).toBeVisible();
  await page.getByRole('button', { name: 'Recipes' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Logins' }).press('Enter');
  await expect(page.getByText(/“Logins” was used: 2 columns are imported, 2 rows were repaired/u)).toBeVisible();
  await expect(page.getByText(/Not in this file: Halle\./u)).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'maren@harbour.example' })).toBeVisible();
});
