import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from 'playwright/test';
import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { Cloud } from '../harness/cloud.ts';
import { chooseNext, saveNextAs, signInAsPartner, startConsole, type ConsoleApp } from '../harness/console-app.ts';
import { projectRoot } from '../harness/paths.ts';

const FOLDER = join(projectRoot, 'test-results', 'import-journey');
const LOOKS = [
  { name: 'light-1280', scheme: 'light', width: 1280, height: 720 },
  { name: 'dark-1280', scheme: 'dark', width: 1280, height: 720 },
  { name: 'light-1920', scheme: 'light', width: 1920, height: 1080 },
  { name: 'dark-1920', scheme: 'dark', width: 1920, height: 1080 },
] as const;

const SHEET = [
  'FIRST NAME,LAST NAME,EMAIL,ROLE,EXTENSION',
  'Maren,Achterberg,maren.achterberg@harbour.example,User,',
  'Rowan,Pike,rowan.pike(at)harbour.example,User,',
  'Tomas,Iglesias,tomas.iglesias@harbour.example,Account Admin,',
  ',,ada.admin@harbour.example,,4711',
];

test('IMP-4 IMP-6 IMP-9 IMP-10: from the spreadsheet to the acceptance sheet and back with the keyboard alone', async () => {
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-e2e-'));
  mkdirSync(FOLDER, { recursive: true });
  const cloud = new Cloud(join(folder, 'cloud'), 'small');
  await cloud.start();
  const console = await startConsole({ profile: join(folder, 'profile'), cloud: cloud.url });
  const { app, page } = console;
  const sheet = join(folder, 'new-starters.csv');
  writeFileSync(sheet, `${SHEET.join('\n')}\n`);

  await test.step('to the account and its import', async () => {
    await signInAsPartner(console, DEMO_PARTNER, 'Sign in as partner');
    await expect(page.getByRole('row', { name: /Saltmarsh Harbour Authority/u })).toBeVisible();
    await tabTo(page, page.getByRole('searchbox', { name: 'Search accounts' }).last());
    await page.keyboard.type('saltmarsh');
    await expect(page.getByRole('row', { name: /Saltmarsh/u })).toHaveCount(1);
    await tabTo(page, page.getByRole('table').or(page.getByRole('grid')).first());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible();
    await press(page, page.getByRole('link', { name: 'Import Users' }).first());
    await expect(page.getByRole('button', { name: 'Upload', exact: true })).toBeVisible();
    await pictures(console, '1-import-users');
  });

  await test.step('the spreadsheet is read, and what is wrong is found and corrected', async () => {
    await chooseNext(app, sheet);
    await press(page, page.getByRole('button', { name: 'Upload', exact: true }));
    await expect(page.getByRole('button', { name: 'Errors 2', exact: true })).toBeVisible();
    await pictures(console, '2-preview');
    await page.keyboard.press('F8');
    await expect(page.getByRole('gridcell', { name: /rowan\.pike\(at\)/u })).toHaveAttribute('data-active');
    await pictures(console, '3-first-error');
    await page.keyboard.type('rowan.pike@harbour.example');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  });

  await test.step('an address that is in the account is a change, not a mistake', async () => {
    await press(page, page.getByRole('combobox', { name: 'Addresses already in the account' }));
    await page.keyboard.type('change');
    await page.keyboard.press('Enter');
    await expect(page.getByText('No errors found')).toBeVisible();
    await pictures(console, '4-no-errors');
  });

  await test.step('the plan, and Upload', async () => {
    await press(page, page.getByRole('button', { name: 'Plan', exact: true }));
    const plan = page.getByRole('dialog', { name: /^Plan for/u });
    await expect(plan.getByRole('button', { name: 'Upload 4 rows' })).toBeEnabled();
    await pictures(console, '5-plan');
    await press(page, plan.getByRole('button', { name: 'Upload 4 rows' }));
    await expect(plan).toBeHidden();
  });

  await test.step('what became of each row', async () => {
    await expect(page.getByText('4 applied.')).toBeVisible();
    await tabTo(page, page.getByRole('grid', { name: 'Rows of new-starters.csv' }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('c');
    await expect(page.getByText('Correlation id copied.')).toBeVisible();
    await pictures(console, '6-results');
  });

  await test.step('the acceptance sheet for the customer, as PDF', async () => {
    const target = join(folder, 'acceptance.pdf');
    await saveNextAs(app, target);
    await press(page, page.getByRole('button', { name: 'Reports' }));
    await expect(page.getByRole('menuitem', { name: 'Acceptance sheet (.xlsx)' })).toBeFocused();
    await pictures(console, '7-reports');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Acceptance sheet (.pdf)' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('acceptance.pdf was saved with 4 rows.')).toBeVisible({ timeout: 30_000 });
    expect(readFileSync(target).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });

  await test.step('and all of it taken back', async () => {
    await press(page, page.getByRole('button', { name: 'Undo this import' }));
    const undo = page.getByRole('dialog', { name: 'Undo this import?' });
    await expect(undo.getByText(/^3 users are deleted and 1 user gets/u)).toBeVisible();
    await pictures(console, '8-undo');
    await press(page, undo.getByRole('button', { name: 'Undo the import' }));
    await expect(page.getByText('Takes an import back')).toBeVisible();
    await expect(page.getByText('4 applied.')).toBeVisible();
    await pictures(console, '9-taken-back');
  });

  await test.step('the cloud has made three users, changed one, and has it all as it was', async () => {
    const log = (await cloud.log()).filter(({ type }) => type === 'user');
    expect(log.map(({ op }) => op).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'add'),
      ...Array.from({ length: 3 }, () => 'remove'),
      ...Array.from({ length: 2 }, () => 'replace'),
    ]);
    const extensions = log.filter(({ op }) => op === 'replace').map(({ after }) => after?.['extension']);
    expect(extensions[0]).toBe('4711');
    expect(extensions[1]).not.toBe('4711');
  });
  await console.quit();
  await cloud.stop();
});

/** Moves the focus on, as a person does, until it is there. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let stops = 0; stops < 90; stops += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Ninety stops of the Tab key do not reach it');
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeEnabled();
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

/** The step as it looks in both schemes and two sizes of window; the focus stays where it is. */
async function pictures({ app, page }: ConsoleApp, step: string): Promise<void> {
  for (const { name, scheme, width, height } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
      width,
      height,
    ] as [number, number]);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    await page.screenshot({ path: join(FOLDER, `${step}-${name}.png`), animations: 'disabled' });
  }
}
