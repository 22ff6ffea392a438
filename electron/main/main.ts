import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, Menu, session } from 'electron';
import { startChild, type ChildEvents } from './engine-host/child-process.ts';
import { readLaunchOptions, type LaunchOptions } from './launch-options.ts';
import { createApplicationMenu } from './os/application-menu.ts';
import { createFileGrants } from './os/file-grants.ts';
import { servePageOperations } from './os/page-operations.ts';
import { watchPresence } from './os/presence.ts';
import { savePicture } from './os/window-picture.ts';
import { registerAppScheme, serveApp } from './security/app-protocol.ts';
import { lockDownContents, lockDownSession } from './security/lock-down.ts';
import { openConsoleWindow } from './windows/console-window.ts';
import { createWorkspaceDesk, type WorkspaceDesk } from './workspaces/workspace-desk.ts';
import { readWorkspaces, withCloud, type WorkspaceBook } from './workspaces/workspace-file.ts';

const PRODUCT_RUNTIME = 45;
const built = join(__dirname, '..');
/** Plain Node cannot read inside the archive of a packaged app; what it runs is unpacked beside it. */
const outside = built.replace(`app.asar`, 'app.asar.unpacked');

let desk: WorkspaceDesk | null = null;

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

function run(options: LaunchOptions): void {
  const profile = app.getPath('userData');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  lockDownSession(session.defaultSession);
  serveApp(session.defaultSession, join(built, 'renderer'));

  const open = (workspace: string | null): BrowserWindow => {
    const window = openConsoleWindow({
      preload: join(built, 'preload', 'preload.cjs'),
      boundsFile: join(profile, 'window.json'),
      runtimeNotice: runtimeNotice(),
    });
    desk?.attach(window, workspace);
    return window;
  };
  // The window first: while it loads and paints, the rest is prepared.
  const first = open(null);
  const grants = createFileGrants((grant, path) => desk?.tell({ type: 'file-granted', grant, path }));
  desk = createWorkspaceDesk({
    ...{ profile, book: openBook(profile, options), launch: launchChild },
    grants: () => grants.all(),
  });
  desk.attach(first, null);
  servePageOperations({ ...{ grants, desk }, openWindow: (workspace) => void open(workspace) });
  Menu.setApplicationMenu(createApplicationMenu(() => open(null)));
  app.on('second-instance', () => (BrowserWindow.getAllWindows()[0] ?? open(null)).focus());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open(null);
  });
  if (options.picture !== null) void savePicture(first, options.picture);
  watchPresence((message) => desk?.tell(message));
}

/** The cloud that was named at the start, else what was used last, else the sandbox. */
function openBook(profile: string, { cloudUrl }: LaunchOptions): WorkspaceBook {
  const book = readWorkspaces(profile);
  const isKnown = book.workspaces.some(({ id }) => id === book.active);
  return cloudUrl === null && isKnown ? book : withCloud(book, cloudUrl);
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
  void (desk?.stop() ?? Promise.resolve()).finally(() => app.exit(0));
});

main();
