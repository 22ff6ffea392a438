import { DEMO_ADMIN, DEMO_SHARED_ADMIN, DEMO_USER, faultRule } from '../../../shared/cloud/sandbox-control.ts';
import { accountNamed, expect, openScreen, openUsers, test } from '../harness/browser-test.ts';

const DAY_MS = 24 * 3_600_000;

test.describe('nobody is signed in', () => {
  test.use({ setup: { tenants: 'small', isSignedIn: false } });

  test('SES-1: an Account Admin of two accounts is asked for the number; a wrong password and a User are refused', async ({
    page,
    desk,
  }) => {
    await openScreen(page, desk, '/');
    const signIn = async (person: { readonly email: string; readonly password: string }): Promise<void> => {
      await page.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
      await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
      await page.getByRole('button', { name: 'Next' }).click();
    };
    await signIn({ ...DEMO_ADMIN, password: 'not the password' });
    await expect(page.getByText(/The e-mail address or the password is not right/u)).toBeVisible();
    await signIn(DEMO_USER);
    await expect(page.getByText(/This person is a User and cannot administer accounts/u)).toBeVisible();
    await signIn(DEMO_SHARED_ADMIN);
    await expect(page.getByText(/belongs to several accounts/u)).toBeVisible();
    const number = page.getByRole('textbox', { name: 'Account number' });
    await expect(number).toBeFocused();
    await number.fill('1234');
    await number.press('Enter');
    await expect(page.getByText('Enter the 9 digits of the account number')).toBeVisible();
    await number.fill('100 000 004');
    await number.press('Enter');
    await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
    await expect(page.getByRole('navigation')).toContainText('Marrow Lane Retail Group');
    await expect(page.getByRole('link', { name: 'Accounts', exact: true })).toBeHidden();
  });

  test('SES-1: a partner signs in by the browser, or is told that it was given up there', async ({ page, desk }) => {
    desk.signsIn('deny');
    await openScreen(page, desk, '/');
    await page.getByRole('button', { name: 'Sign in as partner' }).click();
    await expect(page.getByText('The sign-in was cancelled. Start it again when you are ready.')).toBeVisible();
    desk.signsIn({ email: 'pat.technician@partner.example', password: 'field-demo-partner' });
    await page.getByRole('button', { name: 'Sign in as partner' }).click();
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
  });
});

test('SES-3: an expired sign-in stops sending and nothing else; signing in again sends what waits', async ({
  page,
  desk,
}) => {
  await openUsers(page, desk);
  desk.sandbox.configure({ clockOffsetMs: 31 * DAY_MS });
  await page.getByRole('button', { name: 'Online' }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/Your sign-in has expired\. You can go on working/u)).toBeVisible();

  await page.getByRole('link', { name: 'Add User' }).click();
  for (const [label, text] of [
    ['First Name', 'Vera'],
    ['Last Name', 'Voss'],
    ['Email', 'vera.voss@harbour.example'],
  ] as const) {
    await page.getByRole('textbox', { name: label }).fill(text);
  }
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText(/Sign in to upload 1 change\./u)).toBeVisible();
  expect(desk.sandbox.oracle.log()).toEqual([]);

  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in as partner' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText(/Sign in to upload/u)).toBeHidden();
  await expect.poll(() => desk.sandbox.oracle.log()[0]?.after).toMatchObject({ email: 'vera.voss@harbour.example' });
});

test('SHL-9: data shows its age and the connection its state; old data has a warning until it is fetched again', async ({
  page,
  desk,
}) => {
  await accountNamed(desk);
  await openScreen(page, desk, '/accounts');
  await expect(page.getByRole('main').getByText(/as of \d\d:\d\d, just now/u)).toBeVisible();
  desk.sandbox.configure({ faults: [faultRule.parse({ kind: 'drop-before-commit' })] });
  desk.laterBy(26 * 3_600_000);
  await page.getByRole('button', { name: 'Online' }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('dialog', { name: 'Connection' })).toContainText(
    'There is a network, but the cloud does not answer.',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Cloud unreachable/u })).toBeVisible();
  await expect(page.getByRole('main').getByText(/as of .+, 1 day ago/u)).toBeVisible();

  desk.sandbox.configure({ faults: [] });
  await page.getByRole('button', { name: /^Cloud unreachable/u }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Online' })).toBeVisible();
  await expect(page.getByRole('main').getByText(/as of \d\d:\d\d, just now/u)).toBeVisible();
});
