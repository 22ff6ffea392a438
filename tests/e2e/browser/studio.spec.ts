import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose, expect, openImport, test } from '../harness/browser-test.ts';

const HEADINGS = 'FIRST NAME,LAST NAME,NAME,EMAIL,ROLE,EXTENSION';

test('IMP-6 IMP-7 IMP-10: users are changed by a sheet: planned, uploaded, looked at and taken back', async ({
  page,
  desk,
}) => {
  const accountId = await openImport(page, desk);
  const { rows } = await desk.client.users.page({ accountId });
  const known = await Promise.all(rows.slice(0, 20).map(({ id }) => desk.client.users.get({ id })));
  const free = known.filter((user) => user?.source === 'ACCOUNTS' && user.role === 'USER').slice(0, 3);
  const path = join(desk.folder, 'extensions.csv');
  const lines = free.map((user, index) => `,,,${user?.email ?? ''},,81${index}0`);
  writeFileSync(
    path,
    [HEADINGS, ...lines, 'Nora,New,,nora.new@harbour.example,,8199', 'Bad,Row,,nowhere,,'].join('\n'),
  );
  await choose(page, desk, path);
  await expect(page.getByRole('button', { name: 'Errors 4', exact: true })).toBeVisible();

  await page.getByRole('combobox', { name: 'Addresses already in the account' }).press('Enter');
  await page.getByRole('option', { name: 'change the user' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Changed 3', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: '8100' })).toBeVisible();

  await page.getByRole('button', { name: 'Plan', exact: true }).press('Enter');
  const plan = page.getByRole('dialog', { name: /^Plan for/u });
  await expect(plan.getByRole('button', { name: /^3\s*users changed/u })).toBeVisible();
  await expect(plan.getByText(/welcome e-mail is not sent/u)).toBeVisible();
  await plan.getByRole('button', { name: 'Upload 4 rows' }).press('Enter');

  // One row stays, so the preview stays.
  await expect(page.getByRole('button', { name: 'All 1', exact: true })).toBeVisible();
  await page.goto(`${desk.url}/#/accounts/${accountId}/import`);
  await page.getByRole('link', { name: 'Results: extensions.csv' }).press('Enter');
  await expect(page.getByText('4 applied, 1 needs you.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import Users' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('row', { name: /nora\.new@harbour\.example/u })).toBeVisible();

  const target = join(desk.folder, 'acceptance.xlsx');
  desk.server.chosen.push(target);
  await page.getByRole('button', { name: 'Reports' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Acceptance sheet (.xlsx)' }).press('Enter');
  await expect(page.getByText('acceptance.xlsx was saved with 4 rows.')).toBeVisible();

  const copy = join(desk.folder, 'extensions with outcome.csv');
  desk.server.chosen.push(copy);
  await page.getByRole('button', { name: 'Reports' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Your sheet with the outcome' }).press('Enter');
  await expect(
    page.getByText('a copy of your sheet with STATUS and REASON at 5 rows. It is in UTF-8', { exact: false }),
  ).toBeVisible();
  const outcomes = readFileSync(copy, 'utf8').split('\n');
  expect(outcomes[0]).toBe(`\uFEFF${HEADINGS},STATUS,REASON`);
  expect(outcomes[4]).toMatch(/^Nora,New,,nora\.new@harbour\.example,,8199,(?:Accepted|Visible),$/u);
  expect(outcomes[5]).toMatch(/^Bad,Row,,nowhere,,,Not uploaded,/u);

  await page.getByRole('button', { name: 'Undo this import' }).press('Enter');
  const undo = page.getByRole('dialog', { name: 'Undo this import?' });
  await expect(
    undo.getByText('1 user is deleted and 3 users get the former values back', { exact: false }),
  ).toBeVisible();
  await undo.getByRole('button', { name: 'Undo the import' }).press('Enter');
  await expect(page.getByText('Takes an import back')).toBeVisible();
  await expect(page.getByText('4 applied.')).toBeVisible();
  await page.getByRole('button', { name: 'Reports' }).press('Enter');
  const sheet = page.getByRole('menuitem', { name: 'Your sheet with the outcome' });
  await expect(sheet).toHaveAttribute('aria-disabled', 'true');
  await expect(sheet).toContainText('This upload takes another one back.');
  await page.keyboard.press('End');
  await expect(sheet).toBeFocused();
  await page.keyboard.press('Escape');
  const after = await Promise.all(free.flatMap((user) => (user ? [desk.client.users.get({ id: user.id })] : [])));
  expect(after.map((user) => user?.extension)).toEqual(free.map((user) => user?.extension));
});

test('IMP-6: a file that was saved again since it was read is announced in the plan and read again from there', async ({
  page,
  desk,
}) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'growing.csv');
  writeFileSync(path, `${HEADINGS}\nAnn,Test,,ann@harbour.example,,\n`);
  await choose(page, desk, path);
  await expect(page.getByRole('gridcell', { name: 'ann@harbour.example' })).toBeVisible();
  appendFileSync(path, 'Ben,Test,,ben@harbour.example,,\n');
  await page.getByRole('button', { name: 'Plan', exact: true }).press('Enter');
  const plan = page.getByRole('dialog', { name: /^Plan for/u });
  await expect(plan.getByText(/^growing\.csv was saved again after it was read\./u)).toBeVisible();
  await plan.getByRole('button', { name: 'Read it again' }).press('Enter');
  await expect(plan).toBeHidden();
  await expect(page.getByRole('gridcell', { name: 'ben@harbour.example' })).toBeVisible();
  await page.getByRole('button', { name: 'Plan', exact: true }).press('Enter');
  await expect(plan.getByRole('button', { name: 'Upload 2 rows' })).toBeEnabled();
  await expect(plan.getByText(/was saved again/u)).toBeHidden();
});

test('IMP-4: cells are selected, filled, copied, pasted, sorted and searched by the keyboard', async ({
  page,
  desk,
}) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'five.csv');
  const people = ['Eve', 'Dan', 'Cleo', 'Ben', 'Ann'].map(
    (name) => `${name},Test,,${name.toLowerCase()}@harbour.example,,`,
  );
  writeFileSync(path, [HEADINGS, ...people].join('\n'));
  await choose(page, desk, path);
  const grid = page.getByRole('grid', { name: 'Rows of the import' });
  await grid.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
    await page.keyboard.press(key);
  await page.keyboard.type('4711');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: '4711' })).toHaveCount(1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect(page.getByText('5 rows, 5 cells selected')).toBeVisible();
  await page.keyboard.press('Control+d');
  await expect(page.getByRole('gridcell', { name: '4711' })).toHaveCount(5);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('gridcell', { name: '4711' })).toHaveCount(1);

  await page.getByRole('button', { name: 'FIRST NAME', exact: true }).press('Enter');
  await expect(page.getByRole('columnheader', { name: 'FIRST NAME' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByRole('row').nth(1)).toContainText('Ann');
  await page.getByRole('searchbox', { name: 'Search rows' }).fill('cleo');
  await expect(page.getByRole('gridcell', { name: 'Cleo', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Ann', exact: true })).toBeHidden();
});

test('IMP-4: the list of a role cell has the custom roles of the account', async ({ page, desk }) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'desk.csv');
  writeFileSync(path, [HEADINGS, 'Ann,Desk,,ann.desk@harbour.example,Front Desk,'].join('\n'));
  await choose(page, desk, path);
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  await page.getByRole('gridcell', { name: 'Front Desk' }).dblclick();
  const list = page.getByRole('grid').getByRole('combobox', { name: 'Role' });
  await expect(list.getByRole('option')).toHaveText(['Front Desk', 'User', 'Account Admin', 'Reception Desk']);
  await list.selectOption('Reception Desk');
  await expect(page.getByRole('gridcell', { name: 'Reception Desk' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Errors 0', exact: true })).toBeVisible();
});
