import { must } from '../../../shared/lib/must.ts';
import { accountNamed, expect, openScreen, openUsers, test } from '../harness/browser-test.ts';
import { freeUsers } from '../harness/conflict-scenes.ts';

test('USR-2: a new user with an address that is taken points at the user who has it', async ({ page, desk }) => {
  await openUsers(page, desk);
  await page.getByRole('link', { name: 'Add User' }).click();
  const panel = page.getByRole('region', { name: 'New User' });
  await panel.getByRole('button', { name: 'Create' }).click();
  await expect(panel.getByText('Enter the First Name')).toBeVisible();
  await panel.getByRole('textbox', { name: 'First Name' }).fill('Ida');
  await panel.getByRole('textbox', { name: 'Last Name' }).fill('Lindqvist');
  await panel.getByRole('textbox', { name: 'Email' }).fill('ADA.admin@harbour.example');
  await panel.getByRole('textbox', { name: 'Mobile Number' }).fill('07700 900123');
  await panel.getByRole('button', { name: 'Create' }).click();
  await expect(panel.getByRole('alert')).toContainText('One or more of the attribute values are already in use');
  await expect(panel.getByRole('link', { name: 'Open Ada Admin' })).toBeVisible();

  await panel.getByRole('textbox', { name: 'Email' }).fill('ida.lindqvist@harbour.example');
  await panel.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('region', { name: 'Ida Lindqvist' })).toBeVisible();
  await expect
    .poll(() => desk.sandbox.oracle.log()[0]?.after)
    .toMatchObject({ firstName: 'Ida', mobile: '+447700900123', role: 'USER' });
  await expect(page.getByRole('row', { name: /ida\.lindqvist@harbour\.example/u })).toContainText('Not registered');
});

test('USR-4: fields that the directory owns are locked with the reason, the others are not', async ({ page, desk }) => {
  const id = await openUsers(page, desk, 'Cobalt Street Credit Union');
  const { rows } = await desk.client.users.page({ accountId: id });
  const user = must(
    rows.find(({ source }) => source === 'SCIM'),
    'the account has users of a directory',
  );
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const panel = page.getByRole('region', { name: user.name });
  await expect(panel.getByText(/the next sync may overwrite/u)).toBeVisible();
  for (const label of ['First Name', 'Last Name', 'Email', 'Mobile Number']) {
    await expect(panel.getByRole('textbox', { name: label })).toBeDisabled();
  }
  await expect(panel.getByText('From the directory (SCIM)').first()).toBeVisible();
  await panel.getByRole('textbox', { name: 'EXT' }).fill('4711');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => desk.sandbox.oracle.log().length).toBe(1);
  await expect(panel.getByRole('textbox', { name: 'EXT' })).toHaveValue('4711');
});

test('USR-5: a user is given a custom role of the account', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  const user = must((await freeUsers(desk, id, 1))[0], 'a user');
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const panel = page.getByRole('region', { name: user.name });
  await panel.getByRole('combobox', { name: 'Role' }).press('Enter');
  await expect(page.getByRole('option')).toHaveText(['User', 'Account Admin', 'Reception Desk']);
  await page.getByRole('option', { name: 'Reception Desk' }).press('Enter');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => desk.sandbox.oracle.log()[0]?.after).toMatchObject({ role: 'Reception Desk' });
  await expect(panel.getByRole('combobox', { name: 'Role' })).toHaveText('Reception Desk');
});

test('USR-9: a user is deleted after the word is typed, and the deletion can be taken back until it is sent', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  const user = must((await freeUsers(desk, id, 1))[0], 'a user');
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  const panel = page.getByRole('region', { name: user.name });
  await panel.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete User' });
  await expect(dialog.getByRole('textbox', { name: 'Type the word delete' })).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(panel).toBeVisible();
  await panel.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.keyboard.type('delete');
  await page.keyboard.press('Enter');
  await expect(page.getByText('is deleted as soon as the cloud can be reached.')).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(user.email, 'u') })).toContainText('Deleting');
  await desk.client.sync.setOffline({ offline: false });
  await expect.poll(() => desk.sandbox.oracle.log().at(-1)).toMatchObject({ op: 'remove', type: 'user' });
  await expect(page.getByRole('row', { name: new RegExp(user.email, 'u') })).toHaveCount(0);
});

test('USR-9: where a user cannot be deleted the reason stands in the button’s place', async ({ page, desk }) => {
  const id = await accountNamed(desk, 'Brackenford Voice & Networks');
  const { rows } = await desk.client.users.page({ accountId: id });
  const partner = must(
    rows.find(({ role }) => role === 'PARTNER'),
    'a partner user',
  );
  await openScreen(page, desk, `/accounts/${id}/users/${partner.id}`);
  const panel = page.getByRole('region', { name: partner.name });
  await expect(panel.getByText(/Partner users cannot be deleted/u)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0);
});

test.describe('a large account', () => {
  test.use({ setup: { tenants: 'demo', isSignedIn: true } });

  test('USR-1: 100,000 users scroll to the very end with few rows in the page, and are found as you type', async ({
    page,
    desk,
  }) => {
    test.setTimeout(120_000);
    await openUsers(page, desk, 'Overland Parcel Union');
    await expect(page.getByText('100,000 users')).toBeVisible();
    const list = page.getByRole('grid', { name: 'Users' });
    await list.focus();
    await page.keyboard.press('End');
    await expect(list.locator('[aria-rowindex="100001"]')).toContainText('@');
    await page.keyboard.press('Home');
    await expect(list.locator('[aria-rowindex="2"]')).toContainText('@');
    await list.evaluate((grid) => {
      grid.scrollTop = grid.scrollHeight / 2;
    });
    await expect(list.getByRole('row').nth(4)).toContainText('@');
    const { inPage, visible } = await list.evaluate((grid) => ({
      inPage: grid.querySelectorAll('.body [role=row]').length,
      visible: Math.ceil(grid.clientHeight / 40),
    }));
    expect(inPage).toBeLessThanOrEqual(visible + 2 * 8 + 1);

    const middle = must(
      (
        await desk.client.users.page({
          accountId: await openUsers(page, desk, 'Overland Parcel Union'),
          offset: 54_321,
          limit: 1,
        })
      ).rows[0],
      'a user in the middle',
    );
    await page.keyboard.press('/');
    const box = page.getByRole('searchbox', { name: 'Search Users' });
    await expect(box).toBeFocused();
    for (const words of [middle.email, middle.extension].filter(Boolean)) {
      await box.fill(words);
      await expect(list.getByRole('row', { name: new RegExp(middle.email, 'u') })).toBeVisible();
    }
    await box.fill('zzqx');
    await expect(page.getByText('No user matches')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('100,000 users')).toBeVisible();
  });
});
