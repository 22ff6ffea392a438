import { accountNamed, expect, openScreen, openUsers, test, HARBOUR } from '../harness/browser-test.ts';

const PIN = '4711';
const locked = { name: 'Fieldlink is locked' };

test('SES-5: a PIN is set, the shortcut locks, nothing of a customer is in the page, the PIN opens it again', async ({
  page,
  desk,
}) => {
  await openUsers(page, desk);
  await expect(page.getByText(/@harbour\.example/u).first()).toBeVisible();
  await page.getByRole('button', { name: /settings and sign out/u }).click();
  await page.getByRole('button', { name: 'Security' }).click();
  const dialog = page.getByRole('dialog', { name: 'Security' });
  await dialog.getByLabel('New PIN', { exact: true }).fill(PIN);
  await dialog.getByLabel('Repeat the new PIN').fill('4712');
  await dialog.getByRole('button', { name: 'Set PIN' }).click();
  await expect(dialog.getByText('The two do not match')).toBeVisible();
  await dialog.getByLabel('Repeat the new PIN').fill(PIN);
  await dialog.getByRole('button', { name: 'Set PIN' }).click();
  await expect(page.getByText('The PIN is set.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();

  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', locked)).toBeVisible();
  const inPage = await page.evaluate(() => document.documentElement.outerHTML + document.title);
  for (const word of [HARBOUR, 'harbour.example', 'Pat Technician', '4711']) expect(inPage).not.toContain(word);

  // The field has the focus: type and press Enter.
  await page.keyboard.type('0000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This PIN is not right. Try again.')).toBeVisible();
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/@harbour\.example/u).first()).toBeVisible();
});

test('SES-5: a page that is opened while it is locked shows the lock; wiping from there ends at the sign-in', async ({
  page,
  desk,
}) => {
  await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  await desk.client.session.setPin({ pin: PIN, currentPin: null });
  await desk.client.session.lock({});
  await page.goto(`${desk.url}/#/accounts`);
  await expect(page.getByRole('heading', locked)).toBeVisible();
  await page.getByRole('button', { name: 'Forgot the PIN?' }).click();
  await page.getByRole('button', { name: 'Wipe this laptop' }).click();
  const wipe = page.getByRole('button', { name: 'Wipe this laptop' });
  await expect(wipe).toBeDisabled();
  await page.getByLabel('Type the word wipe').fill('wipe');
  await wipe.click();
  await expect(page.getByRole('heading', locked)).toBeHidden();
  // The sandbox's demo partner is signed in again by itself, as on a fresh install.
  await openScreen(page, desk, '/accounts');
  await expect(page.getByRole('row', { name: new RegExp(HARBOUR, 'u') })).toBeVisible({ timeout: 60_000 });
});
