import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { Cloud } from '../harness/cloud.ts';
import { signInAsPartner, startConsole } from '../harness/console-app.ts';

const ACCOUNT = 'Saltmarsh Harbour Authority';
const PIN = '4711';

const tabs = (page: Page) => page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button');
const colour = (page: Page) => page.locator('[data-workspace-colour]').getAttribute('data-workspace-colour');
const menu = async (page: Page, entry: string): Promise<void> => {
  await page.getByRole('button', { name: /settings and sign out/u }).click();
  await page.getByRole('button', { name: entry, exact: true }).click();
};

async function addTraining(page: Page): Promise<void> {
  await menu(page, 'Workspaces');
  await page.getByRole('checkbox', { name: /Sandbox cloud for training/u }).check();
  await page.getByRole('button', { name: 'Add and open' }).click();
  await expect(tabs(page)).toHaveCount(2, { timeout: 30_000 });
}

test('SES-4: two partners: one click switches, colours differ, the queue of the one is sent behind the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-e2e-'));
  const profile = join(folder, 'profile');
  const cloud = new Cloud(join(folder, 'cloud'), 'demo');
  await cloud.start();
  const console = await startConsole({ profile, cloud: cloud.url });
  const { page, app } = console;
  await signInAsPartner(console, DEMO_PARTNER, 'Sign in as partner');
  await expect(page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') })).toBeVisible({ timeout: 60_000 });

  await addTraining(page);
  await expect(page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') })).toBeVisible({ timeout: 60_000 });
  const training = await colour(page);
  await tabs(page).first().click();
  await expect(tabs(page).first()).toHaveAttribute('aria-current', 'true');
  expect(await colour(page)).not.toBe(training);

  await page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') }).click();
  await cloud.stop();
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill('4 Side Street');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/Saved on this computer/u).first()).toBeVisible();
  await page.keyboard.press('Control+2');
  await expect(tabs(page).last()).toHaveAttribute('aria-current', 'true');
  await expect(tabs(page).first()).toContainText('1 waiting');
  await expect(page.getByRole('button', { name: 'Outbox: 0 changes wait' })).toBeVisible();
  await expect(page.getByText('4 Side Street')).toHaveCount(0);

  // The other one beside it, in a window of its own: its change is still there.
  const opening = app.waitForEvent('window');
  await menu(page, 'Workspaces');
  await page.getByRole('listitem').first().getByRole('button', { name: 'New window' }).click();
  const beside = await opening;
  await expect(beside.getByRole('button', { name: 'Outbox: 1 change waits' })).toBeVisible({ timeout: 30_000 });
  await beside.close();
  await page.getByRole('button', { name: 'Close' }).click();

  await cloud.start();
  await expect(tabs(page).first()).not.toContainText('waiting', { timeout: 90_000 });
  const sent = (await cloud.log()).filter(({ type, op }) => type === 'account' && op === 'replace');
  expect(sent.map(({ after }) => after?.['street'])).toEqual(['4 Side Street']);
  await expect(tabs(page).last()).toHaveAttribute('aria-current', 'true');

  await menu(page, 'Workspaces');
  await page.getByRole('button', { name: 'Remove this workspace…' }).click();
  await page.getByLabel('Type the word wipe').fill('wipe');
  await page.getByRole('button', { name: 'Remove this workspace', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Workspaces' })).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') })).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => readdirSync(join(profile, 'clouds'))).toHaveLength(1);
  expect(readFileSync(join(profile, 'workspaces.json'), 'utf8')).not.toContain('sandbox-eu');
  await console.quit();
  await cloud.stop();
});

test('SES-5: locked by the shortcut in every window, nothing readable, locked again at the next start', async () => {
  const profile = join(mkdtempSync(join(tmpdir(), 'fieldlink-e2e-')), 'profile');
  const first = await startConsole({ profile, cloud: null });
  const { page, app } = first;
  await expect(page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') })).toBeVisible({ timeout: 60_000 });
  const opening = app.waitForEvent('window');
  await page.evaluate(() => (window as unknown as { bridge: { openWindow(): Promise<void> } }).bridge.openWindow());
  const second = await opening;
  await expect(second.getByRole('row', { name: new RegExp(ACCOUNT, 'u') })).toBeVisible({ timeout: 60_000 });
  await menu(page, 'Security');
  await page.getByLabel('New PIN', { exact: true }).fill(PIN);
  await page.getByLabel('Repeat the new PIN').fill(PIN);
  await page.getByRole('button', { name: 'Set PIN' }).click();
  await expect(page.getByText('The PIN is set.')).toBeVisible();
  await page.keyboard.press('Control+Shift+L');
  for (const window of [page, second]) {
    await expect(window.getByRole('heading', { name: 'Fieldlink is locked' })).toBeVisible();
    expect(await window.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/Saltmarsh|Pat Technician/u);
  }
  await first.quit();

  const again = await startConsole({ profile, cloud: null });
  await expect(again.page.getByRole('heading', { name: 'Fieldlink is locked' })).toBeVisible();
  await again.page.getByLabel('PIN or passphrase').fill(PIN);
  await again.page.keyboard.press('Enter');
  await expect(again.page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') })).toBeVisible({ timeout: 60_000 });
  await again.quit();
});
