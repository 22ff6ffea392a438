import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { contract, type Area, type Changed } from '../../shared/contract/contract.ts';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { createDispatcher, type Dispatch } from '../../shared/rpc/dispatcher.ts';
import type { EngineEvent } from '../../shared/rpc/wire.ts';
import { CACHE_MIGRATIONS } from './database/migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from './database/migrations/journal.ts';
import { createRepositories, type Repositories } from './database/repositories.ts';
import { openStore } from './database/store.ts';
import type { EngineContext } from './handlers/engine-context.ts';
import { handlers } from './handlers/handlers.ts';
import { createImportDesk } from './imports/import-desk.ts';
import { createJobTracker } from './jobs/job-tracker.ts';
import { createCloudClient, type CloudClient, type Fetch } from './remote/cloud-client.ts';
import { createOAuth } from './remote/oauth.ts';
import type { Clock } from './runtime/clock.ts';
import { isoTime } from './runtime/clock.ts';
import type { EngineConfig } from './runtime/config.ts';
import type { Host } from './runtime/host.ts';
import { createIdentifiers } from './runtime/identifiers.ts';
import type { Logger } from './runtime/logger.ts';
import { createThrottle } from './runtime/throttle.ts';
import type { TokenVault } from './runtime/token-vault.ts';
import { createChangeLedger } from './sync/change-ledger.ts';
import { createCloud } from './sync/cloud.ts';
import { createConnection } from './sync/connection.ts';
import { createRecorder } from './sync/enqueue.ts';
import { showWorkOf } from './sync/projection.ts';
import { createPuller } from './sync/pull.ts';
import { createPushLoop } from './sync/push-loop.ts';
import { createScheduler } from './sync/scheduler.ts';
import { createSession } from './sync/session.ts';
import { upcastQueue } from './sync/upcast-queue.ts';

export type EngineOptions = {
  readonly config: EngineConfig;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly random: () => number;
  readonly fetch: Fetch;
  readonly vault: TokenVault;
  readonly host: Host;
  readonly log: Logger;
  /** Entry file of the disposable process that reads spreadsheets. */
  readonly readerEntry: string;
  readonly emit: (event: EngineEvent) => void;
};

export type Engine = {
  readonly dispatch: Dispatch;
  readonly repositories: Repositories;
  readonly context: EngineContext;
  /** Restores the sign-in and what a crash left half done. The dispatcher answers before. */
  prepare(): Promise<void>;
  /** Prepares and begins to sync by itself. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** Composition root: opens the databases, wires the parts, offers one dispatcher. Does not know Electron. */
export function createEngine(options: EngineOptions): Engine {
  const { config, clock, random, log, emit } = options;
  mkdirSync(config.directory, { recursive: true, mode: 0o700 });
  const journal = openStore('journal', join(config.directory, 'journal.db'), JOURNAL_MIGRATIONS);
  const cache = openStore('cache', join(config.directory, 'cache.db'), CACHE_MIGRATIONS);
  const repositories = createRepositories(cache, journal, clock);
  const identifiers = createIdentifiers(clock, options.randomBytes);

  const announce = createThrottle<Area>(clock, (areas) => {
    const payload: Changed = { areas: [...areas] };
    emit({ name: 'changed', payload });
  });
  const changed = (...areas: readonly Area[]): void => announce(areas);

  const report = (where: string, error: unknown): string => {
    const faultId = identifiers.next().slice(-12);
    log.write('error', where, {
      faultId,
      stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return faultId;
  };

  const oauth = createOAuth(config.cloud.url, { fetch: options.fetch, clock, random });
  // The client asks the session for tokens, the session asks the client who it is: one of them comes later.
  const late: { client?: CloudClient } = {};
  const session = createSession({
    ...{ repositories, oauth, clock, vault: options.vault },
    client: () => late.client as CloudClient,
    changed: () => changed('session', 'sync', 'outbox', 'jobs'),
    actorChanged: (actor) => showWorkOf(repositories, actor),
  });
  const app = `fieldlink/${config.appVersion};platform=${process.platform};session=${identifiers.next()}`;
  const client = createCloudClient({
    url: config.cloud.url,
    fetch: options.fetch,
    clock,
    random,
    tokens: session.tokens,
    app,
  });
  late.client = client;

  const connection = createConnection({
    clock,
    hasLink: () => config.cloud.isSandbox || hasLink(),
    changed: () => changed('sync', 'jobs'),
  });
  const cloud = createCloud(client, connection, () => clock.now());
  const jobs = createJobTracker({
    jobs: repositories.jobs,
    journal,
    clock,
    identifiers,
    changed: () => changed('jobs'),
  });
  const puller = createPuller({
    repositories,
    cloud,
    clock,
    jobs,
    changed: () => changed('users', 'accounts', 'sync', 'outbox'),
  });
  const pushLoop = createPushLoop({
    ...{ repositories, cloud, clock, random, connection, session, jobs },
    ledger: createChangeLedger(repositories, clock, identifiers),
    changed: () => changed('outbox', 'users', 'accounts', 'jobs', 'sync', 'imports', 'session'),
  });
  const scheduler = createScheduler({
    repositories,
    clock,
    random,
    connection,
    session,
    cloud,
    puller,
    pushLoop,
    changed: () => changed('sync'),
    report,
  });
  const wake = (): void => scheduler.wake('change');
  const actor = (): string => session.actor();
  const recorder = createRecorder({ repositories, clock, identifiers, actor, wake });
  const imports = createImportDesk({
    repositories,
    clock,
    identifiers,
    host: options.host,
    jobs,
    readerEntry: options.readerEntry,
    actor,
    changed,
    wake,
  });

  const context: EngineContext = {
    ...{
      config,
      repositories,
      clock,
      identifiers,
      host: options.host,
      session,
      oauth,
      connection,
      scheduler,
      recorder,
      jobs,
      imports,
      changed,
    },
    may: (permission) => session.may(permission),
  };

  async function prepare(): Promise<void> {
    journal.write((tx) => {
      repositories.outbox.reviveInflight(tx);
      repositories.uploads.reviveInflight(tx);
      repositories.jobs.closeInterrupted(tx, isoTime(clock.now()));
    });
    upcastQueue(repositories);
    await session.restore();
    if (config.isDemoSignIn && session.status() !== 'signed-in') {
      await session.accept(await oauth.password(DEMO_PARTNER.email, DEMO_PARTNER.password, undefined));
    }
    changed('session', 'sync', 'accounts', 'users', 'outbox', 'jobs', 'imports');
  }

  return {
    dispatch: createDispatcher({ contract, handlers, context, report }),
    repositories,
    context,
    prepare,
    async start() {
      await prepare();
      scheduler.start();
    },
    async close() {
      cloud.close();
      await scheduler.stop();
      cache.close();
      journal.close();
    },
  };
}

function hasLink(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
