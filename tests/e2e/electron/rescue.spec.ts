import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { startConsole } from '../harness/console-app.ts';

test('OFF-5: the cache is overwritten while the console is closed; it opens, says so, and the work is there', async () => {
  const profile = join(mkdtempSync(join(tmpdir(), 'fieldlink-e2e-')), 'profile');
  const first = await startConsole({ profile, cloud: null });
  await first.page.getByRole('row', { name: /Saltmarsh Harbour Authority/u }).click({ timeout: 60_000 });
  await expect(first.page.getByText('412 users')).toBeVisible({ timeout: 30_000 });
  await first.page.getByRole('button', { name: /Online/u }).click();
  await first.page.getByRole('switch', { name: 'Work offline' }).click();
  await first.page.mouse.click(600, 600);
  await first.page.getByRole('link', { name: 'Account', exact: true }).click();
  await first.page.getByRole('textbox', { name: 'Customer Name' }).fill('Saltmarsh Rescue Board');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await expect(first.page.getByText(/Saved on this computer/u).first()).toBeVisible();
  await first.quit();

  const folder = join(profile, 'clouds', 'sandbox');
  writeFileSync(join(folder, 'cache.db'), 'somebody saved a text here '.repeat(2000));

  const { page, ...again } = await startConsole({ profile, cloud: null });
  await expect(page.getByText(/set aside because it was overwritten by something else/u)).toBeVisible();
  await expect(page.getByRole('row', { name: /Saltmarsh Rescue Board/u })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('row', { name: /Saltmarsh Rescue Board/u }).click();
  await expect(page.getByText('412 users')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Details' }).click();
  const dialog = page.getByRole('dialog', { name: 'Storage on this computer' });
  await expect(dialog.getByText(/The old file was kept/u)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Understood' }).click();
  await expect(page.getByText(/set aside because/u)).toBeHidden();
  expect(readdirSync(join(folder, 'quarantine'))).toHaveLength(1);
  await again.quit();
});
