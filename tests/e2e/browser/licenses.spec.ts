import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { User, UserRow } from '../../../shared/model/user.ts';
import type { BrowserConsole } from '../harness/browser-console.ts';
import { accountNamed, choose, expect, openImport, openScreen, openUsers, test } from '../harness/browser-test.ts';
import { editUser, elsewhere, freeUsers, meetTheCloud, replaced } from '../harness/conflict-scenes.ts';
import { useUpElite, userWithSmsNumber } from '../harness/license-scenes.ts';

test('USR-1: the list shows the first license of a user and how many more, and all of them to whoever asks', async ({
  page,
  desk,
}) => {
  const id = await openUsers(page, desk);
  const both = await userLike(desk, id, (row) => row.mitelOne === 'ESSENTIAL' && row.miteamMeetings !== '');
  const list = page.getByRole('grid', { name: 'Users' });
  await expect(list.getByRole('columnheader')).toHaveText([
    '',
    ...['NAME', 'EMAIL ADDRESS', 'EXT', 'MODIFIED ON (BY)', 'LICENSES', 'ROLE', 'STATUS'],
  ]);
  const row = list.getByRole('row', { name: new RegExp(both.email, 'u') });
  await expect(row.getByText('Mitel One (Essential)+1')).toBeVisible();
  await expect(row).toHaveAccessibleName(/Mitel One \(Essential\), MiTeam Meetings/u);
  await expect(row.getByTitle('Mitel One (Essential), MiTeam Meetings')).toBeVisible();
  await row.click();
  await expect(list.getByRole('columnheader', { name: 'LICENSES' })).toHaveCount(0);
});

test('USR-1: all columns stand in a window of 1280 pixels without scrolling sideways', async ({ page, desk }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openUsers(page, desk);
  const list = page.getByRole('grid', { name: 'Users' });
  await expect(list.getByText('Mitel One (Premier)').first()).toBeVisible();
  expect(await list.evaluate((grid) => grid.scrollWidth - grid.clientWidth)).toBe(0);
  const cells = list.getByText('Mitel One (Essential)+1').first();
  expect(await cells.evaluate((cell) => cell.scrollWidth - cell.clientWidth)).toBe(0);
});

test('BIL-5: a tier is assigned with the keyboard alone, is pending until it is sent, and the cloud gets it', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const user = await unlicensed(desk, id);
  await desk.client.sync.setOffline({ offline: true });
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const panel = page.getByRole('region', { name: user.name });
  const products = panel.getByRole('region', { name: 'Products and licenses' });
  await expect(products.getByRole('heading', { name: 'Products and licenses', level: 3 })).toBeAttached();
  const tier = panel.getByRole('combobox', { name: 'Mitel One' });
  await tabTo(page, tier);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option')).toHaveText([
    'None',
    ...[/^Essential – \d+ left$/u, /^Premier – \d+ left$/u, /^Elite – 10 left$/u],
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(tier).toHaveText('Premier');
  await tabTo(page, panel.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Not sent yet: – → Premier')).toBeVisible();
  await openScreen(page, desk, '/outbox');
  const waiting = page.getByRole('region', { name: 'Waiting changes' });
  await expect(waiting.getByText('Mitel One', { exact: true })).toBeVisible();
  await expect(waiting.getByText('Premier', { exact: true })).toBeVisible();
  expect(desk.sandbox.oracle.log()).toEqual([]);
  await desk.client.sync.setOffline({ offline: false });
  await expect.poll(() => desk.sandbox.oracle.log()[0]?.after).toMatchObject({ mitelOne: 'PREMIER' });
  await openScreen(page, desk, `/accounts/${id}/users`);
  await expect(page.getByRole('row', { name: new RegExp(user.email, 'u') })).toContainText('Mitel One (Premier)');
});

test('BIL-5: a tier that is used up is shown and cannot be chosen, and can again when one is left', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const [owner] = await useUpElite(desk, id);
  const user = await unlicensed(desk, id);
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const tier = page.getByRole('combobox', { name: 'Mitel One' });
  await tier.press('Enter');
  const closed = page.getByRole('option', { name: 'Elite – Licenses not available' });
  await expect(closed).toBeDisabled();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(tier).toHaveText('Premier');

  await openScreen(page, desk, `/accounts/${id}/users/${must(owner, 'ten have it').id}`);
  await tier.press('Enter');
  await expect(page.getByRole('option', { name: 'Elite – 0 left' })).toBeEnabled();
  await page.getByRole('option', { name: 'None' }).press('Enter');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByText('Saved on this computer.', { exact: false })).toBeVisible();
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  await tier.press('Enter');
  await expect(page.getByRole('option', { name: 'Elite – 1 left' })).toBeEnabled();
});

test('BIL-4: MiTeam Meetings is switched on, and says so where an account has no licenses', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  const user = await unlicensed(desk, id);
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const panel = page.getByRole('region', { name: user.name });
  const meetings = panel.getByRole('switch', { name: 'MiTeam Meetings' });
  await expect(meetings).toHaveAccessibleDescription('92 left');
  await meetings.press('Space');
  await panel.getByRole('button', { name: 'Save' }).press('Enter');
  await expect.poll(() => desk.sandbox.oracle.log()[0]?.after).toMatchObject({ miteamMeetings: 'ASSIGNED' });
  await expect(meetings).toBeChecked();
  await expect(meetings).toHaveAccessibleDescription('91 left');

  const other = await accountNamed(desk, 'Cobalt Street Credit Union');
  await openScreen(page, desk, `/accounts/${other}/users/new`);
  await expect(meetingsOf(page)).toBeDisabled();
  await expect(meetingsOf(page)).toHaveAccessibleDescription('No Licenses');
  const tier = page.getByRole('combobox', { name: 'Mitel One' });
  await expect(tier).toHaveText('No Licenses');
  await expect(tier).toBeDisabled();
  await expect(page.getByRole('combobox', { name: 'SMS Number' })).toHaveCount(0);
});

test('USR-2: the SMS number of another user is refused at its field, and one that is free is taken', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const { smsNumber } = await userWithSmsNumber(desk, id);
  const user = await unlicensed(desk, id);
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const panel = page.getByRole('region', { name: user.name });
  const number = panel.getByRole('combobox', { name: 'SMS Number' });
  await number.press('Enter');
  await expect(page.getByRole('option')).toHaveCount(13);
  await page.getByRole('option', { name: smsNumber }).press('Enter');
  await panel.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(panel.getByRole('alert')).toContainText('Correct the marked fields');
  await expect(number).toBeFocused();
  await expect(number).toHaveAccessibleDescription('Another user of the account has it. Choose another one');
  await number.press('Enter');
  await page.getByRole('option').last().press('Enter');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await expect(number).toHaveAccessibleDescription('');
  await panel.getByRole('button', { name: 'Save' }).press('Enter');
  await expect.poll(() => desk.sandbox.oracle.log()[0]?.after).toMatchObject({ smsNumber: '+441134960111' });
});

test('USR-2: somebody new is added with everything that the account has to give', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await openScreen(page, desk, `/accounts/${id}/users/new`);
  const panel = page.getByRole('region', { name: 'New User' });
  await panel.getByRole('textbox', { name: 'First Name' }).fill('Ida');
  await panel.getByRole('textbox', { name: 'Last Name' }).fill('Lindqvist');
  await panel.getByRole('textbox', { name: 'Email' }).fill('ida.lindqvist@harbour.example');
  await pick(page, panel.getByRole('combobox', { name: 'SMS Number' }), '+441134960111');
  await pick(page, panel.getByRole('combobox', { name: 'Language' }), 'German');
  await panel.getByRole('textbox', { name: 'Tags' }).fill('north, pilot');
  await pick(page, panel.getByRole('combobox', { name: 'Mitel One' }), /^Elite/u);
  await pick(page, panel.getByRole('combobox', { name: 'User Template' }), 'Mobile Worker');
  await panel.getByRole('button', { name: 'Create' }).press('Enter');
  await expect
    .poll(() => desk.sandbox.oracle.log()[0]?.after)
    .toMatchObject({
      ...{ mitelOne: 'ELITE', smsNumber: '+441134960111', language: 'de' },
      ...{ tags: 'north, pilot', userTemplate: 'Mobile Worker' },
    });
});

test('IMP-12: a cell of the preview offers what the account has, and is in sight wherever the keys go', async ({
  page,
  desk,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openImport(page, desk);
  const path = join(desk.folder, 'wide.csv');
  const headings =
    'FIRST NAME,LAST NAME,EMAIL,ROLE,MOBILE,EXTENSION,MITEL ONE,MITEAM MEETINGS,SMS NUMBER,LANGUAGE,USER TEMPLATE,TAGS';
  writeFileSync(path, [headings, 'Nora,New,nora.new@harbour.example,,,,platinum,,,,,north'].join('\n'));
  await choose(page, desk, path);
  await expect(page.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Rows of the import' });
  await page.keyboard.press('F8');
  await expect(grid.locator('[data-active][role=gridcell]')).toHaveText('platinum');
  await page.keyboard.press('Enter');
  const tier = grid.getByRole('combobox', { name: 'Mitel One' });
  await expect(tier).toBeFocused();
  await expect(tier.getByRole('option')).toHaveText([
    ...['platinum', '(blank)', 'Essential', 'Premier', 'Elite', '(empty the field)'],
  ]);
  await page.keyboard.type('El');
  await expect(tier).toHaveValue('Elite');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Errors 0', exact: true })).toBeVisible();

  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const meetings = grid.getByRole('combobox', { name: 'MiTeam Meetings' });
  await expect(meetings.getByRole('option')).toHaveText(['(blank)', 'Yes', 'No']);
  await meetings.selectOption('Yes');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await grid.getByRole('combobox', { name: 'Language' }).selectOption('German');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(grid.getByRole('gridcell', { name: 'north' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Upload 1 user' }).press('Enter');
  await expect
    .poll(() => desk.sandbox.oracle.log()[0]?.after)
    .toMatchObject({ mitelOne: 'ELITE', miteamMeetings: 'ASSIGNED', language: 'de', tags: 'north' });
});

test('OFF-3: a tier that was changed on both sides is decided in the words of the panel', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  const user = await unlicensed(desk, id);
  await editUser(desk, user, { mitelOne: 'PREMIER', language: 'de' });
  await elsewhere(desk, id, [replaced(user, { mitelOne: 'ESSENTIAL', language: 'fr' })]);
  await meetTheCloud(desk, id, 1);
  await openScreen(page, desk, '/conflicts');
  const detail = page.getByRole('region', { name: user.name });
  await expect(detail.getByRole('row', { name: /^Mitel One/u })).toContainText(/empty.*Premier.*Essential/u);
  await expect(detail.getByRole('row', { name: /^Language/u })).toContainText(/empty.*German.*French/u);
  await decide(detail, 'Mitel One', 'Edit');
  await pick(page, detail.getByRole('combobox', { name: 'Mitel One' }), 'None');
  await decide(detail, 'Language', 'Edit');
  await pick(page, detail.getByRole('combobox', { name: 'Language' }), 'Dutch');
  await detail.getByRole('button', { name: 'Decide' }).click();
  await expect.poll(() => desk.sandbox.oracle.log().at(-1)?.after).toMatchObject({ mitelOne: '', language: 'nl' });
});

async function userLike(desk: BrowserConsole, accountId: AccountId, is: (row: UserRow) => boolean): Promise<UserRow> {
  const { rows } = await desk.client.users.page({ accountId, limit: 200 });
  return must(rows.find(is), 'the demo has such a user');
}

/** Without a license or an SMS number, and all of whose fields are free. */
async function unlicensed(desk: BrowserConsole, accountId: AccountId): Promise<User> {
  const users = await freeUsers(desk, accountId, 10);
  return must(
    users.find(({ mitelOne, miteamMeetings, smsNumber }) => mitelOne + miteamMeetings + smsNumber === ''),
    'the demo has such a user',
  );
}

/** With the Tab key, from where the focus is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isThere = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
  for (let steps = 0; steps < 60 && !(await isThere()); steps += 1) await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

async function pick(page: Page, list: Locator, option: string | RegExp): Promise<void> {
  await list.press('Enter');
  await page.getByRole('option', { name: option }).press('Enter');
}

async function decide(detail: Locator, field: string, choice: string): Promise<void> {
  await detail
    .getByRole('group', { name: `Decision for ${field}` })
    .getByRole('button', { name: choice })
    .click();
}

function meetingsOf(page: Page): Locator {
  return page.getByRole('switch', { name: 'MiTeam Meetings' });
}
