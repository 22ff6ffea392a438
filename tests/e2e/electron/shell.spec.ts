import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { startConsole } from '../harness/console-app.ts';

const profile = (): string => join(mkdtempSync(join(tmpdir(), 'fieldlink-e2e-')), 'profile');

test('CLI-2 SES-1: a fresh install opens signed in to the sandbox cloud, with its accounts', async () => {
  const { page, ...open } = await startConsole({ profile: profile(), cloud: null });
  await expect(page.getByText('SANDBOX')).toBeVisible();
  await expect(page.getByRole('row', { name: /Saltmarsh Harbour Authority/u })).toBeVisible({ timeout: 60_000 });
  await open.quit();
});

test('SHL-9: the engine is killed, the window says so, the engine returns and nothing is lost', async () => {
  const folder = profile();
  const { app, page, ...open } = await startConsole({ profile: folder, cloud: null });
  const row = page.getByRole('row', { name: /Saltmarsh Harbour Authority/u });
  await expect(row).toBeVisible({ timeout: 60_000 });
  await row.click();
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  const name = page.getByRole('textbox', { name: 'Customer Name' });
  await name.fill('Saltmarsh Harbour Board');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/Saved on this computer/u).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Address' }).fill('typed while the engine dies');

  const killed = killEngine(app.process().pid ?? 0);
  expect(killed).toBeGreaterThan(0);
  await expect(page.getByText('The engine stopped. It is being restarted; nothing you saved is lost.')).toBeVisible();
  await expect(page.getByText('The engine stopped.', { exact: false })).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('typed while the engine dies');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(name).toHaveValue('Saltmarsh Harbour Board');
  await open.quit();
});

test('SHL-1: pages are locked in: no Node, no navigation, no windows, no permissions', async () => {
  const { app, page, ...open } = await startConsole({ profile: profile(), cloud: null });
  const inside = await page.evaluate(async () => {
    const global = globalThis as Record<string, unknown>;
    const notification = await Notification.requestPermission();
    const opened = window.open('https://example.com/');
    let evaluated = false;
    try {
      // oxlint-disable-next-line no-eval -- proves that the policy forbids it
      evaluated = globalThis.eval('true') === true;
    } catch {
      evaluated = false;
    }
    return {
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in global),
      notification,
      opened: opened === null,
      evaluated,
    };
  });
  expect(inside).toEqual({ node: [], notification: 'denied', opened: true, evaluated: false });
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    type Preferences = { readonly [name: string]: unknown };
    type Contents = { getLastWebPreferences(): Preferences };
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents as unknown as Contents | undefined;
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents?.getLastWebPreferences() ?? {};
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
  // Asked in the shell: the page's own driver would wait for a navigation that is never allowed.
  const address = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const asked = new Promise((resolve) => contents?.once('will-navigate', resolve));
    await contents?.executeJavaScript("window.location.href = 'https://example.com/'; true");
    await asked;
    return contents?.getURL();
  });
  expect(address).toContain('app://console/');
  await open.quit();
});

test('SHL-5: two windows show the same work, and both learn of a change', async () => {
  const { app, page, ...open } = await startConsole({ profile: profile(), cloud: null });
  await expect(page.getByRole('row', { name: /Saltmarsh Harbour Authority/u })).toBeVisible({ timeout: 60_000 });
  const opening = app.waitForEvent('window');
  await page.evaluate(() => (window as unknown as { bridge: { openWindow(): Promise<void> } }).bridge.openWindow());
  const second = await opening;
  await second.getByRole('row', { name: /Saltmarsh Harbour Authority/u }).click();
  await second.getByRole('link', { name: 'Account', exact: true }).click();
  await second.getByRole('textbox', { name: 'Customer Name' }).fill('Saltmarsh Port Authority');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Saltmarsh Port Authority/u })).toBeVisible();
  await open.quit();
});

/** The engine is the child of the shell that runs the engine's file; it is killed as a crash would. */
function killEngine(shell: number): number {
  const children = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(/\s+/u).map(Number);
  const engine = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine.mjs'));
  if (engine === undefined) return 0;
  process.kill(engine, 'SIGKILL');
  return engine;
}
