import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { must } from '../../../shared/lib/must.ts';
import { accountNamed, expect, openScreen, test } from '../harness/browser-test.ts';
import { editUser, freeUsers } from '../harness/conflict-scenes.ts';
import { addUser, fullOutbox, OBSERVATORY, refusedUser } from '../harness/outbox-scenes.ts';

test('OFF-2: every change says what happens next; what waits for another stands below it', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await fullOutbox(desk, id);
  await openScreen(page, desk, '/outbox');
  const lines = page.getByRole('region', { name: 'Waiting changes' }).getByRole('listitem');
  await expect(line(page, 'Ida Lindqvist')).toContainText('Sent when you switch “Work offline” off.');
  await expect(line(page, 'Wren Newcomer')).toContainText('Correct the record and save it again');
  const names = await lines.getByRole('link').allTextContents();
  const at = names.indexOf(OBSERVATORY);
  expect(names.slice(at, at + 3)).toEqual([OBSERVATORY, 'Astrid Newcomer', 'Bertil Newcomer']);
  await line(page, 'Astrid Newcomer').getByRole('button', { name: OBSERVATORY }).click();
  const drawer = page.getByRole('dialog', { name: OBSERVATORY });
  await expect(drawer.getByText('Sent after it, and not without it')).toBeVisible();
  await expect(drawer.getByText('It was not sent yet.')).toBeVisible();
  await expect(drawer.getByRole('listitem')).toHaveCount(2);
});

test('OFF-2: one field is left out, the rest stays; without fields the change is gone', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  const user = must((await freeUsers(desk, id, 1))[0], 'a user');
  await editUser(desk, user, { mobile: '+447700900123', extension: '4711' });
  await openScreen(page, desk, '/outbox');
  await page.getByRole('button', { name: `Leave out EXT of ${user.name}` }).click();
  await expect(page.getByRole('button', { name: `Leave out EXT of ${user.name}` })).toHaveCount(0);
  expect((await desk.client.outbox.list({ accountId: null })).changes[0]?.fields.map(({ field }) => field)).toEqual([
    'mobile',
  ]);
  await page.getByRole('button', { name: `Leave out Mobile Number of ${user.name}` }).click();
  await expect(page.getByText('Nothing is waiting')).toBeVisible();
});

test('OFF-2: independent changes change places by menu and by keyboard, and the focus goes along', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  for (const name of ['Anna', 'Bea', 'Cleo']) await addUser(desk, id, name, `${name.toLowerCase()}@harbour.example`);
  await openScreen(page, desk, '/outbox');
  const order = async (): Promise<readonly string[]> =>
    (await desk.client.outbox.list({ accountId: null })).changes.map(
      ({ entityName }) => entityName.split(' ')[0] ?? '',
    );
  await line(page, 'Cleo Newcomer').getByRole('button', { name: 'More for Cleo Newcomer' }).click();
  await page.getByRole('menuitem', { name: 'Send first' }).click();
  await expect.poll(order).toEqual(['Cleo', 'Anna', 'Bea']);
  await expect(page.getByRole('button', { name: 'More for Cleo Newcomer' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(order).toEqual(['Anna', 'Cleo', 'Bea']);
  await expect(page.getByText('The change was moved down.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'More for Cleo Newcomer' })).toBeFocused();
});

test('OFF-2: details show every attempt with its correlation id; refused changes are retried together', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await refusedUser(desk, id);
  await openScreen(page, desk, '/outbox');
  const refused = line(page, 'Wren Newcomer');
  await refused.getByRole('button', { name: 'More for Wren Newcomer' }).click();
  await page.getByRole('menuitem', { name: 'Details and attempts' }).click();
  const drawer = page.getByRole('dialog', { name: 'Wren Newcomer' });
  const { attempts } = must(
    await desk.client.outbox.get({
      id: must((await desk.client.outbox.list({ accountId: null })).changes[0], 'one').id,
    }),
    'the change',
  );
  const last = must(attempts[0], 'an attempt');
  await expect(drawer.getByText(String(last.status), { exact: true })).toBeVisible();
  await drawer.getByRole('button', { name: 'Copy correlation id' }).click();
  await expect.poll(() => desk.server.copied).toContain(last.correlationId);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.getByRole('button', { name: 'Retry all refused' }).click();
  await expect(page.getByText('1 change is sent again as soon as the cloud can be reached.')).toBeVisible();
  await expect(refused).toContainText('Sent when you switch “Work offline” off.');
});

test('OFF-2: the queue travels in a file: taken off here, taken in again, known changes left out', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  await addUser(desk, id, 'Anna', 'anna@harbour.example');
  await addUser(desk, id, 'Bea', 'bea@harbour.example');
  await openScreen(page, desk, '/outbox');
  const menu = page.getByRole('button', { name: 'Export and import the queue' });
  const path = join(desk.folder, 'monday.fieldlink-queue.json');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Export queue…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the queue to a file' });
  await dialog.getByRole('radio', { name: /Take the changes off this laptop/u }).click();
  desk.server.chosen.push(path);
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(page.getByText('2 changes were written to monday.fieldlink-queue.json.')).toBeVisible();
  await expect(page.getByText('Nothing is waiting')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain('anna@harbour.example');

  desk.server.chosen.push(path, path, join(desk.folder, 'none.json'));
  await menu.click();
  await page.getByRole('menuitem', { name: 'Import queue…' }).click();
  await expect(page.getByText('2 changes were added to the queue.')).toBeVisible();
  await expect(line(page, 'Anna Newcomer')).toBeVisible();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Import queue…' }).click();
  await expect(page.getByText('0 changes were added to the queue. 2 were left out')).toBeVisible();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Import queue…' }).click();
  await expect(page.getByText('The file is no longer where it was.')).toBeVisible();
});

function line(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
}
