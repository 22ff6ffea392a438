import type { Page } from 'playwright/test';
import { must } from '../../../shared/lib/must.ts';
import type { BrowserConsole } from '../harness/browser-console.ts';
import { accountNamed, expect, HARBOUR, openScreen, test } from '../harness/browser-test.ts';
import {
  conflictingUsers,
  editUser,
  elsewhere,
  everyKindOfConflict,
  freeUsers,
  meetTheCloud,
  mine,
  moreUsers,
  removed,
  replaced,
  theirs,
} from '../harness/conflict-scenes.ts';

test('OFF-3: base, mine and theirs stand side by side with who and when; the rest is said quietly', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const [both] = await everyKindOfConflict(desk, id);
  await openScreen(page, desk, '/accounts');
  await page.getByRole('link', { name: /^Conflicts ?: 5 conflicts to decide$/u }).click();
  const list = page.getByRole('listbox', { name: 'Conflicts' });
  await expect(list.getByRole('option')).toHaveCount(5);
  await expect(list.getByText(HARBOUR).first()).toBeVisible();
  const detail = page.getByRole('region', { name: must(both, 'a user').name });
  const row = detail.getByRole('row', { name: /^Mobile Number/u });
  await expect(row).toContainText(must(both, 'a user').mobile);
  await expect(row).toContainText(mine(0));
  await expect(row).toContainText(theirs(0));
  await expect(detail.getByRole('columnheader', { name: /^In the cloud/u })).toContainText('just now');
  await expect(detail.getByText('Not disputed, goes along: EXT 4711')).toBeVisible();

  await detail
    .getByRole('group', { name: 'Decision for Mobile Number' })
    .getByRole('button', { name: 'Cloud' })
    .click();
  await detail.getByRole('button', { name: 'Decide' }).click();
  await expect(detail.getByRole('alert')).toContainText('for every field first');
  await detail.getByRole('group', { name: 'Decision for Name' }).getByRole('button', { name: 'Edit' }).click();
  await detail.getByRole('textbox', { name: 'Last Name' }).fill('Both');
  await detail.getByRole('button', { name: 'Decide' }).click();
  await expect(page.getByRole('status').filter({ hasText: '4 left.' })).toBeVisible();
  await expect
    .poll(() => lastReplaced(desk))
    .toMatchObject({ firstName: 'Maximiliane-Theodora', lastName: 'Both', mobile: theirs(0), extension: '4711' });
});

test('OFF-3: a role waits for a person’s word, with the reason; deleted records are decided as a whole', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const [, raised, gone, deleted] = await everyKindOfConflict(desk, id);
  await openScreen(page, desk, '/conflicts');
  await open(page, must(raised, 'a user').name);
  await expect(page.getByText(/is never sent on a user you have not seen/u)).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine', exact: true }).click();
  await expect.poll(() => lastReplaced(desk)).toMatchObject({ role: 'ACCOUNT_ADMIN' });

  await open(page, must(gone, 'a user').name);
  await expect(page.getByText(/creates it again as a NEW user/u)).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine: create a new user' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'is created again as a new record' })).toBeVisible();
  await expect
    .poll(() => desk.sandbox.oracle.log().filter(({ op, type }) => op === 'add' && type === 'user').length)
    .toBe(1);

  await open(page, must(deleted, 'a user').name);
  await page.getByRole('button', { name: 'Keep theirs: keep the user' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'your change was taken out of the Outbox' })).toBeVisible();
  const kept = must(await desk.client.users.get({ id: must(deleted, 'a user').id }), 'the user is still there');
  expect(kept).toMatchObject({ extension: '5099', pending: null });
});

test('OFF-3: a hundred and twenty conflicts are decided by keyboard alone, and the last answer is for all', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await moreUsers(desk, id, 110);
  const users = await conflictingUsers(desk, id, 120);
  await openScreen(page, desk, '/conflicts');
  const said = page.getByRole('status').filter({ hasText: 'left.' });
  await expect(page.locator('[data-group] :focus')).toBeVisible();
  await page.keyboard.press('t');
  await page.keyboard.press('Control+Enter');
  await expect(said).toContainText('119 left.');
  await expect(page.getByRole('region', { name: must(users[1], 'a user').name })).toBeVisible();
  await expect(page.locator('[data-group] :focus')).toBeVisible();
  await page.keyboard.press('e');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('7700900499');
  await page.keyboard.press('Control+Enter');
  await expect(said).toContainText('118 left.');
  await expect.poll(() => lastReplaced(desk)).toMatchObject({ mobile: '+447700900499' });
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.getByRole('region', { name: must(users[3], 'a user').name })).toBeVisible();
  const list = page.getByRole('listbox', { name: 'Conflicts' });
  expect(await list.getByRole('option').count()).toBeLessThan(40);
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.getByRole('option', { selected: true })).toContainText(must(users.at(-1), 'a user').name);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-group] :focus')).toBeVisible();

  await page.getByRole('button', { name: 'Keep theirs for all' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: /for 118 conflicts\?/u });
  await dialog.getByRole('button', { name: 'Keep theirs for all' }).press('Enter');
  await expect(page.getByText('Nothing to decide')).toBeVisible();
  expect(await desk.client.outbox.list({ accountId: null })).toMatchObject({ total: 0, attentionCount: 0 });
});

test('OFF-3: what is typed stays when the record moves once more, and a wrong value is marked', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const user = must((await conflictingUsers(desk, id, 1))[0], 'a user');
  await openScreen(page, desk, '/conflicts');
  const detail = page.getByRole('region', { name: user.name });
  await expect(page.locator('[data-group] :focus')).toBeVisible();
  await page.keyboard.press('e');
  const box = detail.getByRole('textbox', { name: 'Mobile Number' });
  await box.fill('77');
  await page.keyboard.press('Control+Enter');
  await expect(detail.getByText('Enter the whole number with its country code')).toBeVisible();
  await expect(box).toHaveAttribute('aria-invalid', 'true');

  await box.fill('7700 900499');
  desk.server.mute(true);
  await elsewhere(desk, id, [replaced(user, { mobile: '+447700900300' })]);
  await desk.client.sync.now({ accountId: id });
  const known = async () => (await desk.client.conflicts.list({ accountId: null })).conflicts[0]?.groups[0]?.fields[0];
  await expect.poll(known).toMatchObject({ theirs: '+447700900300' });
  await expect(detail.getByText(theirs(0))).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(detail.getByRole('alert')).toContainText('changed in the cloud once more');
  await expect(detail.getByRole('cell', { name: '+447700900300 new' })).toBeVisible();
  await expect(box).toHaveValue('7700900499');
  desk.server.mute(false);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Nothing to decide')).toBeVisible();
  await expect.poll(() => lastReplaced(desk)).toMatchObject({ mobile: '+447700900499' });
});

test('OFF-3: the record’s own panel and the outbox lead to the conflict', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  const users = await conflictingUsers(desk, id, 2);
  const user = must(users[1], 'a user');
  await openScreen(page, desk, `/accounts/${id}/users/${user.id}`);
  await page.getByRole('region', { name: user.name }).getByRole('link', { name: 'Decide' }).click();
  await expect(page.getByRole('region', { name: user.name })).toBeVisible();
  await openScreen(page, desk, '/outbox');
  await page.getByRole('listitem').filter({ hasText: user.name }).getByRole('link', { name: 'Decide' }).click();
  await expect(page.getByRole('option', { selected: true })).toContainText(user.name);
});

test('OFF-3: without a network the page says how old the cloud’s values are, and the decision waits', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await conflictingUsers(desk, id, 1);
  await desk.client.sync.setOffline({ offline: true });
  await openScreen(page, desk, '/conflicts');
  await expect(page.getByText(/its values are as of the last contact/u)).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine', exact: true }).click();
  await expect(page.getByText('Nothing to decide')).toBeVisible();
  expect((await desk.client.outbox.list({ accountId: null })).changes[0]).toMatchObject({
    state: 'queued',
    nextAction: 'waits-for-online',
  });
});

test('OFF-3: a deletion whose other side went back is given up, not carried out', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  const user = must((await freeUsers(desk, id, 1))[0], 'a user');
  await desk.client.users.remove({ id: user.id });
  await elsewhere(desk, id, [replaced(user, { extension: '5099' })]);
  await meetTheCloud(desk, id, 1);
  await elsewhere(desk, id, [replaced(user, { extension: user.extension })]);
  await desk.client.sync.now({ accountId: id });
  const groups = async () => (await desk.client.conflicts.list({ accountId: null })).conflicts[0]?.groups.length;
  await expect.poll(groups).toBe(0);
  await openScreen(page, desk, '/conflicts');
  await expect(page.getByText(/changed it back/u)).toBeVisible();
  await page.getByRole('button', { name: 'Keep theirs: keep the user' }).click();
  await expect(page.getByText('Nothing to decide')).toBeVisible();
  expect(await desk.client.users.get({ id: user.id })).toMatchObject({ pending: null });
  expect(removed(user)).toMatchObject({ op: 'remove' });
  await editUser(desk, user, { extension: '5100' });
  await expect.poll(() => lastReplaced(desk)).toMatchObject({ extension: '5100' });
});

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('option', { name: new RegExp(name, 'u') }).click();
  await expect(page.getByRole('region', { name })).toBeVisible();
}

/** What this console wrote last: the scenes write behind the API's back, before. */
function lastReplaced(desk: BrowserConsole): Readonly<Record<string, unknown>> | null | undefined {
  return desk.sandbox.oracle.log().findLast(({ op, correlationId }) => op === 'replace' && correlationId !== '')?.after;
}
