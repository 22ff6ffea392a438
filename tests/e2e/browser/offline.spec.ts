import { accountNamed, expect, HARBOUR, openScreen, test } from '../harness/browser-test.ts';
import { refusedUser } from '../harness/outbox-scenes.ts';

test('OFF-1: an account is pinned in the list by pointer and by key, fetched, and the verdict turns green', async ({
  page,
  desk,
}) => {
  await accountNamed(desk);
  await openScreen(page, desk, '/accounts');
  const row = page.getByRole('row', { name: new RegExp(HARBOUR, 'u') });
  await row.getByRole('button', { name: `Pin ${HARBOUR} for offline` }).click();
  await expect(page.getByText(`${HARBOUR} is pinned`)).toBeVisible();
  await expect(row.getByRole('button', { name: `Unpin ${HARBOUR}` })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
  await page.getByRole('grid', { name: 'Accounts' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('p');
  const pinned = async (): Promise<number> => (await desk.client.offline.state({})).pinned.length;
  await expect.poll(pinned).toBe(2);

  await page.getByRole('button', { name: 'Online' }).click();
  await page.getByRole('link', { name: 'Ready to leave the office?' }).click();
  const checks = page.getByRole('list', { name: 'Checks' });
  await expect(checks.getByRole('listitem').filter({ hasText: HARBOUR })).toContainText('on this laptop.');
  await page.getByRole('button', { name: 'Fetch everything now' }).click();
  await expect(page.getByText('Everything pinned is being fetched.')).toBeVisible();
  // The sandbox's sign-in is kept in memory only, which the page says as a note.
  await expect(page.getByRole('status').filter({ hasText: /^Ready/u })).toBeVisible();
  await checks.getByRole('button', { name: `Unpin ${HARBOUR}` }).click();
  await expect.poll(pinned).toBe(1);
});

test('OFF-1: what is missing, old or undecided is said with what to do about it', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await openScreen(page, desk, `/accounts/${id}/information`);
  await page.getByRole('button', { name: 'Pin for offline' }).click();
  await expect(page.getByRole('button', { name: 'Pinned' })).toHaveAttribute('aria-pressed', 'true');
  await refusedUser(desk, id);
  desk.laterBy(13 * 3_600_000);
  await openScreen(page, desk, '/offline');
  await expect(page.getByRole('status').filter({ hasText: 'Not ready yet' })).toBeVisible();
  const checks = page.getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await expect(checks.filter({ hasText: HARBOUR })).toContainText('older than half a day');
  await expect(checks.filter({ hasText: 'Decisions' })).toContainText('1 change needs you');
  await expect(page.getByText('“Work offline” is on, so nothing is fetched.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Fetch everything now' })).toBeDisabled();
  await checks.filter({ hasText: 'Decisions' }).getByRole('link', { name: 'Open Outbox' }).click();
  await expect(page.getByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible();
});

test('OFF-1: with nothing pinned the page leads to the accounts', async ({ page, desk }) => {
  await accountNamed(desk);
  await openScreen(page, desk, '/accounts');
  await page.getByRole('button', { name: /settings and sign out/u }).click();
  await page.getByRole('link', { name: 'Ready to leave the office?' }).click();
  await expect(page.getByText('No account is pinned.')).toBeVisible();
  await page.getByRole('link', { name: 'Choose accounts' }).click();
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
});
