import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { must } from '../../../shared/lib/must.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { BrowserConsole } from '../harness/browser-console.ts';
import { accountNamed, expect, openScreen, test } from '../harness/browser-test.ts';
import { conflictingUsers, freeUsers } from '../harness/conflict-scenes.ts';
import { useUpElite, userWithSmsNumber } from '../harness/license-scenes.ts';
import { queueSomeWork, openPreview } from '../harness/browser-scenes.ts';
import { openRecipeFile, recipeScene } from '../harness/recipe-scenes.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Finding = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};
type Scene = {
  readonly page: Page;
  readonly desk: BrowserConsole;
  readonly id: AccountId;
  readonly importId: string;
  readonly mapId: string;
  /** A user with a conflict. */
  readonly userId: string;
};

const SCREENS: readonly (readonly [name: string, open: (scene: Scene) => Promise<void>])[] = [
  ['accounts', ({ page, desk }) => openScreen(page, desk, '/accounts')],
  [
    'no account matches',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts');
      await page.getByRole('searchbox', { name: 'Search accounts' }).fill('zzqx');
      await expect(page.getByText('No account matches')).toBeVisible();
    },
  ],
  [
    'add account with problems',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts/new');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Add at least one support contact')).toBeVisible();
    },
  ],
  [
    'account information',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/information`);
      await expect(page.getByRole('textbox', { name: 'Customer Name' })).toBeVisible();
    },
  ],
  ['users', ({ page, desk, id }) => openScreen(page, desk, `/accounts/${id}/users`)],
  [
    'user',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/users`);
      await page
        .getByRole('row', { name: /@harbour\.example/u })
        .nth(1)
        .click();
      await expect(page.getByRole('textbox', { name: 'First Name' })).toBeVisible();
    },
  ],
  [
    'new user with problems',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/users/new`);
      await page.getByRole('button', { name: 'Create' }).click();
      await expect(page.getByText('Enter the First Name')).toBeVisible();
    },
  ],
  [
    'import users',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/import`);
      await expect(page.getByRole('link', { name: /^Open / }).first()).toBeVisible();
    },
  ],
  [
    'preview',
    async ({ page, desk, id, importId }) => {
      await openScreen(page, desk, `/accounts/${id}/import/${importId}`);
      await page.getByRole('gridcell', { name: /\(at\)/u }).click();
      await page.getByRole('button', { name: 'Find and replace' }).click();
    },
  ],
  [
    'the question for the e-mail column',
    async ({ page, desk, id, mapId }) => {
      await openScreen(page, desk, `/accounts/${id}/import/${mapId}`);
      await expect(page.getByText('Which column holds the e-mail addresses?')).toBeVisible();
    },
  ],
  [
    'an upload that is gone',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/uploads/00000000-0000-4000-8000-000000000000`);
      const back = page.getByRole('main').getByRole('link', { name: 'Back to Import Users' });
      await expect(back).toBeVisible();
      // The notice has the height of the page; what is in it has not.
      expect((await back.boundingBox())?.height).toBeLessThan(50);
    },
  ],
  [
    'outbox',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/outbox');
      await expect(page.getByRole('region', { name: 'Waiting changes' })).toBeVisible();
    },
  ],
  [
    'details of a change',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/outbox');
      await page
        .getByRole('button', { name: /^More for/u })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Details and attempts' }).click();
      await expect(page.getByRole('heading', { name: 'Attempts' })).toBeVisible();
    },
  ],
  [
    'export of the queue',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/outbox');
      await page.getByRole('button', { name: 'Export and import the queue' }).click();
      await page.getByRole('menuitem', { name: 'Export queue…' }).click();
      await expect(page.getByRole('radio')).toHaveCount(2);
    },
  ],
  [
    'conflicts',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/conflicts');
      await expect(page.locator('[data-group] :focus')).toBeVisible();
      await page.keyboard.press('e');
      await expect(page.getByRole('textbox', { name: 'Mobile Number' })).toBeFocused();
    },
  ],
  [
    'all conflicts at once',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/conflicts');
      await page.getByRole('button', { name: 'Keep mine for all' }).click();
      await expect(page.getByRole('dialog', { name: /Send your values/u })).toBeVisible();
    },
  ],
  [
    'history',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/history');
      await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toBeVisible();
    },
  ],
  [
    'time machine and a record then and now',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/history`);
      await page.getByRole('button', { name: 'In the cloud' }).click();
      await page.getByRole('button', { name: 'As it was' }).first().click();
      await page.getByLabel('Date and time').fill('2020-01-02T03:04:05');
      await expect(page.getByRole('row', { name: /^Mobile Number/u })).toBeVisible();
    },
  ],
  [
    'history of a user',
    async ({ page, desk, id, userId }) => {
      await openScreen(page, desk, `/accounts/${id}/users/${userId}/history`);
      await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toBeVisible();
    },
  ],
  [
    'welcome emails to all',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/users`);
      await page.getByRole('button', { name: 'Manage' }).click();
      await page.getByRole('menuitem', { name: 'Send welcome emails to all' }).click();
      await expect(page.getByRole('button', { name: /^Send \d+$/u })).toBeVisible();
    },
  ],
  [
    'licenses of selected users',
    async ({ page, desk, id }) => {
      await openScreen(page, desk, `/accounts/${id}/users`);
      await page.getByRole('checkbox', { name: 'Select all users of this list' }).click();
      await page.getByRole('button', { name: /^Manage \(\d+\)$/u }).click();
      await page.getByRole('menuitem', { name: 'Licenses' }).click();
      const dialog = page.getByRole('dialog', { name: /^Licenses of \d+ users$/u });
      await dialog.getByRole('combobox', { name: 'Mitel One licenses' }).press('Enter');
      await page.getByRole('option', { name: /^Elite/u }).press('Enter');
      await expect(page.getByText('more license(s) are needed', { exact: false })).toBeVisible();
    },
  ],
  [
    'delete user',
    async ({ page, desk, id, userId }) => {
      await openScreen(page, desk, `/accounts/${id}/users/${userId}`);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Delete User' })).toBeVisible();
    },
  ],
  [
    'ready to leave the office',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/offline');
      await expect(page.getByRole('list', { name: 'Checks' })).toBeVisible();
    },
  ],
  [
    'activity',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts');
      await page.getByRole('button', { name: /^Activity/u }).click();
      await expect(page.getByRole('dialog', { name: 'Activity' }).getByRole('listitem').first()).toBeVisible();
    },
  ],
  [
    'connection',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts');
      await page.getByRole('button', { name: 'Working offline' }).click();
      await expect(page.getByRole('dialog', { name: 'Connection' })).toBeVisible();
    },
  ],
  [
    'account switcher',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  ],
  [
    'user menu',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts');
      await page.getByRole('button', { name: /settings and sign out/u }).click();
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    },
  ],
  [
    'sign out with changes waiting',
    async ({ page, desk }) => {
      await openScreen(page, desk, '/accounts');
      await page.getByRole('button', { name: /settings and sign out/u }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await expect(page.getByText('Sign out with changes waiting?')).toBeVisible();
    },
  ],
  [
    // Last: the cache is gone afterwards.
    'storage after a rescue',
    async ({ page, desk }) => {
      desk.engine.context.storage.notice(Object.assign(new Error('damaged'), { code: 'SQLITE_CORRUPT' }));
      await openScreen(page, desk, '/accounts');
      await expect(page.getByText(/was set aside because parts of it were damaged/u)).toBeVisible();
      await page.getByRole('button', { name: /settings and sign out/u }).click();
      await page.getByRole('button', { name: 'Storage' }).click();
      await expect(page.getByRole('dialog', { name: 'Storage on this computer' }).getByText('Folder')).toBeVisible();
    },
  ],
];

test('SHL-6 SHL-7: every screen is free of accessibility findings, light and dark', async ({ page, desk }) => {
  test.setTimeout(600_000);
  const id = await accountNamed(desk);
  const [user] = await conflictingUsers(desk, id, 2);
  await desk.client.offline.pin({ accountIds: [id], pinned: true });
  await desk.client.sync.setOffline({ offline: true });
  await queueSomeWork(desk, id);
  const importId = await openPreview(desk, id);
  const mapId = await openUnmapped(desk, id);
  for (const [name, open] of SCREENS) {
    await test.step(name, async () => {
      await open({ page, desk, id, importId, mapId, userId: must(user, 'a user').id });
      await expectNoFindings(page, name);
      await page.goto('about:blank');
    });
  }
});

test('IMP-4 IMP-6 IMP-9 SHL-6: the import from the grid to its results is free of findings, light and dark', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  const importId = await openPreview(desk, id);
  await desk.client.imports.setExisting({ id: importId, existing: 'update', rowIds: null });
  await openScreen(page, desk, `/accounts/${id}/import/${importId}`);
  await page.getByRole('grid', { name: 'Rows of the import' }).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText('2 rows, 4 cells selected')).toBeVisible();
  await expectNoFindings(page, 'selected cells');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Suggested repairs' })).toBeVisible();
  await page.getByRole('button', { name: 'STATUS', exact: true }).click();
  await expectNoFindings(page, 'suggested repairs, sorted');
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  const plan = page.getByRole('dialog', { name: /^Plan for/u });
  await expect(plan.getByRole('button', { name: /^Upload \d+ rows$/u })).toBeEnabled();
  await expectNoFindings(page, 'plan');
  await plan.getByRole('button', { name: /^Upload \d+ rows$/u }).click();
  await expect(plan).toBeHidden();
  await openScreen(page, desk, `/accounts/${id}/uploads/${importId}`);
  await expect(page.getByText(/^\d+ applied/u)).toBeVisible();
  await expectNoFindings(page, 'results of an upload');
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByRole('button', { name: 'Undo the import' })).toBeEnabled();
  await expectNoFindings(page, 'undo of an import');
});

test('BIL-4 BIL-5 SHL-6: licenses that are left, used up and not there are free of findings, light and dark', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await useUpElite(desk, id);
  const { smsNumber } = await userWithSmsNumber(desk, id);
  const [user] = await freeUsers(desk, id, 1);
  await openScreen(page, desk, `/accounts/${id}/users`);
  await expect(page.getByText('Mitel One (Essential)+1').first()).toBeVisible();
  await expectNoFindings(page, 'licenses in the list');
  await openScreen(page, desk, `/accounts/${id}/users/${must(user, 'a user').id}`);
  await page.getByRole('switch', { name: 'MiTeam Meetings' }).press('Space');
  await expectNoFindings(page, 'products and licenses, edited');
  await page.getByRole('combobox', { name: 'Mitel One' }).press('Enter');
  await expect(page.getByRole('option', { name: 'Elite – Licenses not available' })).toBeVisible();
  // The rest is hidden while it is open, and no list of options can be a landmark.
  await expectNoFindings(page, 'a tier that is used up', '[role=listbox]');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'SMS Number' }).press('Enter');
  await page.getByRole('option', { name: smsNumber }).press('Enter');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByText('Another user of the account has it', { exact: false })).toBeVisible();
  await expectNoFindings(page, 'an SMS number that is taken');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  const other = await accountNamed(desk, 'Cobalt Street Credit Union');
  await openScreen(page, desk, `/accounts/${other}/users/new`);
  await expect(page.getByRole('switch', { name: 'MiTeam Meetings' })).toBeDisabled();
  await expectNoFindings(page, 'an account without licenses');
});

test('IMP-13 SHL-6: recipes, from the offer to the list of what was learned, are free of findings, light and dark', async ({
  page,
  desk,
}) => {
  const id = await accountNamed(desk);
  await openScreen(page, desk, `/accounts/${id}/import/recipes`);
  await expect(page.getByText('Nothing was learned yet.')).toBeVisible();
  await expectNoFindings(page, 'no recipes yet');
  await page.goto('about:blank');
  await recipeScene(desk, id);
  const importId = await openRecipeFile(desk, id);
  await openScreen(page, desk, `/accounts/${id}/import/${importId}`);
  await expect(page.getByText('This looks like “Night shift”.')).toBeVisible();
  await expectNoFindings(page, 'a recipe is offered');
  await page.getByRole('button', { name: /^Cleaned/u }).click();
  await expect(page.getByRole('region', { name: 'Take cleaning back' }).getByRole('button')).toBeVisible();
  await expectNoFindings(page, 'cleanings');
  await page.getByRole('button', { name: 'Recipes' }).click();
  await expect(page.getByRole('menuitem', { name: 'Night shift' })).toBeVisible();
  await expectNoFindings(page, 'menu of recipes');
  await page.getByRole('menuitem', { name: 'Night shift' }).click();
  await expect(page.getByText(/“Night shift” was used/u)).toBeVisible();
  await expectNoFindings(page, 'a recipe was used');
  await page.getByRole('button', { name: 'Recipes' }).click();
  await page.getByRole('menuitem', { name: 'Save as a recipe…' }).click();
  const save = page.getByRole('dialog', { name: 'Save as a recipe' });
  await save.getByRole('textbox', { name: 'Name of the recipe' }).fill('Night shift');
  await save.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(save.getByRole('button', { name: 'Replace “Night shift”' })).toBeVisible();
  await expectNoFindings(page, 'save as a recipe');
  await openScreen(page, desk, `/accounts/${id}/import/recipes`);
  await page.getByRole('button', { name: 'What it does: Night shift' }).click();
  await expect(page.getByText('Replace “(at)” with “@” in Email')).toBeVisible();
  // The tooltip of the button stays while the pointer does.
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expectNoFindings(page, 'recipes');
  await page.getByRole('button', { name: 'Rename: Night shift' }).click();
  await expectNoFindings(page, 'rename a recipe');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Forget all' }).click();
  await expectNoFindings(page, 'forget all');
});

test('SES-5 SHL-6: lock screen, its ways out and Security are free of findings, light and dark', async ({
  page,
  desk,
}) => {
  await accountNamed(desk);
  await openScreen(page, desk, '/accounts');
  await page.getByRole('button', { name: /settings and sign out/u }).click();
  await page.getByRole('button', { name: 'Security' }).click();
  const dialog = page.getByRole('dialog', { name: 'Security' });
  await expect(dialog.getByText('Set a PIN first.')).toBeVisible();
  await expectNoFindings(page, 'security without a PIN');
  await desk.client.session.setPin({ pin: '4711', currentPin: null });
  await dialog.getByRole('button', { name: 'Wipe this laptop…' }).click();
  await expect(dialog.getByLabel('Current PIN')).toBeVisible();
  await expectNoFindings(page, 'security with a PIN, wipe');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Wipe fetched data…' }).click();
  await expectNoFindings(page, 'wipe of the cache');
  await desk.client.session.lock({});
  await expect(page.getByRole('heading', { name: 'Fieldlink is locked' })).toBeVisible();
  for (let count = 0; count < 5; count += 1) await desk.client.session.unlock({ pin: '0000' });
  await expect(page.getByText(/No PIN is looked at before/u)).toBeVisible();
  await expectNoFindings(page, 'locked, with a wait');
  await page.getByRole('button', { name: 'Forgot the PIN?' }).click();
  await expectNoFindings(page, 'locked, forgotten PIN');
  await page.getByRole('button', { name: 'Wipe this laptop' }).click();
  await expect(page.getByLabel('Type the word wipe')).toBeVisible();
  await expectNoFindings(page, 'locked, wipe');
});

test('SES-4 SHL-6: two workspaces and their dialog are free of findings, light and dark', async ({ page, desk }) => {
  await accountNamed(desk);
  await page.goto(`${desk.url}/?workspaces=2#/accounts`);
  await expect(page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button')).toHaveCount(2);
  await expectNoFindings(page, 'workspace strip');
  await page.getByRole('button', { name: /settings and sign out/u }).click();
  await page.getByRole('button', { name: 'Workspaces' }).last().click();
  await page.getByRole('button', { name: 'Remove this workspace…' }).click();
  await expect(page.getByLabel('Type the word wipe')).toBeVisible();
  await expectNoFindings(page, 'workspaces dialog');
});

test.describe('nobody is signed in', () => {
  test.use({ setup: { tenants: 'small', isSignedIn: false } });
  test('SHL-6 SHL-7: the sign-in page is free of accessibility findings, light and dark', async ({ page, desk }) => {
    await openScreen(page, desk, '/');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('Required').first()).toBeVisible();
    await expectNoFindings(page, 'sign-in');
  });
});

async function expectNoFindings(page: Page, name: string, within = ':root'): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The page hears of the scheme by itself, and its colours are on their way for a moment: half-way they would be measured wrongly.
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.evaluate(async () => {
      const twoFrames = (): Promise<unknown> =>
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      // What inherits a colour begins its own way when its parent's has ended.
      for (let isStill = false; !isStill;) {
        await twoFrames();
        const moving = document
          .getAnimations()
          .filter(
            ({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
          );
        await Promise.all(moving.map(({ finished }) => finished.catch(() => null)));
        isStill = moving.length === 0;
      }
    });
    // Evaluated by the debugger: a script element would need a hole in the page's policy.
    await page.evaluate(AXE);
    const findings = await page.evaluate(
      async ({ rules, place }) => {
        const { axe } = globalThis as unknown as {
          axe: { run: (context: string, options: unknown) => Promise<{ violations: Finding[] }> };
        };
        return (await axe.run(place, { runOnly: { type: 'tag', values: rules } })).violations;
      },
      { rules: RULES, place: within },
    );
    const told = findings.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
    expect.soft(told, `${name}, ${colorScheme}`).toEqual([]);
  }
}

async function openUnmapped(desk: BrowserConsole, accountId: AccountId): Promise<string> {
  const path = join(desk.folder, 'logins.csv');
  writeFileSync(path, 'Vorname;Nachname;Kennung\nMaren;Achterberg;maren\n');
  const opened = await desk.client.imports.open({ accountId, file: desk.server.grant(path) });
  return String(must(opened.ok ? undefined : opened.refusal.details?.['importId'], 'the draft is kept'));
}
