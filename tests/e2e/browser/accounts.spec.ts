import { accountNamed, expect, HARBOUR, openScreen, test } from '../harness/browser-test.ts';

test('SHL-3: the switcher finds an account by its number, with the keyboard alone', async ({ page, desk }) => {
  await accountNamed(desk);
  await openScreen(page, desk, '/accounts');
  await expect(page.getByRole('row', { name: new RegExp(HARBOUR, 'u') })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('searchbox', { name: 'Search accounts' }).last()).toBeFocused();
  await page.keyboard.type('100000002');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(HARBOUR, 'u') })).toBeVisible();
});

test('ACC-1 ACC-3 OFF-2: an account edited offline is marked, waits old → new in the Outbox, and comes back by Undo', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  await openScreen(page, desk, '/accounts');
  for (const words of ['saltmarsh', '100000002', (await desk.client.accounts.get({ id }))?.serverId ?? 'no id']) {
    await page.getByRole('searchbox', { name: 'Search accounts' }).fill(words);
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('row', { name: new RegExp(HARBOUR, 'u') })).toBeVisible();
  }
  await openScreen(page, desk, `/accounts/${id}/information`);
  await page.getByRole('textbox', { name: 'City/Town' }).fill('Saltmarsh East');
  await expect(page.getByText('1 field changed, not saved')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/Not sent yet:/u)).toBeVisible();
  await expect(page.getByText('Changed', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Outbox' }).click();
  const waiting = page.getByRole('region', { name: 'Waiting changes' }).getByRole('listitem');
  await expect(waiting).toHaveCount(1);
  await expect(waiting).toContainText(/Change account Saltmarsh Harbour Authority/u);
  await expect(waiting.getByRole('definition')).toHaveText('Saltmarsh → Saltmarsh East');
  await waiting.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Nothing is waiting')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'City/Town' })).toHaveValue('Saltmarsh');
  await expect(page.getByText(/Not sent yet:/u)).toBeHidden();
});

test('ACC-2: a new account needs valid support contacts and works before the cloud has it', async ({ page, desk }) => {
  await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  await openScreen(page, desk, '/accounts');
  await page.getByRole('link', { name: 'Add Account' }).click();
  for (const [label, text] of [
    ['Customer Name', 'Larch Hill Observatory'],
    ['Address', '3 Dome Road'],
    ['City/Town', 'Larch Hill'],
    ['Postal/Zip Code', 'LH3 0DR'],
  ] as const) {
    await page.getByRole('textbox', { name: label }).fill(text);
  }
  await page.getByRole('combobox', { name: 'Country' }).fill('ireland');
  await page.getByRole('option', { name: 'Ireland', exact: true }).click();
  const contacts = page
    .getByRole('textbox', { name: 'Support Contacts' })
    .or(page.getByRole('combobox', { name: 'Support Contacts' }));
  await contacts.fill('not-an-address');
  await contacts.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Contains an invalid email')).toBeVisible();
  await contacts.press('Backspace');
  await contacts.fill('noc@larch-hill.example');
  await contacts.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
  await desk.client.sync.setOffline({ offline: false });
  const sent = (): unknown =>
    desk.sandbox.oracle.accounts().find(({ name }) => name === 'Larch Hill Observatory')?.['accountNumber'];
  await expect.poll(sent).toBeTruthy();
  await openScreen(page, desk, '/accounts');
  await expect(page.getByRole('row', { name: /Larch Hill Observatory/u })).toContainText(String(sent()));
});
