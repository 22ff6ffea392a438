import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { servicePath } from '../../../shared/cloud/paths.ts';
import { DEMO_ADMIN, DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { must } from '../../../shared/lib/must.ts';
import { Cloud } from '../harness/cloud.ts';
import { signInAsPartner, startConsole } from '../harness/console-app.ts';

const USER = { name: 'Beatrice Merriman', email: 'beatrice.merriman@harbour.example' };
const MINE = '+447700900123';
const THEIRS = '+447700900200';

test('OFF-3: a conflict solved by keyboard alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-e2e-'));
  const cloud = new Cloud(join(folder, 'cloud'), 'small');
  await cloud.start();
  const console = await startConsole({ profile: join(folder, 'profile'), cloud: cloud.url });
  const { page } = console;

  await test.step('a number changed here while working offline, and by the administrator in the cloud', async () => {
    await signInAsPartner(console, DEMO_PARTNER, 'Sign in as partner');
    await page.getByRole('row', { name: /Saltmarsh Harbour Authority/u }).click();
    await page.getByRole('row', { name: new RegExp(USER.email, 'u') }).click();
    await toggleOffline(page);
    const panel = page.getByRole('region', { name: USER.name });
    await panel.getByRole('textbox', { name: 'Mobile Number' }).fill('07700 900123');
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved on this computer.')).toBeVisible();
    await changeInCloud(cloud, { mobile: THEIRS });
    await toggleOffline(page);
    await expect(page.getByRole('link', { name: /^Conflicts ?: 1 conflict to decide$/u })).toBeVisible();
  });

  await test.step('from the navigation to the decision without a pointer', async () => {
    await tabTo(page, /^Conflicts/u);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: /^Mobile Number/u })).toContainText(MINE);
    await expect(page.getByRole('row', { name: /^Mobile Number/u })).toContainText(THEIRS);
    await expect(page.locator('[data-group] :focus')).toBeVisible();
    await page.keyboard.press('t');
    await page.keyboard.press('m');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Nothing to decide')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open the Outbox' })).toBeFocused();
    await expect(page.getByRole('status').filter({ hasText: 'Nothing is left to decide.' })).toBeVisible();
  });

  await test.step('the cloud has the person’s word', async () => {
    const last = async (): Promise<unknown> =>
      (await cloud.log()).findLast(({ after }) => after?.['email'] === USER.email)?.after?.['mobile'];
    await expect.poll(last).toBe(MINE);
  });
  await console.quit();
  await cloud.stop();
});

async function toggleOffline(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Online|Working offline|Syncing|Checking/u })
    .first()
    .click();
  await page.getByRole('dialog', { name: 'Connection' }).getByRole('switch', { name: 'Work offline' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Connection' })).toBeHidden();
}

/** Moves the focus on, as the Tab key does, until it is on what is called this. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const wanted = page.getByRole('link', { name });
  await page.locator('body').press('Tab');
  for (let stops = 0; stops < 60; stops += 1) {
    if (await wanted.evaluate((link) => link === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Sixty stops of the Tab key do not reach ${name}`);
}

type Body = Readonly<Record<string, unknown>>;

/** The account's administrator, in the cloud itself. */
async function changeInCloud(cloud: Cloud, body: Body): Promise<void> {
  const form = { grant_type: 'password', username: DEMO_ADMIN.email, password: DEMO_ADMIN.password, account_id: '' };
  const signedIn = await fetch(cloud.url + servicePath('authentication', 'token'), {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const get = async (path: string): Promise<readonly Body[]> => {
    const answer = (await (await fetch(cloud.url + servicePath('admin', path), { headers })).json()) as Body;
    const { items } = (answer['_embedded'] ?? answer) as { items: readonly Body[] };
    return items;
  };
  const accounts = await get('accounts');
  const account = must(
    accounts.find((one) => one['accountNumber'] === DEMO_ADMIN.accountNumber),
    'the administrator’s account',
  );
  const path = `accounts/${String(account['accountId'])}/users`;
  const user = must(
    (await get(path)).find((one) => one['email'] === USER.email),
    'the user',
  );
  const changed = await fetch(cloud.url + servicePath('admin', `${path}/${String(user['userId'])}`), {
    method: 'PATCH',
    headers,
    body: JSON.stringify(body),
  });
  expect(changed.ok, await changed.text()).toBe(true);
}
