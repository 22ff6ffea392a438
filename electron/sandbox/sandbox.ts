import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { SandboxSettings } from '../../shared/cloud/sandbox-control.ts';
import { createPasswordCheck } from './auth/passwords.ts';
import type { SandboxContext } from './context.ts';
import { openDatabase } from './database/open.ts';
import { createStore, type Store } from './database/store.ts';
import type { TenantKind } from './demo/plans.ts';
import { seedTenants } from './demo/seed-tenants.ts';
import { createFaultPlanner } from './http/fault-planner.ts';
import { createRequestLog } from './http/request-record.ts';
import { createSandboxServer } from './http/server.ts';
import { createOracle, type SandboxOracle } from './oracle.ts';
import { createIds } from './runtime/ids.ts';
import { capabilitiesOf, DEFAULT_SETTINGS, mergeSettings, parseSettingsChange } from './settings.ts';

export type SandboxOptions = {
  /** Null: in memory, gone with the process. */
  readonly directory: string | null;
  /** 0: any free port. */
  readonly port: number;
  readonly tenants: TenantKind;
  readonly settings?: Partial<SandboxSettings>;
  readonly clock?: () => number;
  /** For ids and tokens; the operating system's when absent. */
  readonly random?: () => number;
};

export type Sandbox = {
  readonly url: string;
  settings(): SandboxSettings;
  /** Capabilities merge one by one; the list of faults is replaced. */
  configure(change: Partial<SandboxSettings>): void;
  /** Back to the tenants and settings of a fresh start. Every sign-in ends; revisions go on rising. */
  reset(): void;
  readonly oracle: SandboxOracle;
  close(): Promise<void>;
};

/** Starts the sandbox cloud on 127.0.0.1. A directory that was used before goes on with its tenants, tokens and settings. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const store = createStore(openDatabase(options.directory));
  const fresh = mergeSettings(DEFAULT_SETTINGS, options.settings ?? {});
  const clock = options.clock ?? Date.now;
  const seed = (): void => store.seed(options.tenants, (into, lastRev) => seedTenants(into, options.tenants, lastRev));
  let settings = mergeSettings(storedSettings(store), options.settings ?? {});
  let url = '';

  if (store.seededAs() !== options.tenants) seed();
  const keepSettings = (next: SandboxSettings): void => {
    settings = next;
    store.keepSettings(JSON.stringify(next));
  };
  const faults = createFaultPlanner(
    () => settings,
    (rules) => keepSettings({ ...settings, faults: [...rules] }),
  );
  const requests = createRequestLog();
  const control = {
    configure: (change: Partial<SandboxSettings>): void => {
      keepSettings(mergeSettings(settings, change));
      if (change.seed !== undefined || change.faults !== undefined) faults.restart();
    },
    reset: (): void => {
      seed();
      keepSettings(fresh);
      faults.restart();
      requests.clear();
    },
    requestCount: requests.count,
  };
  const context: SandboxContext = {
    store,
    ids: createIds(options.random),
    isPassword: createPasswordCheck(),
    now: () => clock() + settings.clockOffsetMs,
    settings: () => settings,
    capabilities: () => capabilitiesOf(settings),
    url: () => url,
  };
  const closing = new AbortController();
  const server = createSandboxServer({ context, control, faults, record: requests.add, closing: closing.signal });
  try {
    url = `http://127.0.0.1:${await listen(server, options.port)}`;
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    url,
    settings: () => settings,
    configure: control.configure,
    reset: control.reset,
    oracle: createOracle(context, requests.last),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await closeServer(server);
      store.close();
    },
  };
}

function storedSettings(store: Store): SandboxSettings {
  const json = store.readSettings();
  if (json === null) return DEFAULT_SETTINGS;
  try {
    return mergeSettings(DEFAULT_SETTINGS, parseSettingsChange(JSON.parse(json)));
  } catch {
    // Settings of another version: the sandbox starts with its defaults rather than not at all.
    return DEFAULT_SETTINGS;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
