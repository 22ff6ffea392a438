import { _electron, expect, type ElectronApplication, type Page } from 'playwright/test';
import { must } from '../../../shared/lib/must.ts';

export type ConsoleApp = { readonly app: ElectronApplication; readonly page: Page; quit(): Promise<void> };

/** Starts the real app on a profile of its own. `FIELDLINK_TEST_ELECTRON` names the binary and its arguments. */
export async function startConsole(options: {
  readonly profile: string;
  readonly cloud: string | null;
}): Promise<ConsoleApp> {
  const [binary, ...target] = JSON.parse(must(process.env['FIELDLINK_TEST_ELECTRON'], 'npm test sets it')) as string[];
  const args = [...target, `--profile=${options.profile}`];
  if (options.cloud !== null) args.push(`--cloud=${options.cloud}`);
  // The tests' display has no graphics card, and Chromium's GPU process can hang there at start.
  if (process.platform === 'linux') args.push('--disable-gpu');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const app = await _electron.launch({ executablePath: must(binary, 'a binary is named'), args });
  const page = await app.firstWindow();
  await expect(page.locator('main h1, h1').first()).toBeVisible({ timeout: 60_000 });
  return {
    app,
    page,
    async quit() {
      const gone = app.waitForEvent('close');
      await app.evaluate(({ app: electron }) => electron.quit());
      await gone;
    },
  };
}

/** The next file dialog answers with this path, as if the person had chosen it. */
export async function chooseNext(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** The next save dialog answers with this path. */
export async function saveNextAs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
}

/** Signs in through the sandbox's own page, in the place of the system browser. */
export async function signInAsPartner(
  { app, page }: Pick<ConsoleApp, 'app' | 'page'>,
  person: { email: string; password: string },
  button: string,
): Promise<void> {
  await app.evaluate(({ shell }) => {
    const opened = globalThis as { openedByConsole?: string };
    delete opened.openedByConsole;
    shell.openExternal = (url: string) => {
      opened.openedByConsole = url;
      return Promise.resolve();
    };
  });
  await page.getByRole('button', { name: button }).first().click();
  const asPartner = page.getByRole('dialog').getByRole('button', { name: 'Sign in as partner' });
  if (button !== 'Sign in as partner') await asPartner.click();
  const address = (): Promise<string> =>
    app.evaluate(() => (globalThis as { openedByConsole?: string }).openedByConsole ?? '');
  await expect.poll(address).not.toBe('');
  await fillAuthorizationPage(await address(), person);
}

/** What a browser would do with the page: read its form, post it, follow the redirect to the console. */
async function fillAuthorizationPage(address: string, person: { email: string; password: string }): Promise<void> {
  const html = await (await fetch(address)).text();
  const [hidden = ''] = /<input[^>]*type="hidden"[^>]*>/u.exec(html) ?? [];
  const form = new URLSearchParams({
    [attribute(hidden, 'name')]: attribute(hidden, 'value'),
    ...person,
    account: '',
    action: 'sign-in',
  });
  const action = /<form[^>]*action="([^"]+)"/u.exec(html)?.[1] ?? address;
  const posted = await fetch(new URL(decode(action), address), { method: 'POST', body: form, redirect: 'manual' });
  await fetch(must(posted.headers.get('location'), `the page accepts the person (${posted.status})`));
}

function attribute(tag: string, name: string): string {
  return decode(new RegExp(`${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '');
}

function decode(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<');
}
