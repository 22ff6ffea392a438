import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { contract, type AppClient, type Changed } from '../../shared/contract/contract.ts';
import { DEMO_ADMIN, DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import type { AccountId, UserId } from '../../shared/model/ids.ts';
import { must } from '../../shared/lib/must.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { EngineEvent, Transport } from '../../shared/rpc/wire.ts';
import { derivedLid } from '../../electron/engine/database/id-repository.ts';
import type { StorageSettings } from '../../electron/engine/database/safety/storage-keeper.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import type { Fetch } from '../../electron/engine/remote/cloud-client.ts';
import { systemClock, type Clock } from '../../electron/engine/runtime/clock.ts';
import { createMemoryVault, type TokenVault } from '../../electron/engine/runtime/token-vault.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import { aSandbox, accountIdOf, harbourId } from '../sandbox/sandbox-client.ts';
import { visit, type Visit } from './browser.ts';
import { createMemoryTransport } from './memory-transport.ts';
import { stuckBehindOthers } from './stuck-behind-others.ts';
import { seededBytes, seededRandom } from './seeded-random.ts';
import { until } from './until.ts';

export type LogLine = { readonly level: string; readonly event: string; readonly detail: unknown };

export type EngineSetup = {
  readonly sandbox?: Sandbox;
  readonly clock?: Clock;
  readonly vault?: TokenVault;
  readonly keyVault?: TokenVault;
  readonly storage?: Partial<StorageSettings>;
  readonly directory?: string;
  readonly seed?: number;
  readonly isDemoSignIn?: boolean;
  readonly fetch?: Fetch;
  /** Paths behind grants. */
  readonly files?: ReadonlyMap<string, string>;
};

export type TestEngine = {
  readonly sandbox: Sandbox;
  readonly directory: string;
  readonly vault: TokenVault;
  readonly engine: Engine;
  readonly client: AppClient;
  readonly transport: Transport;
  readonly log: readonly LogLine[];
  readonly events: readonly Changed[];
  /** The account of the demo with the 40 users, once it was fetched; by account number for others. */
  account(accountNumber?: string): AccountId;
  /** The local id of a user of the sandbox. */
  userOf(email: string): UserId;
  /** Signs in by the browser. */
  signInPartner(person?: Visit, signal?: AbortSignal): ReturnType<AppClient['session']['signInPartner']>;
  signInAdmin(
    person?: Partial<{ email: string; password: string; accountNumber: string }>,
  ): ReturnType<AppClient['session']['signInAdmin']>;
  /** Signed in as the partner's technician, and everything fetched. */
  ready(): Promise<TestEngine>;
  /** Nothing waits to be sent, everything was fetched, and both loops rest. */
  settled(): Promise<void>;
  setOffline(offline: boolean): Promise<void>;
  /** The power goes: nothing is finished, nothing is told. The folder and the keychain stay. */
  crash(): void;
  /** Another engine on the same folder. */
  restart(more?: EngineSetup): Promise<TestEngine>;
  close(): Promise<void>;
};

const running = new Set<TestEngine>();
const folders = new Set<string>();

afterEach(async () => {
  for (const one of running) await one.close();
  running.clear();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
});

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-'));
  folders.add(folder);
  return folder;
}

/** A real engine on a folder of its own, against a real sandbox over HTTP. Ends with the test. */
export async function startEngine(setup: EngineSetup = {}): Promise<TestEngine> {
  const sandbox = setup.sandbox ?? (await aSandbox());
  const directory = setup.directory ?? aFolder();
  const vault = setup.vault ?? createMemoryVault();
  const log: LogLine[] = [];
  const events: Changed[] = [];
  const power = createPower(setup.clock ?? systemClock, setup.fetch ?? globalThis.fetch);
  const browser: { person: Visit; failure: unknown } = { person: DEMO_PARTNER, failure: null };
  const random = seededRandom(setup.seed ?? 1);
  let emit: (event: EngineEvent) => void = () => undefined;
  const engine = createEngine({
    config: {
      directory,
      cloud: { url: sandbox.url, label: 'Sandbox', isSandbox: true },
      isDemoSignIn: setup.isDemoSignIn ?? false,
      appVersion: '0.0.0-test',
    },
    clock: power.clock,
    randomBytes: seededBytes(random),
    random,
    fetch: power.fetch,
    vault,
    ...(setup.keyVault ? { keyVault: setup.keyVault } : {}),
    ...(setup.storage ? { storage: setup.storage } : {}),
    host: {
      openExternal: (url) => {
        visit(url, browser.person).catch((error: unknown) => {
          browser.failure = error;
        });
        return Promise.resolve();
      },
      fileOf: (grant) => setup.files?.get(grant) ?? null,
    },
    log: { write: (level, event, detail) => log.push({ level, event, detail }) },
    readerEntry: fileURLToPath(new URL('../../electron/engine/reader.ts', import.meta.url)),
    emit: (event) => {
      events.push(event.payload as Changed);
      emit(event);
    },
  });
  const transport = createMemoryTransport(engine.dispatch);
  emit = (event) => transport.emit(event);
  const client: AppClient = createClient(contract, transport);
  let isOpen = true;

  const self: TestEngine = {
    ...{ sandbox, directory, vault, engine, client, transport, log, events },
    account: (number) => derivedLid('account', number ? accountIdOf(sandbox, number) : harbourId(sandbox)) as AccountId,
    userOf(email) {
      const accounts = sandbox.oracle.accounts().map(({ accountId }) => String(accountId));
      const found = accounts.flatMap((id) => sandbox.oracle.users(id)).find((user) => user['email'] === email);
      return derivedLid('user', String(must(found, email)['userId'])) as UserId;
    },
    async signInPartner(person = DEMO_PARTNER, signal = new AbortController().signal) {
      browser.person = person;
      const outcome = await client.session.signInPartner({}, signal);
      if (browser.failure) throw browser.failure;
      return outcome;
    },
    signInAdmin: (person = {}) => client.session.signInAdmin({ ...DEMO_ADMIN, ...person }),
    async ready() {
      const outcome = await self.signInPartner();
      if (!outcome.ok) throw new Error(`sign-in: ${JSON.stringify(outcome)}`);
      await self.settled();
      return self;
    },
    async settled() {
      await until(
        'settled',
        () => stateOf(self),
        ({ open, isSyncing, unsynced }) => open === 0 && !isSyncing && unsynced === 0,
      );
    },
    async setOffline(offline) {
      await client.sync.setOffline({ offline });
      if (offline)
        await until(
          'at rest',
          () => engine.context.scheduler.isSyncing(),
          (isSyncing) => !isSyncing,
        );
    },
    crash() {
      if (!isOpen) return;
      isOpen = false;
      running.delete(self);
      power.cut();
      engine.repositories.cache.sql.close();
      engine.repositories.journal.sql.close();
    },
    async restart(more = {}) {
      await self.close();
      const { sandbox: _given, ...rest } = setup;
      return startEngine({ ...rest, sandbox, directory, vault, seed: (setup.seed ?? 1) + 1, ...more });
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      running.delete(self);
      await engine.close();
    },
  };
  running.add(self);
  await engine.start();
  return self;
}

/** What still moves: changes that need nobody, and scopes that were never fetched. */
async function stateOf({ client, engine }: TestEngine) {
  const { waitingCount, isSyncing, connection, reason } = await client.sync.status({ accountId: null });
  const { repositories } = engine;
  const mayView = engine.context.session.may('users.view');
  const accounts = repositories.accounts.all().filter(({ sid }) => sid !== null && mayView);
  const unseen = accounts.filter(({ sid }) => repositories.cursors.get(`users:${sid}`).syncedAt === null);
  // An account that came into being meanwhile is fetched when a person opens it, or with the next poll.
  engine.context.scheduler.prefer(unseen[0]?.lid ?? null);
  const unsynced = unseen.length + (repositories.cursors.get('accounts').syncedAt === null ? 1 : 0);
  return { open: waitingCount - stuckBehindOthers(engine).length, isSyncing, unsynced, connection, reason };
}

/** Clock and network of one engine, with a switch: after a crash no timer wakes and no answer comes. */
function createPower(clock: Clock, fetch: Fetch): { clock: Clock; fetch: Fetch; cut: () => void } {
  let isCut = false;
  const never = new Promise<never>(() => undefined);
  return {
    clock: {
      now: () => clock.now(),
      uptime: () => clock.uptime(),
      after: (delay, wake) => clock.after(delay, () => void (isCut || wake())),
    },
    fetch: async (input, init) => {
      const answer = isCut ? await never : await fetch(input, init);
      return isCut ? never : answer;
    },
    cut: () => {
      isCut = true;
    },
  };
}
