import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../../../shared/lib/must.ts';
import { accountNamed, choose, expect, openImport, openScreen, openUsers, test } from '../harness/browser-test.ts';
import type { BrowserConsole } from '../harness/browser-console.ts';

/** Addresses to which the cloud has sent welcome e-mails. */
function mails(desk: BrowserConsole): readonly string[] {
  return desk.sandbox.oracle.log().flatMap(({ before, after }) => {
    const asked = after?.['welcomeEmailOn'] ?? '';
    return asked === '' || asked === before?.['welcomeEmailOn'] ? [] : [String(after?.['email'])];
  });
}

test('USR-7: the welcome email of a user is sent again from the panel, offline too, and waits in the Outbox', async ({
  page,
  desk,
}) => {
  const accountId = await accountNamed(desk);
  const { rows } = await desk.client.users.page({ accountId });
  const user = must(
    rows.find(({ email }) => email === 'ada.admin@harbour.example'),
    'the demo has her',
  );
  await desk.client.sync.setOffline({ offline: true });
  await openScreen(page, desk, `/accounts/${accountId}/users/${user.id}`);
  const panel = page.getByRole('region', { name: 'Ada Admin' });
  await panel.getByRole('button', { name: 'Resend the welcome email' }).press('Enter');
  await expect(page.getByText('Ada Admin is sent a welcome email as soon as the cloud can be reached.')).toBeVisible();
  await openScreen(page, desk, '/outbox');
  await expect(page.getByText('Welcome Email', { exact: true }).first()).toBeVisible();
  expect(mails(desk)).toEqual([]);
  await desk.client.sync.setOffline({ offline: false });
  await expect.poll(() => mails(desk)).toEqual(['ada.admin@harbour.example']);
});

test('USR-7: all users of an account who need a welcome email get one, and the reasons of the others are told', async ({
  page,
  desk,
}) => {
  await openUsers(page, desk);
  await page.getByRole('button', { name: 'Manage' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Send welcome emails to all' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Send CloudLink welcome emails to all?' });
  await expect(dialog.getByText(/users have registered already/u)).toBeVisible();
  const send = dialog.getByRole('button', { name: /^Send \d+$/u });
  const few = Number((await send.textContent())?.replaceAll(/\D/gu, ''));
  await dialog.getByRole('checkbox', { name: /Also to users who were sent one before/u }).press('Space');
  await expect(dialog.getByRole('button', { name: 'Send 40' })).toBeVisible();
  await dialog.getByRole('checkbox').press('Space');
  await dialog.getByRole('button', { name: `Send ${few}`, exact: true }).press('Enter');
  await expect(page.getByText(`${few} applied.`)).toBeVisible();
  expect(new Set(mails(desk)).size).toBe(few);
});

test('IMP-11: after an import exactly the new users are sent a welcome email, in a step of its own', async ({
  page,
  desk,
}) => {
  const accountId = await openImport(page, desk);
  const path = join(desk.folder, 'newcomers.csv');
  const lines = ['Nora,New,nora.new@harbour.example', 'Omar,New,omar.new@harbour.example'];
  writeFileSync(path, ['FIRST NAME,LAST NAME,EMAIL', ...lines].join('\n'));
  await choose(page, desk, path);
  await page.getByRole('button', { name: 'Upload 2 users' }).press('Enter');
  await expect.poll(() => desk.sandbox.oracle.log().length).toBe(2);
  expect(mails(desk)).toEqual([]);
  await openScreen(page, desk, `/accounts/${accountId}/import`);
  await page.getByRole('link', { name: 'Results: newcomers.csv' }).press('Enter');
  await page.getByRole('button', { name: 'Welcome emails' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Send CloudLink welcome emails?' });
  await expect(dialog.getByText('2 users are sent a CloudLink welcome email', { exact: false })).toBeVisible();
  await dialog.getByRole('button', { name: 'Send 2' }).press('Enter');
  await expect(page.getByText('2 applied.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Welcome emails – newcomers.csv' })).toBeVisible();
  expect(mails(desk).toSorted()).toEqual(['nora.new@harbour.example', 'omar.new@harbour.example']);
  await openScreen(page, desk, `/accounts/${accountId}/import`);
  await page.getByRole('link', { name: 'Results: newcomers.csv' }).press('Enter');
  await page.getByRole('button', { name: 'Welcome emails' }).press('Enter');
  await expect(page.getByText('Nobody is left to send one to.')).toBeVisible();
  await expect(page.getByText('2 users were sent one before.')).toBeVisible();
});
