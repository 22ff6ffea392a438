import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { User } from '../../../shared/model/user.ts';
import type { BrowserConsole } from '../harness/browser-console.ts';
import { accountNamed, expect, HARBOUR, openScreen, test } from '../harness/browser-test.ts';
import { editUser, elsewhere, freeUsers, removed, replaced } from '../harness/conflict-scenes.ts';
import { addUser } from '../harness/outbox-scenes.ts';

test('OFF-4: an edit that was sent stands in the history, and its opposite is queued after a look at it', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const user = must((await freeUsers(desk, id, 1))[0], 'a user');
  await editUser(desk, user, { extension: '4711' });
  await expect.poll(() => extensionThere(desk)).toBe('4711');
  await openScreen(page, desk, '/accounts');
  await page.getByRole('link', { name: 'History', exact: true }).click();
  const sent = page.getByRole('listitem').filter({ hasText: 'Sent' });
  await expect(sent).toContainText('by Pat Technician');
  await expect(sent).toContainText(/EXT.*→ 4711/u);
  await sent.getByRole('button', { name: 'Copy correlation id' }).click();
  await expect.poll(() => desk.server.copied.length).toBe(1);
  await sent.getByRole('button', { name: 'Undo this' }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo this?' });
  await expect(dialog).toContainText('go back to what they were before');
  await expect(dialog).toContainText(/4711 →/u);
  await dialog.getByRole('button', { name: 'Queue it' }).click();
  await expect.poll(() => extensionThere(desk)).toBe(user.extension);
});

test('OFF-4: filters by outcome and account, and older pages are fetched when they are scrolled to', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  for (let index = 0; index < 70; index += 1) {
    await addUser(desk, id, `Crew${index}`, `crew.${index}@harbour.example`);
  }
  const first = must((await desk.client.outbox.list({ accountId: null })).changes[0], 'a change');
  await desk.client.outbox.undo({ id: first.id, withDependants: true });
  await openScreen(page, desk, '/history');
  const list = page.getByRole('region', { name: 'History' });
  await expect(list.getByText('Undone')).toBeVisible();
  await expect(async () => {
    await list.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await expect(list.getByRole('link', { name: 'Crew0 Newcomer' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Undone' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('button', { name: 'Do it again' }).click();
  await page.getByRole('dialog', { name: 'Do it again?' }).getByRole('button', { name: 'Queue it' }).click();
  await expect.poll(async () => (await desk.client.outbox.list({ accountId: null })).total).toBe(70);

  await page.getByRole('combobox', { name: 'Account' }).fill('Cobalt');
  await page.getByRole('option', { name: 'Cobalt Street Credit Union' }).click();
  await expect(page.getByText('No entry with this outcome')).toBeVisible();
});

test('OFF-4: the time machine shows what others changed, and the record as it was', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  const [user, gone] = (await freeUsers(desk, id, 2)).map((one) => must(one, 'a user'));
  const moved = must(user, 'a user');
  await noticed(desk, id, moved, '5099');
  await elsewhere(desk, id, [removed(must(gone, 'another'))]);
  await desk.client.sync.now({ accountId: id });
  const known = async (): Promise<number> => (await desk.client.history.versions({ accountId: id })).versions.length;
  await expect.poll(known).toBe(2);
  await openScreen(page, desk, `/accounts/${id}/information`);
  await page.getByRole('main').getByRole('link', { name: 'History' }).click();
  await page.getByRole('button', { name: 'In the cloud' }).click();
  const lines = page.getByRole('region', { name: 'History' }).getByRole('listitem');
  await expect(lines.filter({ hasText: must(gone, 'another').name })).toContainText('Deleted');
  const line = lines.filter({ hasText: moved.name });
  await expect(line).toContainText('Elsewhere');
  await expect(line).toContainText(/→ 5099/u);
  await line.getByRole('link', { name: moved.name }).click();

  const panel = page.getByRole('region', { name: moved.name });
  await panel.getByRole('link', { name: 'History' }).click();
  await panel.getByRole('button', { name: 'In the cloud' }).click();
  await expect(panel.getByRole('listitem')).toContainText('5099');
  await panel.getByRole('button', { name: 'As of…' }).click();
  const dialog = page.getByRole('dialog', { name: `${moved.name}, then and now` });
  await expect(dialog.getByText('Nothing is different')).toBeVisible();
  await dialog.getByLabel('Date and time').fill('2020-01-02T03:04:05');
  await expect(dialog.getByRole('row', { name: /^EXT/u })).toContainText('5099');
  await expect(dialog.getByText('This laptop knows nothing older')).toBeVisible();
});

test('OFF-4: an entry that was changed behind the console’s back is said at the top', async ({ page, desk }) => {
  const id = await accountNamed(desk);
  await desk.client.sync.setOffline({ offline: true });
  for (const name of ['Anna', 'Bea', 'Cleo']) await addUser(desk, id, name, `${name.toLowerCase()}@harbour.example`);
  const { journal } = desk.engine.repositories;
  journal.sql.prepare("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE id = 2").run();
  await openScreen(page, desk, '/history');
  await expect(page.getByRole('alert')).toContainText('Entry 2 of this history does not follow');
});

test('OFF-4: a laptop on which nothing was done says so', async ({ page, desk }) => {
  await accountNamed(desk);
  await openScreen(page, desk, '/history');
  await expect(page.getByText('Nothing here yet')).toBeVisible();
  await page.getByRole('combobox', { name: 'Account' }).fill('saltmarsh');
  await page.getByRole('option', { name: HARBOUR }).click();
  await page.getByRole('button', { name: 'In the cloud' }).click();
  await expect(page.getByText('No difference noticed yet')).toBeVisible();
});

async function noticed(desk: BrowserConsole, id: AccountId, user: User, extension: string): Promise<void> {
  await elsewhere(desk, id, [replaced(user, { extension })]);
  await desk.client.sync.now({ accountId: id });
  await expect.poll(async () => (await desk.client.users.get({ id: user.id }))?.extension).toBe(extension);
}

function extensionThere(desk: BrowserConsole): unknown {
  return desk.sandbox.oracle.log().at(-1)?.after?.['extension'];
}
