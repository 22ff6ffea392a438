import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultRule } from '../../../shared/cloud/sandbox-control.ts';
import { choose, expect, openImport, test } from '../harness/browser-test.ts';
import { fixture } from '../harness/paths.ts';

test('IMP-4: a preview is corrected, undone, added to and uploaded with the keyboard alone', async ({ page, desk }) => {
  await openImport(page, desk);
  await choose(page, desk, fixture('new-starters.xlsx'));
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  await page.keyboard.press('F8');
  const wrong = page.getByRole('gridcell', { name: /rowan\.pike\(at\)/u });
  await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  const editor = page.getByRole('textbox', { name: 'Email' });
  await page.keyboard.type('x');
  await expect(editor).toHaveValue('x');
  await page.keyboard.press('Escape');
  await expect(editor).toBeHidden();
  await expect(wrong).toBeVisible();

  await page.keyboard.type('rowan.pike@harbour.example');
  await page.keyboard.press('Tab');
  await expect(page.getByText('No errors found')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(wrong).toBeVisible();
  await page.keyboard.press('Control+y');
  await expect(page.getByText('No errors found')).toBeVisible();

  await page.getByRole('button', { name: 'Add Row' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'First Name' })).toBeFocused();
  await page.keyboard.type('Wilma');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('wilma@harbour.example');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No errors found')).toBeVisible();
  await page.getByRole('button', { name: 'Upload 5 users' }).press('Enter');
  await expect(page.getByText('5 applied.')).toBeVisible();
  const emailOf = (after: unknown): string => (after as { readonly email?: string } | null)?.email ?? '';
  const created = (): readonly string[] => desk.sandbox.oracle.log().map(({ after }) => emailOf(after));
  await expect
    .poll(() => created().toSorted((left, right) => left.localeCompare(right)))
    .toEqual(
      ['maren.achterberg', 'rowan.pike', 'tomas.iglesias', 'wilma', 'zoe.vandermeer'].map(
        (name) => `${name}@harbour.example`,
      ),
    );
});

test('IMP-4: F8 begins with the first error, even in the first row, and goes round', async ({ page, desk }) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'two-errors.csv');
  writeFileSync(path, 'NAME,EMAIL\nAnn,ann(at)harbour.example\nBen,ben@harbour.example\nCleo,\n');
  await choose(page, desk, path);
  await expect(page.getByRole('button', { name: 'Errors 2', exact: true })).toBeVisible();
  const active = page.locator('[role=gridcell][data-active]');
  for (const [key, cell] of [
    ['F8', '0-4'],
    ['F8', '2-4'],
    ['F8', '0-4'],
    ['Shift+F8', '2-4'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(active).toHaveId(new RegExp(`-${cell}$`, 'u'));
  }
});

test('IMP-3 IMP-1: the template with the current users, read back as it is, changes nothing', async ({
  page,
  desk,
}) => {
  const id = await openImport(page, desk);
  const { total } = await desk.client.users.page({ accountId: id });
  const path = join(desk.folder, 'Saltmarsh users.xlsx');
  desk.server.chosen.push(path);
  await page.getByRole('button', { name: 'With the current users' }).click();
  await expect(page.getByText(`Saltmarsh users.xlsx was saved with ${total} users.`)).toBeVisible();
  await choose(page, desk, path);
  await expect(page.getByRole('button', { name: `Errors ${total}`, exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ready 0', exact: true })).toBeVisible();
  await expect(page.getByText('Every row has an error. Correct at least one row to upload.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload', exact: true })).toBeDisabled();
  await page.keyboard.press('F8');
  await expect(page.getByText(/already in the account: .+ has this address/u).first()).toBeVisible();
  expect(desk.sandbox.oracle.log()).toEqual([]);
});

test('IMP-2: a file without a recognised e-mail column asks which one it is', async ({ page, desk }) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'logins.csv');
  writeFileSync(path, 'Vorname;Nachname;Kennung\nMaren;Achterberg;maren\nTomás;Iglesias;tomas\n');
  await choose(page, desk, path);
  await expect(page.getByText('Which column holds the e-mail addresses?')).toBeVisible();
  await page.getByRole('combobox', { name: 'Kennung' }).click();
  await page.getByRole('option', { name: 'Email' }).click();
  await expect(page.getByRole('button', { name: 'Errors 2', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Tomás' })).toBeVisible();
});

test('IMP-2: headings can be switched off, and every column of the file is accounted for', async ({ page, desk }) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'no-headings.csv');
  writeFileSync(path, 'EMAIL,NAME,BADGE\nmaren@harbour.example,Maren,17\n');
  await choose(page, desk, path);
  await expect(page.getByText('1 column is not imported: BADGE.')).toBeVisible();
  const headingRow = page.getByRole('textbox', { name: 'Heading row' });
  await expect(headingRow).toHaveValue('1');
  await headingRow.fill('0');
  await headingRow.press('Enter');
  await expect(page.getByRole('button', { name: 'All 2', exact: true })).toBeVisible();
});

test('SHL-5 IMP-8: an upload is paused, goes on and is cancelled; what was sent stays sent, the rest is back in the preview', async ({
  page,
  desk,
}) => {
  await openImport(page, desk);
  const path = join(desk.folder, 'two-thousand.csv');
  writeFileSync(
    path,
    `NAME,EMAIL\n${Array.from({ length: 2000 }, (_, row) => `Person ${row},person.${row}@harbour.example`).join('\n')}\n`,
  );
  desk.sandbox.configure({ faults: [faultRule.parse({ kind: 'delay', method: 'PATCH', delayMs: 400 })] });
  await choose(page, desk, path);
  await page.getByRole('button', { name: 'Upload 2,000 users' }).click();
  await page.getByRole('button', { name: /^Activity/u }).click();
  const job = page
    .getByRole('dialog', { name: 'Activity' })
    .getByRole('listitem')
    .filter({ hasText: 'two-thousand.csv' })
    .filter({ hasText: 'Upload' });
  await job.getByRole('button', { name: 'Pause' }).click();
  await expect(job.getByText('Paused')).toBeVisible();

  const sent = (): number => desk.sandbox.oracle.log().length;
  const isBusy = async (): Promise<boolean> => (await desk.client.sync.status({ accountId: null })).isSyncing;
  await expect.poll(isBusy).toBe(false);
  const before = sent();
  expect(before).toBeLessThan(2000);
  await desk.client.sync.now({ accountId: null });
  await expect.poll(isBusy).toBe(false);
  expect(sent()).toBe(before);

  await job.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(sent).toBeGreaterThan(before);
  await job.getByRole('button', { name: 'Cancel' }).click();
  await expect(job.getByText('Cancelled')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(isBusy).toBe(false);
  const kept = 2000 - sent();
  expect(kept).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Import Users' }).first().click();
  await expect(page.getByText(new RegExp(`· ${kept.toLocaleString('en')} rows`, 'u'))).toBeVisible();
});
