import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import { systemClock } from '../../../electron/engine/runtime/clock.ts';
import { silentLogger } from '../../../electron/engine/runtime/logger.ts';
import { createMemoryVault } from '../../../electron/engine/runtime/token-vault.ts';
import { startSandbox, type Sandbox } from '../../../electron/sandbox/sandbox.ts';
import { contract, type AppClient } from '../../../shared/contract/contract.ts';
import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import { visit, type Visit } from '../../harness/browser.ts';
import { createMemoryTransport } from '../../harness/memory-transport.ts';
import { servePage, type PageServer } from './browser-server.ts';
import { projectRoot } from './paths.ts';

export type ConsoleSetup = {
  readonly tenants: 'demo' | 'small' | 'empty';
  /** True: signed in as the demo partner from the start. */
  readonly isSignedIn: boolean;
  /** What the clocks of engine and sandbox show at the start; the real time when absent. */
  readonly startAt?: string;
};

/** A real engine on a real sandbox, served to a browser. */
export type BrowserConsole = {
  readonly url: string;
  readonly server: PageServer;
  readonly sandbox: Sandbox;
  readonly engine: Engine;
  /** The same operations as the page's, for setting a scene. */
  readonly client: AppClient;
  readonly folder: string;
  /** Who the system browser signs in. */
  signsIn(person: Visit): void;
  /** Moves the engine's clock on; its timers keep real time. */
  laterBy(ms: number): void;
  close(): Promise<void>;
};

export async function startBrowserConsole(pageFolder: string, setup: ConsoleSetup): Promise<BrowserConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-browser-'));
  const startMs = setup.startAt === undefined ? 0 : Date.parse(setup.startAt) - systemClock.now();
  let offsetMs = startMs;
  const clock = (): number => systemClock.now() + startMs;
  const sandbox = await startSandbox({ directory: null, port: 0, tenants: setup.tenants, clock });
  const server = await servePage(pageFolder);
  let person: Visit = DEMO_PARTNER;
  const engine = createEngine({
    config: {
      directory: join(folder, 'profile'),
      cloud: { url: sandbox.url, label: 'Sandbox cloud', isSandbox: true },
      isDemoSignIn: setup.isSignedIn,
      appVersion: '0.0.0-test',
    },
    clock: {
      now: () => systemClock.now() + offsetMs,
      uptime: () => systemClock.uptime(),
      after: (delayMs, wake) => systemClock.after(delayMs, wake),
    },
    randomBytes,
    random: Math.random,
    fetch: globalThis.fetch,
    vault: createMemoryVault(),
    host: {
      openExternal: (url) => {
        void visit(url, person);
        return Promise.resolve();
      },
      fileOf: server.fileOf,
    },
    log: silentLogger,
    readerEntry: join(projectRoot, 'electron', 'engine', 'reader.ts'),
    emit: server.emit,
  });
  server.connect(engine.dispatch);
  await engine.start();
  return {
    ...{ url: server.url, server, sandbox, engine, folder },
    client: createClient(contract, createMemoryTransport(engine.dispatch)),
    signsIn: (next) => {
      person = next;
    },
    laterBy: (ms) => {
      offsetMs += ms;
    },
    async close() {
      await server.close();
      await engine.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
