import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import {
  appFolder,
  archive,
  ensureDisplay,
  familyOf,
  isRunning,
  packApp,
  program,
  startPacked,
  type RunningApp,
} from './packed-app.ts';

/** What every release must have. A fuse that the runtime has not is left out: an older stand-in has fewer. */
const FUSES: readonly (readonly [option: FuseV1Options, state: FuseState])[] = [
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, FuseState.DISABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
];

let said = '';
let profile = '';
let endDisplay: () => void = () => undefined;
let app: RunningApp;
let elsewhere: Server;
let visits = 0;

beforeAll(async () => {
  said = packApp();
  profile = mkdtempSync(join(tmpdir(), 'fieldlink-packed-'));
  endDisplay = await ensureDisplay();
  app = await startPacked(profile);
  elsewhere = createServer((_request, response) => {
    visits += 1;
    response.end('<title>elsewhere</title>');
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
}, 90_000);

afterAll(() => {
  app?.process.kill('SIGKILL');
  elsewhere?.close();
  endDisplay();
  rmSync(profile, { recursive: true, force: true });
});

describe('the packed files', () => {
  it('ARCH: burns every fuse that the runtime has', async () => {
    const wire = await getCurrentFuseWire(program);
    const known = FUSES.filter(([option]) => wire[option] !== undefined);
    expect(known.length).toBeGreaterThanOrEqual(7);
    expect(known.map(([option]) => [FuseV1Options[option], wire[option]])).toEqual(
      known.map(([option, state]) => [FuseV1Options[option], state]),
    );
  });

  it('ARCH: holds what runs and nothing of what it is made from', () => {
    const files = filesOf(archive);
    expect(files).toEqual(
      expect.arrayContaining(['/package.json', '/dist/main/main.cjs', '/dist/preload/preload.cjs']),
    );
    const outside = files.filter((file) => !/^\/(package\.json$|dist\/|node_modules\/better-sqlite3\/)/u.test(file));
    expect(outside).toEqual([]);
    expect(files.filter((file) => /\.(map|tsx?|test\.[a-z]+)$|\/(tests?|src|deps)\//u.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([
      `/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
    ]);
  });

  it('ARCH: leaves beside the archive what plain Node has to read, and no app folder to load instead', () => {
    const unpacked = join(appFolder, 'resources', 'app.asar.unpacked');
    const entries = ['engine/engine.mjs', 'engine/reader.mjs', 'sandbox/main.mjs', 'cli/fieldlink.mjs'];
    expect(entries.filter((entry) => !existsSync(join(unpacked, 'dist', entry)))).toEqual([]);
    expect(readdirSync(join(appFolder, 'resources'))).not.toContain('app');
  });

  it('ARCH: says of a stand-in runtime that it is not for release', () => {
    const isStandIn = existsSync(join(appFolder, 'resources', 'node'));
    expect(said.includes('NOT FOR RELEASE')).toBe(isStandIn);
  });
});

describe('the packed app', () => {
  it('ARCH: opens on the accounts of its sandbox cloud', async () => {
    await app.page.getByRole('heading', { name: 'Accounts' }).waitFor({ timeout: 60_000 });
    await app.page.getByRole('row', { name: /Saltmarsh Harbour Authority/u }).waitFor({ timeout: 60_000 });
    expect(app.page.url()).toMatch(/^app:\/\/console\//u);
  });

  it('ARCH: gives the page no Node and only the operations of the bridge', async () => {
    const found = await app.page.evaluate(() => {
      const names = ['require', 'module', 'exports', 'process', 'global', 'Buffer', 'electron', 'ipcRenderer'];
      const bridge = (window as unknown as { bridge: object }).bridge;
      return { globals: names.filter((name) => name in window), bridge: Object.keys(bridge).toSorted() };
    });
    const operations = [
      ...[
        'acceptDrop',
        'addWorkspace',
        'chooseFieldlinkFile',
        'chooseFieldlinkTarget',
        'choosePdfTarget',
        'chooseSpreadsheet',
      ],
      ...['chooseTableTarget', 'copyText', 'editWorkspace', 'onWorkspacesChanged', 'openWindow', 'pasteText'],
      ...['platform', 'removeWorkspace', 'runtimeNotice', 'switchWorkspace', 'workspaces'],
    ];
    expect(found).toEqual({ globals: [], bridge: operations });
  });

  it('ARCH: runs no inline script, no handler in markup and no eval', async () => {
    const ran = await app.page.evaluate(async () => {
      const marks = window as unknown as Record<string, unknown>;
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<button onclick="window.handlerRan = true">x</button>';
      document.body.append(holder);
      holder.querySelector('button')?.click();
      // In a task of its own: what the debugger evaluates may use eval whatever the policy says.
      const evaluated = await new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-eval -- that it throws is what is tested
            resolve(String((0, eval)('1 + 1')));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      });
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      holder.remove();
      script.remove();
      return { evaluated, inline: marks['inlineRan'], handler: marks['handlerRan'], violations };
    });
    expect(ran).toMatchObject({ evaluated: 'EvalError' });
    expect([ran.inline, ran.handler]).toEqual([undefined, undefined]);
    expect(ran.violations).toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr', 'script-src']));
  });

  it('ARCH: goes nowhere else, opens no window and reaches no other server', async () => {
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const { page } = app;
    const before = page.url();
    const outcome = await page.evaluate(async (target) => {
      (window as unknown as Record<string, unknown>)['isSamePage'] = true;
      const opened = window.open(target);
      const fetched = await fetch(target).then(
        () => 'fetched',
        (error: unknown) => (error as Error).name,
      );
      return { opened, fetched };
    }, other);
    expect(outcome).toEqual({ opened: null, fetched: 'TypeError' });
    for (const target of ['https://example.com/', other]) {
      await page.evaluate((address) => location.assign(address), target);
      // Each is answered by the shell, after it has heard of the navigation.
      for (let turn = 0; turn < 20; turn += 1) {
        await page.evaluate(() =>
          (window as unknown as { bridge: { copyText(text: string): Promise<void> } }).bridge.copyText('x'),
        );
      }
      expect(page.url()).toBe(before);
    }
    expect(await page.evaluate(() => (window as unknown as Record<string, unknown>)['isSamePage'])).toBe(true);
    expect([visits, must(app.browser.contexts()[0], 'one session').pages().length]).toEqual([0, 1]);
  });

  it('ARCH: denies every permission', async () => {
    const answers = await app.page.evaluate(async () => {
      const state = async (name: string): Promise<string> =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (error: unknown) => (error as Error).name,
      );
      const position = await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code),
        );
      });
      return {
        notifications: await Notification.requestPermission(),
        state: await state('geolocation'),
        media,
        position,
      };
    });
    expect(answers).toEqual({
      notifications: 'denied',
      state: 'denied',
      media: expect.stringMatching(/^Not(Allowed|Found)Error$/u) as string,
      position: 1,
    });
  });

  it('ARCH: ends with its last window and leaves no process behind', async () => {
    const pid = must(app.process.pid, 'the app runs');
    const family = familyOf(pid);
    // The shell, at least one Chromium helper, the engine and the sandbox cloud.
    expect(family.length).toBeGreaterThanOrEqual(4);
    const ended = once(app.process, 'exit');
    await app.page.evaluate(() => window.close()).catch(() => undefined);
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => family.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });
});

function filesOf(path: string): readonly string[] {
  // electron-builder brings it along.
  const asar = createRequire(createRequire(import.meta.url).resolve('electron-builder'))('@electron/asar') as {
    listPackage(archive: string): string[];
    statFile(archive: string, file: string): { readonly files?: object };
  };
  return asar.listPackage(path).filter((file) => asar.statFile(path, file.slice(1)).files === undefined);
}
