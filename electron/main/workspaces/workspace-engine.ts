import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, session, shell } from 'electron';
import type { FromEngine } from '../../../shared/bridge/host-link.ts';
import type { Workspace } from '../../../shared/bridge/workspaces.ts';
import { CLOUD_REGIONS, serviceOrigin } from '../../../shared/cloud/regions.ts';
import type { ChildEvents, ChildProcess } from '../engine-host/child-process.ts';
import { createEngineHost, type EngineHost } from '../engine-host/engine-host.ts';
import { startSandbox, type SandboxHost } from '../engine-host/sandbox-host.ts';
import { isLoopback } from '../launch-options.ts';
import { printPdf } from '../os/print-pdf.ts';
import { canConfirmPerson, confirmPerson } from '../os/presence.ts';
import { proxyEnvironment } from '../os/proxy.ts';
import { openSecrets, type Secrets } from '../os/secrets.ts';

export type LaunchChild = (
  kind: 'engine' | 'sandbox',
  options: { readonly args: readonly string[]; readonly network: NodeJS.ProcessEnv },
  events: ChildEvents,
) => ChildProcess;

export type WorkspaceStatus = Extract<FromEngine, { type: 'status' }>;

/** The engine of one workspace, and the sandbox cloud beside it where it is one for training. */
export type WorkspaceEngine = { readonly host: EngineHost; stop(): Promise<void> };

export function workspaceFolder(profile: string, { id }: Pick<Workspace, 'id'>): string {
  return join(profile, 'clouds', id);
}

export async function startWorkspace(options: {
  readonly workspace: Workspace;
  readonly profile: string;
  readonly launch: LaunchChild;
  readonly grants: () => ReadonlyMap<string, string>;
  readonly status: (status: WorkspaceStatus) => void;
  /** False: nobody looks at it, so that its trouble must not end the work on another one. */
  readonly isShown: () => boolean;
  readonly givenUp: () => void;
}): Promise<WorkspaceEngine> {
  const { workspace, profile, launch, grants, status, isShown, givenUp } = options;
  const { cloudUrl } = workspace;
  const sandbox = cloudUrl === null ? await startTraining(join(profile, workspace.id), launch) : null;
  const url = cloudUrl ?? sandbox?.url ?? 'http://127.0.0.1:1';
  const directory = workspaceFolder(profile, workspace);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const network =
    cloudUrl === null
      ? {}
      : await proxyEnvironment(session.defaultSession, serviceOrigin(cloudUrl, 'admin')).catch(() => ({}));
  const hasKeychain = openSecrets('').hasKeychain;
  const host = createEngineHost({
    launch: (events) => launch('engine', { args: [], network }, events),
    start: {
      ...{ directory, hasKeychain, isDemoSignIn: cloudUrl === null, appVersion: app.getVersion() },
      canConfirmPerson: canConfirmPerson(),
      cloud: cloudOf(workspace, url),
    },
    answer: answersFor(directory, url),
    ...{ grants, status },
    failed: (reason, message) => (isShown() ? failed(directory, reason, message) : givenUp()),
    now: () => Date.now(),
  });
  return {
    host,
    async stop() {
      await host.stop();
      await sandbox?.stop();
    },
  };
}

function cloudOf({ cloudUrl, region, label }: Workspace, url: string) {
  const isSandbox = cloudUrl === null || isLoopback(new URL(url));
  if (isSandbox) return { url, label: region === 'sandbox' ? 'Sandbox cloud' : label, isSandbox };
  const name = CLOUD_REGIONS.find(({ id }) => id === region)?.label;
  return { url, label: name ?? new URL(url).host, isSandbox };
}

const secrets = new Map<string, Readonly<Record<'session' | 'journal-key', Secrets>>>();

/** Each workspace has secrets of its own: nobody is signed in anywhere by what was kept for another one. */
function answersFor(directory: string, cloudUrl: string) {
  // Kept while the program runs: without a keychain the sign-in would end whenever the engine rests.
  const kept = secrets.get(directory) ?? {
    session: openSecrets(join(directory, 'session.sealed')),
    'journal-key': openSecrets(join(directory, 'journal-key.sealed')),
  };
  secrets.set(directory, kept);
  return async ({ what, value, name }: Extract<FromEngine, { type: 'ask' }>): Promise<string | null> => {
    switch (what) {
      case 'open-external':
        await openExternal(value, cloudUrl);
        return null;
      case 'print-pdf':
        return printPdf(value);
      case 'confirm-person':
        return confirmPerson();
      case 'load-secret':
        return kept[name].load();
      case 'save-secret':
        await kept[name].save(value);
        return null;
      case 'clear-secret':
        await kept[name].clear();
        return null;
    }
  };
}

async function startTraining(directory: string, launch: LaunchChild): Promise<SandboxHost | null> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    return await startSandbox((events) =>
      launch('sandbox', { args: ['--directory', directory, '--port', '0', '--tenants', 'demo'], network: {} }, events),
    );
  } catch (error) {
    dialog.showErrorBox(
      'The sandbox cloud did not start',
      `${String(error)}\n\nStart Fieldlink again. If it happens again, move the folder ${directory} aside: it holds the sandbox only.`,
    );
    return null;
  }
}

const DATA_ADVICE: Readonly<Record<string, string>> = {
  'database-from-future':
    'The data on this computer was written by a newer version of Fieldlink. Install that version, or start with another profile: --profile=DIR. Nothing was changed.',
  'profile-in-use':
    'Another program works with this data, perhaps a fieldlink command in a terminal. Let it finish, then start Fieldlink again.',
  'database-unreadable':
    'The data on this computer could not be opened. Nothing was deleted; the files are in {directory}.',
};

function failed(directory: string, reason: string, message: string): void {
  const advice = DATA_ADVICE[reason] ?? DATA_ADVICE['database-unreadable'] ?? '';
  dialog.showErrorBox('Fieldlink cannot open its data', `${advice.replace('{directory}', directory)}\n\n${message}`);
  app.quit();
}

/** Only the cloud's own pages are opened, never what a page or a spreadsheet names. */
async function openExternal(target: string, cloud: string): Promise<void> {
  const url = new URL(target);
  const isOwn = url.origin === serviceOrigin(cloud, 'authentication') && (url.protocol === 'https:' || isLoopback(url));
  if (!isOwn) throw new Error(`${url.origin} is not the cloud's own address`);
  await shell.openExternal(url.href);
}
