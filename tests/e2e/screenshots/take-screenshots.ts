import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, type Page } from 'playwright/test';
import type { AccountId } from '../../../shared/model/ids.ts';
import { CHROMIUM } from '../harness/browser-chromium.ts';
import { startBrowserConsole, type BrowserConsole } from '../harness/browser-console.ts';
import { buildConsolePage } from '../harness/browser-page.ts';
import { makeConflict, openPreview, queueSomeWork } from '../harness/browser-scenes.ts';
import { recipeScene } from '../harness/recipe-scenes.ts';
import { projectRoot } from '../harness/paths.ts';

/** Pictures of the real screens over the demo tenants, at a fixed time of day: `npm run screenshots`. */
const FOLDER = join(projectRoot, 'resources', 'screenshots');
const START = '2026-11-20T09:40:00Z';
const LARGE = 'Overland Parcel Union';
const HARBOUR = 'Saltmarsh Harbour Authority';

type Stage = { readonly page: Page; readonly desk: BrowserConsole };

mkdirSync(FOLDER, { recursive: true });
const pageFolder = await buildConsolePage();
const browser = await chromium.launch(CHROMIUM);
const context = await browser.newContext({
  ...{
    viewport: { width: 1360, height: 820 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  },
});
const page = await context.newPage();
await signInPicture();
await tenantPictures();
await browser.close();
rmSync(pageFolder, { recursive: true });

async function signInPicture(): Promise<void> {
  const desk = await startBrowserConsole(pageFolder, { tenants: 'small', isSignedIn: false, startAt: START });
  await show({ page, desk }, '/');
  await expect(page.getByRole('button', { name: 'Sign in as partner' })).toBeVisible();
  await picture('sign-in');
  await desk.close();
}

async function tenantPictures(): Promise<void> {
  const desk = await startBrowserConsole(pageFolder, { tenants: 'demo', isSignedIn: true, startAt: START });
  const stage = { page, desk };
  const large = await fetched(desk, LARGE);
  const harbour = await fetched(desk, HARBOUR);
  const quiet = async (): Promise<boolean> => !(await desk.client.sync.status({ accountId: null })).isSyncing;
  await expect.poll(quiet, { timeout: 120_000 }).toBe(true);
  await show(stage, `/accounts/${large}/users`);
  await expect(page.getByText('100,000 users')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Online' })).toBeVisible({ timeout: 120_000 });
  await picture('users');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('searchbox', { name: 'Search Users' }).fill('lind');
  await page
    .getByRole('row', { name: /@overland\.example/u })
    .nth(2)
    .click();
  await expect(page.getByRole('textbox', { name: 'First Name' })).toBeVisible();
  await picture('users-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  await makeConflict(desk, harbour);
  await expect
    .poll(async () => (await desk.client.sync.status({ accountId: null })).attentionCount, { timeout: 30_000 })
    .toBe(1);
  await desk.client.offline.pin({ accountIds: [harbour], pinned: true });
  await show(stage, '/conflicts');
  await expect(page.locator('[data-group] :focus')).toBeVisible();
  await page.keyboard.press('e');
  await picture('conflicts');
  await show(stage, '/history');
  await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toBeVisible();
  await picture('history');
  await show(stage, '/offline');
  await expect(page.getByRole('list', { name: 'Checks' })).toBeVisible();
  await picture('offline');
  await desk.client.sync.setOffline({ offline: true });
  await queueSomeWork(desk, harbour);
  await show(stage, '/accounts');
  await expect(page.getByRole('row', { name: new RegExp(HARBOUR, 'u') })).toBeVisible();
  await picture('accounts');
  await show(stage, `/accounts/${harbour}/information`);
  await expect(page.getByText(/Not sent yet:/u).first()).toBeVisible();
  await picture('account-information');
  await show(stage, '/outbox');
  await expect(page.getByRole('region', { name: 'Waiting changes' }).getByRole('listitem').first()).toBeVisible();
  await picture('outbox');
  const preview = await openPreview(desk, harbour);
  await show(stage, `/accounts/${harbour}/import/${preview}`);
  await expect(page.getByRole('gridcell', { name: /\(at\)/u })).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.locator('[role=gridcell][data-active][aria-invalid=true]')).toBeVisible();
  await picture('import-preview');
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Upload 7 rows/u })).toBeEnabled();
  await picture('import-plan');
  await desk.client.sync.setOffline({ offline: false });
  await desk.client.imports.upload({ id: preview });
  await show(stage, `/accounts/${harbour}/uploads/${preview}`);
  await expect(page.getByText(/^7 applied, 7 need you/u)).toBeVisible({ timeout: 60_000 });
  await picture('import-results');
  await recipeScene(desk, harbour);
  await show(stage, `/accounts/${harbour}/import/recipes`);
  await expect(page.getByText('Night shift')).toBeVisible();
  await picture('recipes');
  await desk.close();
}

async function fetched(desk: BrowserConsole, name: string): Promise<AccountId> {
  const find = async (): Promise<AccountId | undefined> =>
    (await desk.client.accounts.list({ state: 'ACTIVE', search: name })).rows[0]?.id;
  await expect.poll(find, { timeout: 60_000 }).toBeTruthy();
  const id = (await find()) as AccountId;
  const at = async (): Promise<string | null> => (await desk.client.sync.status({ accountId: id })).usersSyncedAt;
  await expect.poll(at, { timeout: 120_000 }).toBeTruthy();
  return id;
}

async function show({ page: window, desk }: Stage, path: string): Promise<void> {
  await window.goto('about:blank');
  await window.goto(`${desk.url}/#${path}`);
  await expect(window.getByRole('main')).toBeVisible();
}

async function picture(name: string): Promise<void> {
  // A tooltip or a hover colour would depend on where the pointer was before.
  await page.mouse.move(700, 2);
  await expect(page.locator('.bone')).toHaveCount(0);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
