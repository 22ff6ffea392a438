import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, Menu, session, shell } from 'electron';
import { startChild, type ChildEvents } from './engine-host/child-process.ts';
import { createEngineHost, type EngineHost } from './engine-host/engine-host.ts';
import { startSandbox, type SandboxHost } from './engine-host/sandbox-host.ts';
import { isLoopback, readLaunchOptions, type LaunchOptions } from './launch-options.ts';
import { createApplicationMenu } from './os/application-menu.ts';
import { createFileGrants } from './os/file-grants.ts';
import { servePageOperations } from './os/page-operations.ts';
import { canConfirmPerson, confirmPerson, watchPresence } from './os/presence.ts';
import { openSecrets } from './os/secrets.ts';
import { proxyEnvironment } from './os/proxy.ts';
import { savePicture } from './os/window-picture.ts';
import { registerAppScheme, serveApp } from './security/app-protocol.ts';
import { lockDownContents, lockDownSession } from './security/lock-down.ts';
import { openConsoleWindow } from './windows/console-window.ts';

const PRODUCT_RUNTIME = 45;
const built = join(__dirname, '..');
/** Plain Node cannot read inside the archive of a packaged app; what it runs is unpacked beside it. */
const outside = built.replace(`app.asar`, 'app.asar.unpacked');

let host: EngineHost | null = null;
let sandbox: SandboxHost | null = null;

function main(): void {
  let options: LaunchOptions;
  try {
    options = readLaunchOptions(process.argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    app.exit(2);
    return;
  }
  app.setName('Fieldlink');
  app.setPath('userData', options.profile ?? join(app.getPath('appData'), 'fieldlink'));
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('Fieldlink is already open with this profile. Its window was brought to the front.\n');
    app.exit(0);
    return;
  }
  registerAppScheme();
  lockDownContents();
  // Read by the menu of macOS only; set early, because building the default menu costs start time.
  Menu.setApplicationMenu(null);
  void app.whenReady().then(() => run(options));
}

async function run(options: LaunchOptions): Promise<void> {
  const profile = app.getPath('userData');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  lockDownSession(session.defaultSession);
  serveApp(session.defaultSession, join(built, 'renderer'));

  const grants = createFileGrants((grant, path) => host?.send({ type: 'file-granted', grant, path }));
  const open = (): BrowserWindow => {
    const window = openConsoleWindow({
      preload: join(built, 'preload', 'preload.cjs'),
      boundsFile: join(profile, 'window.json'),
      runtimeNotice: runtimeNotice(),
    });
    host?.addPage(window.webContents);
    return window;
  };
  // The window first: while it loads and paints, the rest is prepared.
  const first = open();
  servePageOperations({ grants, openWindow: () => void open() });
  Menu.setApplicationMenu(createApplicationMenu(open));
  app.on('second-instance', () => (BrowserWindow.getAllWindows()[0] ?? open()).focus());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  if (options.picture !== null) void savePicture(first, options.picture);

  try {
    sandbox = options.cloudUrl === null ? await startEmbeddedSandbox(profile) : null;
  } catch (error) {
    dialog.showErrorBox(
      'The sandbox cloud did not start',
      `${String(error)}\n\nStart Fieldlink again. If it happens again, move the folder ${join(profile, 'sandbox')} aside: it holds the sandbox only.`,
    );
  }
  const network =
    options.cloudUrl === null ? {} : await proxyEnvironment(session.defaultSession, options.cloudUrl).catch(() => ({}));
  host = startEngine({ options, profile, network, grants: () => grants.all() });
  for (const window of BrowserWindow.getAllWindows()) host.addPage(window.webContents);
  watchPresence((message) => host?.send(message));
}

function startEngine(start: {
  readonly options: LaunchOptions;
  readonly profile: string;
  readonly network: NodeJS.ProcessEnv;
  readonly grants: () => ReadonlyMap<string, string>;
}): EngineHost {
  const { options, profile, network, grants } = start;
  const url = options.cloudUrl ?? sandbox?.url ?? 'http://127.0.0.1:1';
  const isSandbox = options.cloudUrl === null || isLoopback(new URL(url));
  const directory = join(
    profile,
    'clouds',
    options.cloudUrl === null ? 'sandbox' : new URL(url).host.replaceAll(/[^a-z0-9.-]/giu, '_'),
  );
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const kept = {
    session: openSecrets(join(directory, 'session.sealed')),
    'journal-key': openSecrets(join(directory, 'journal-key.sealed')),
  };
  type Name = keyof typeof kept;
  const answers = {
    'open-external': async (target: string) => {
      await openExternal(target, url);
      return null;
    },
    'confirm-person': confirmPerson,
    'load-secret': (_value: string, name: Name) => kept[name].load(),
    'save-secret': async (secret: string, name: Name) => {
      await kept[name].save(secret);
      return null;
    },
    'clear-secret': async (_value: string, name: Name) => {
      await kept[name].clear();
      return null;
    },
  };
  return createEngineHost({
    launch: (events) => launchChild('engine', { args: [], network }, events),
    start: {
      ...{
        directory,
        isDemoSignIn: options.cloudUrl === null,
        appVersion: app.getVersion(),
        hasKeychain: kept.session.hasKeychain,
        canConfirmPerson: canConfirmPerson(),
      },
      cloud: { url, label: isSandbox ? 'Sandbox cloud' : new URL(url).host, isSandbox },
    },
    answer: ({ what, value, name }) => answers[what](value, name),
    grants,
    failed: (reason, message) => {
      const advice = (DATA_ADVICE[reason] ?? DATA_ADVICE['database-unreadable'] ?? '').replace(
        '{directory}',
        directory,
      );
      dialog.showErrorBox('Fieldlink cannot open its data', `${advice}\n\n${message}`);
      app.quit();
    },
    now: () => Date.now(),
  });
}

const DATA_ADVICE: Readonly<Record<string, string>> = {
  'database-from-future':
    'The data on this computer was written by a newer version of Fieldlink. Install that version, or start with another profile: --profile=DIR. Nothing was changed.',
  'profile-in-use':
    'Another program works with this data, perhaps a fieldlink command in a terminal. Let it finish, then start Fieldlink again.',
  'database-unreadable':
    'The data on this computer could not be opened. Nothing was deleted; the files are in {directory}.',
};

function startEmbeddedSandbox(profile: string): Promise<SandboxHost> {
  const directory = join(profile, 'sandbox');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return startSandbox((events) =>
    launchChild(
      'sandbox',
      { args: ['--directory', directory, '--port', '0', '--tenants', 'demo'], network: {} },
      events,
    ),
  );
}

function launchChild(
  kind: 'engine' | 'sandbox',
  { args, network }: { readonly args: readonly string[]; readonly network: NodeJS.ProcessEnv },
  events: ChildEvents,
) {
  const entry = join(outside, kind, kind === 'engine' ? 'engine.mjs' : 'main.mjs');
  const nodePath =
    process.env['FIELDLINK_NODE'] ?? (app.isPackaged ? join(process.resourcesPath, 'node', 'node') : null);
  return startChild(
    entry,
    { name: `Fieldlink ${kind}`, args, nodePath, environment: { NODE_USE_SYSTEM_CA: '1', ...network } },
    events,
  );
}

/** Only the cloud's own pages are opened, never what a page or a spreadsheet names. */
async function openExternal(target: string, cloud: string): Promise<void> {
  const url = new URL(target);
  const isOwn = url.origin === new URL(cloud).origin && (url.protocol === 'https:' || isLoopback(url));
  if (!isOwn) throw new Error(`${url.origin} is not the cloud's own address`);
  await shell.openExternal(url.href);
}

function runtimeNotice(): string {
  const major = Number.parseInt(process.versions.electron, 10);
  return major >= PRODUCT_RUNTIME
    ? ''
    : `Development runtime: Electron ${process.versions.electron}. For development and tests only.`;
}

app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});

let isLeaving = false;
app.on('before-quit', (event) => {
  if (isLeaving) return;
  // The engine finishes its transactions first; then everything ends together.
  event.preventDefault();
  isLeaving = true;
  void (host?.stop() ?? Promise.resolve()).then(() => sandbox?.stop()).finally(() => app.exit(0));
});

main();
