import { rmSync } from 'node:fs';
import { test as base, expect, type Page } from 'playwright/test';
import type { AccountId } from '../../../shared/model/ids.ts';
import { startBrowserConsole, type BrowserConsole, type ConsoleSetup } from './browser-console.ts';
import { buildConsolePage } from './browser-page.ts';
import { CHROMIUM } from './browser-chromium.ts';

export { expect };

export const HARBOUR = 'Saltmarsh Harbour Authority';

type Fixtures = { readonly setup: ConsoleSetup; readonly desk: BrowserConsole };
type WorkerFixtures = { readonly pageFolder: string };

/** Every test has its own engine, profile and sandbox; the page is built once. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  launchOptions: [CHROMIUM, { scope: 'worker' }],
  locale: 'en-GB',
  timezoneId: 'UTC',
  setup: [{ tenants: 'small', isSignedIn: true }, { option: true }],
  pageFolder: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      const folder = await buildConsolePage();
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  desk: async ({ pageFolder, setup, page }, use) => {
    const desk = await startBrowserConsole(pageFolder, setup);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await use(desk);
    await desk.close();
    // A page that breaks its own policy or a rule of React is broken even when it looks right.
    expect(problems).toEqual([]);
  },
});

/** The account with this name, once the engine knows it and its users. */
export async function accountNamed(desk: BrowserConsole, name = HARBOUR): Promise<AccountId> {
  const find = async (): Promise<AccountId | undefined> =>
    (await desk.client.accounts.list({ state: 'ACTIVE', search: name })).rows[0]?.id;
  await expect.poll(find).toBeTruthy();
  const id = (await find()) as AccountId;
  const isFetched = async (): Promise<boolean> =>
    (await desk.client.sync.status({ accountId: id })).usersSyncedAt !== null;
  await expect.poll(isFetched, { timeout: 60_000 }).toBe(true);
  return id;
}

/** Opens a screen by its address below the #. */
export async function openScreen(page: Page, desk: BrowserConsole, path: string): Promise<void> {
  await page.goto(`${desk.url}/#${path}`);
  await expect(page.getByRole('main')).toBeVisible();
}

/** Opens the users of an account that has been fetched. */
export async function openUsers(page: Page, desk: BrowserConsole, name = HARBOUR): Promise<AccountId> {
  const id = await accountNamed(desk, name);
  await openScreen(page, desk, `/accounts/${id}/users`);
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
  return id;
}

/** Opens Import Users of an account that has been fetched. */
export async function openImport(page: Page, desk: BrowserConsole): Promise<AccountId> {
  const id = await accountNamed(desk);
  await openScreen(page, desk, `/accounts/${id}/import`);
  return id;
}

/** Uploads this file: the next file dialog answers with it. */
export async function choose(page: Page, desk: BrowserConsole, path: string): Promise<void> {
  desk.server.chosen.push(path);
  await page.getByRole('button', { name: 'Upload', exact: true }).press('Enter');
}
