import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { Cloud } from '../harness/cloud.ts';
import { chooseNext, signInAsPartner, startConsole, type ConsoleApp } from '../harness/console-app.ts';

const ACCOUNT = 'Saltmarsh Harbour Authority';

async function signedIn(): Promise<{ cloud: Cloud; console: ConsoleApp; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-e2e-'));
  const cloud = new Cloud(join(folder, 'cloud'), 'demo');
  await cloud.start();
  const console = await startConsole({ profile: join(folder, 'profile'), cloud: cloud.url });
  await signInAsPartner(console, DEMO_PARTNER, 'Sign in as partner');
  await openUsers(console.page);
  await expect(console.page.getByText('412 users')).toBeVisible({ timeout: 60_000 });
  return { cloud, console, folder };
}

async function openUsers(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('searchbox', { name: 'Search accounts' }).last().fill('saltmarsh');
  await page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') }).click();
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible();
}

async function addressOf(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Customer Name' })).toBeVisible();
}

async function saveAddress(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/Saved on this computer/u).first()).toBeVisible();
}

test('SHL-9 OFF-2: airplane mode on and off with two windows: both go on, both see the queue, it is sent once', async () => {
  const { cloud, console } = await signedIn();
  const { app, page } = console;
  const opening = app.waitForEvent('window');
  await page.evaluate(() => (window as unknown as { bridge: { openWindow(): Promise<void> } }).bridge.openWindow());
  const second = await opening;
  await expect(second.getByRole('heading', { level: 1 }).first()).toBeVisible();

  await cloud.stop();
  await addressOf(page);
  await saveAddress(page, '1 Airplane Way');
  await expect(page.getByRole('button', { name: /unreachable|no network/iu }).first()).toBeVisible({ timeout: 30_000 });
  await expect(second.getByRole('button', { name: /unreachable|no network/iu }).first()).toBeVisible();
  await second
    .getByRole('link', { name: /Outbox/u })
    .first()
    .click();
  await expect(second.getByText('1 Airplane Way').first()).toBeVisible();

  await cloud.start();
  await page
    .getByRole('button', { name: /unreachable|no network|Online/iu })
    .first()
    .click();
  await page.getByRole('button', { name: 'Sync now' }).last().click();
  await page.keyboard.press('Escape');
  await expect(second.getByText('Nothing is waiting')).toBeVisible({ timeout: 60_000 });
  const sent = (await cloud.log()).filter(({ type, op }) => type === 'account' && op === 'replace');
  expect(sent.map(({ after }) => after?.['street'])).toEqual(['1 Airplane Way']);
  await console.quit();
  await cloud.stop();
});

test('SES-3: the sign-in expires with 37 changes queued: work goes on, and after a sign-in all of them are sent', async () => {
  const { cloud, console, folder } = await signedIn();
  const { app, page } = console;
  // Both tokens are too old for the cloud from now on.
  await cloud.configure({ clockOffsetMs: 365 * 24 * 3_600_000 });
  const rows = Array.from({ length: 36 }, (_, index) => `Shift${index},Worker,shift.${index}@harbour.example,User`);
  const file = join(folder, 'shift.csv');
  writeFileSync(file, ['FIRST NAME,LAST NAME,EMAIL,ROLE', ...rows].join('\n'));
  await page.getByRole('link', { name: 'Import Users' }).first().click();
  await chooseNext(app, file);
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await page.getByRole('button', { name: 'Upload 36 users' }).click();
  await expect(page.getByText('36 users queued.').first()).toBeVisible();
  await addressOf(page);
  await saveAddress(page, '37 Expiry Road');
  await expect(page.getByText('Sign in to upload 37 changes.', { exact: false })).toBeVisible({ timeout: 60_000 });

  await signInAsPartner(console, DEMO_PARTNER, 'Sign in');
  await page
    .getByRole('link', { name: /Outbox/u })
    .first()
    .click();
  await expect(page.getByText('36 sent')).toBeVisible({ timeout: 60_000 });
  const log = await cloud.log();
  expect(log.filter(({ op, type }) => op === 'add' && type === 'user')).toHaveLength(36);
  expect(log.filter(({ op, after }) => op === 'replace' && after?.['street'] === '37 Expiry Road')).toHaveLength(1);
  await console.quit();
  await cloud.stop();
});
