import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserConsole } from '../harness/browser-console.ts';
import { choose, expect, openImport, openUsers, test } from '../harness/browser-test.ts';

/** E-mail addresses of the users whose licenses the cloud has changed, in the order of the alphabet. */
function licensed(desk: BrowserConsole, tier: string): readonly string[] {
  return desk.sandbox.oracle
    .log()
    .flatMap(({ before, after }) =>
      after?.['mitelOne'] === tier && before?.['mitelOne'] !== tier ? [String(after['email'])] : [],
    )
    .toSorted();
}

test('USR-8: users are selected with the keyboard alone and get their licenses, and nobody else does', async ({
  page,
  desk,
}) => {
  await openUsers(page, desk);
  const list = page.getByRole('grid', { name: 'Users' });
  await list.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+Space');
  const boxes = list.getByRole('row').getByRole('checkbox', { checked: true });
  await expect(boxes).toHaveCount(3);
  const names = await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label')));
  await page.getByRole('button', { name: 'Manage (3)' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Licenses' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Licenses of 3 users' });
  await expect(dialog.getByRole('button', { name: 'Change licenses' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Mitel One licenses' }).press('Enter');
  await page.getByRole('option', { name: 'Elite – 10 left' }).press('Enter');
  const line = dialog.getByRole('row', { name: /Mitel One \(Elite\)/u });
  await expect(line.getByRole('cell')).toHaveText(['0 of 10', '3', '7']);
  await dialog.getByRole('button', { name: 'Change licenses of 3' }).press('Enter');
  await expect(page.getByText('3 applied.')).toBeVisible();
  expect(licensed(desk, 'ELITE')).toHaveLength(3);
  expect(names).toHaveLength(3);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Manage', exact: true })).toBeVisible();
});

test('USR-8: without a selection all users are meant, and more licenses than there are are not given away', async ({
  page,
  desk,
}) => {
  await openUsers(page, desk);
  await page.getByRole('button', { name: 'Manage' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Licenses of all users' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Licenses of all users' });
  const tier = dialog.getByRole('combobox', { name: 'Mitel One licenses' });
  await tier.press('Enter');
  await page.getByRole('option', { name: /^Elite/u }).press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText(
    '30 more license(s) are needed to apply to the selected users. Please purchase more or unassign existing licenses and try again.',
  );
  await expect(dialog.getByRole('button', { name: /^Change licenses/u })).toBeDisabled();
  await tier.press('Enter');
  await page.getByRole('option', { name: 'Unassign all' }).press('Enter');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.getByText(/users have them so already/u)).toBeVisible();
  await dialog.getByRole('button', { name: /^Change licenses of \d+$/u }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Licenses – Saltmarsh Harbour Authority' })).toBeVisible();
});

test('USR-8: a selection outlives a search, grows by a range of clicks and ends with Escape', async ({
  page,
  desk,
}) => {
  await openUsers(page, desk);
  const list = page.getByRole('grid', { name: 'Users' });
  const box = (row: number) => list.getByRole('row').nth(row).getByRole('checkbox');
  await box(2).click();
  await box(5).click({ modifiers: ['Shift'] });
  await expect(page.getByText('40 users · 4 selected')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search Users' }).fill('ada.admin');
  await expect(page.getByText('1 match · 4 selected')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search Users' }).fill('');
  await expect(page.getByText('40 users · 4 selected')).toBeVisible();
  await list.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Manage', exact: true })).toBeVisible();
  const all = list.getByRole('checkbox', { name: 'Select all users of this list' });
  await all.click();
  await expect(page.getByRole('button', { name: 'Manage (40)' })).toBeVisible();
  await expect(all).toBeChecked();
  await box(3).click();
  await expect(page.getByRole('button', { name: 'Manage (39)' })).toBeVisible();
  // The panel of a user opens beside the list by a click on the row, not by one on its box.
  await expect(page.getByRole('region', { name: 'User details' })).toHaveCount(0);
});

test('IMP-11: the plan tells the licenses that are missing, and exactly the imported users get theirs afterwards', async ({
  page,
  desk,
}) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'newcomers.csv');
  const lines = Array.from({ length: 12 }, (_, row) => `N${row},New,n${row}.new@harbour.example,Elite`);
  writeFileSync(path, `FIRST NAME,LAST NAME,EMAIL,MITEL ONE\n${lines.join('\n')}\n`);
  await choose(page, desk, path);
  await expect(page.getByText('No errors found')).toBeVisible();
  await page.getByRole('button', { name: 'Plan' }).press('Enter');
  const plan = page.getByRole('dialog', { name: 'Plan for Saltmarsh Harbour Authority' });
  await expect(plan.getByRole('row', { name: /Mitel One \(Elite\)/u }).getByRole('cell')).toHaveText([
    ...['0 of 10', '12', '-2'],
  ]);
  await expect(plan.getByText('2 licenses are missing.', { exact: false })).toBeVisible();
  await plan.getByRole('button', { name: /^Upload/u }).press('Enter');
  await expect(page.getByText('10 applied, 2 need you.')).toBeVisible();
  await page.getByRole('button', { name: 'Licenses' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Licenses of the imported users' });
  await dialog.getByRole('combobox', { name: 'Mitel One licenses' }).press('Enter');
  await page.getByRole('option', { name: /^Premier/u }).press('Enter');
  await expect(dialog.getByText('2 rows were refused by the cloud', { exact: false })).toBeVisible();
  await dialog.getByRole('button', { name: 'Change licenses of 10' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Licenses – newcomers.csv' })).toBeVisible();
  await expect(page.getByText('10 applied.')).toBeVisible();
  expect(licensed(desk, 'PREMIER')).toEqual(licensed(desk, 'ELITE'));
});
