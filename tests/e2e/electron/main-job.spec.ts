import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { Cloud } from '../harness/cloud.ts';
import { chooseNext, signInAsPartner, startConsole } from '../harness/console-app.ts';
import { fixture } from '../harness/paths.ts';

const ACCOUNT = 'Saltmarsh Harbour Authority';

test('IMP-8 OFF-2 SES-3: an import prepared without a network reaches the cloud exactly once, across a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-e2e-'));
  const cloud = new Cloud(join(folder, 'cloud'), 'demo');
  await cloud.start();
  const profile = join(folder, 'profile');
  let console = await startConsole({ profile, cloud: cloud.url });

  await test.step('sign in, choose an account, let it be fetched', async () => {
    await signInAsPartner(console, DEMO_PARTNER, 'Sign in as partner');
    await expect(console.page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
    await openAccount(console.page);
    await expect(console.page.getByText('412 users')).toBeVisible();
  });

  await test.step('the cloud goes away; users and account still open and search', async () => {
    await cloud.stop();
    const { page } = console;
    await syncNow(page);
    await expect(page.getByRole('button', { name: /Cloud unreachable/u })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search Users' }).fill('ada.admin');
    await expect(page.getByRole('row', { name: /ada\.admin@harbour\.example/u })).toBeVisible();
    await page.getByRole('link', { name: 'Account', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Account Information' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Customer Name' })).toHaveValue(ACCOUNT);
  });

  await test.step('the workbook: one wrong row, fixed in the grid, all four rows queued', async () => {
    const { page } = console;
    await openFile(console, 'new-starters.xlsx');
    await expect(page.getByRole('button', { name: 'Errors 1' })).toBeVisible();
    const cell = page.getByRole('gridcell', { name: /rowan\.pike\(at\)/u });
    await cell.dblclick();
    await page.getByRole('textbox', { name: 'EMAIL' }).fill('rowan.pike@harbour.example');
    await page.keyboard.press('Enter');
    await expect(page.getByText('No errors found')).toBeVisible();
    await page.getByRole('button', { name: 'Upload 4 users' }).click();
    await expect(page.getByText('4 users queued.').first()).toBeVisible();
  });

  await test.step('the semicolon CSV in Windows-1252: its wrong row stays in the preview', async () => {
    const { page } = console;
    await openFile(console, 'spaetschicht.csv');
    await expect(page.getByRole('gridcell', { name: 'Großmann', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Errors 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Upload 3 users' }).click();
    await expect(page.getByText(/3 users queued\. 1 row stays here/u).first()).toBeVisible();
    await expect(page.getByRole('gridcell', { name: 'Amélie', exact: true })).toBeVisible();
  });

  await test.step('quit, start again without a network: the queue is there', async () => {
    await console.quit();
    console = await startConsole({ profile, cloud: cloud.url });
    const { page } = console;
    await page
      .getByRole('link', { name: /Outbox/u })
      .first()
      .click();
    await expect(page.getByText('new-starters.xlsx')).toBeVisible();
    await expect(page.getByText('spaetschicht.csv')).toBeVisible();
    await expect(page.getByText('4 waiting')).toBeVisible();
    await expect(page.getByText('3 waiting')).toBeVisible();
  });

  await test.step('the cloud returns: signed in again, everything is sent, with correlation ids', async () => {
    await cloud.start();
    const { page } = console;
    await signInAsPartner(console, DEMO_PARTNER, 'Sign in');
    await expect(page.getByText('4 sent')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('3 sent')).toBeVisible();
    await page.getByRole('link', { name: 'Results: new-starters.xlsx' }).click();
    const log = await cloud.log();
    const created = log
      .filter(({ op, type }) => op === 'add' && type === 'user')
      .map(({ after }) => String(after?.['email']));
    expect(created.toSorted()).toEqual(
      [
        ...[
          'helene.lefevre',
          'juergen.grossmann',
          'maren.achterberg',
          'rowan.pike',
          'tomas.iglesias',
          'ziga.novak',
          'zoe.vandermeer',
        ],
      ].map((name) => `${name}@harbour.example`),
    );
    const first = log.find(({ after }) => after?.['email'] === 'maren.achterberg@harbour.example');
    await expect(page.getByText(first?.correlationId ?? 'no correlation id').first()).toBeVisible();
  });

  await test.step('the wrong row is still in the preview, and nothing is sent twice', async () => {
    const { page } = console;
    await openAccount(page);
    await expect(page.getByText('419 users')).toBeVisible();
    await page.getByRole('link', { name: 'Import Users' }).first().click();
    await page
      .getByRole('button', { name: 'Open spaetschicht.csv' })
      .or(page.getByRole('link', { name: 'Open spaetschicht.csv' }))
      .click();
    await expect(page.getByRole('gridcell', { name: 'Amélie', exact: true })).toBeVisible();
    await syncNow(page);
    await expect(page.getByRole('button', { name: 'Errors 1' })).toBeVisible();
    const emails = (await cloud.log())
      .filter(({ op, type }) => op === 'add' && type === 'user')
      .map(({ after }) => after?.['email']);
    expect(new Set(emails).size).toBe(emails.length);
  });

  await console.quit();
  await cloud.stop();
});

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('searchbox', { name: 'Search accounts' }).last().fill('saltmarsh');
  await page.getByRole('row', { name: new RegExp(ACCOUNT, 'u') }).click();
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible();
}

async function syncNow(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Online|Connected|Syncing|unreachable|Checking/iu })
    .first()
    .click();
  await page.getByRole('button', { name: 'Sync now' }).last().click();
  await page.keyboard.press('Escape');
}

async function openFile({ app, page }: Awaited<ReturnType<typeof startConsole>>, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Import Users' }).first().click();
  await chooseNext(app, fixture(name));
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByRole('grid')).toBeVisible();
}
