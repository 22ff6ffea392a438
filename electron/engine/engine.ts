import { networkInterfaces } from 'node:os';
import { basename } from 'node:path';
import { contract } from '../../shared/contract/contract.ts';
import { ANSWERED_WHILE_LOCKED } from '../../shared/contract/lock.ts';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { createDispatcher, type Dispatch } from '../../shared/rpc/dispatcher.ts';
import type { Refusal } from '../../shared/rpc/outcome.ts';
import type { EngineEvent } from '../../shared/rpc/wire.ts';
import { storeFaultOf } from './database/safety/damage.ts';
import type { StorageSettings } from './database/safety/storage-keeper.ts';
import { createRepositories, type Repositories } from './database/repositories.ts';
import { keepEngine, type Core, type CoreParts } from './engine-keeper.ts';
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
import type { TokenVault } from './runtime/token-vault.ts';
import { createAuditCheck } from './sync/audit-check.ts';
import { adoptCached } from './sync/adopt.ts';
import { judgeKnownGone } from './sync/arrivals.ts';
import { createChangeLedger } from './sync/change-ledger.ts';
import { createCloud } from './sync/cloud.ts';
import { createConnection } from './sync/connection.ts';
import { createRecorder } from './sync/enqueue.ts';
import { projectUsers, showIfRoom } from './sync/projection.ts';
import { createPuller } from './sync/pull.ts';
import { createPushLoop } from './sync/push-loop.ts';
import { createScheduler } from './sync/scheduler.ts';
import { createSecrets } from './sync/secrets.ts';
import { createSession } from './sync/session.ts';
import { showWorkOf } from './sync/show-work.ts';
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
  /** Entry file of the thread that checkpoints; absent: commits do it themselves. */
  readonly checkpointerEntry?: string;
  readonly emit: (event: EngineEvent) => void;
  /** Seals the key of the secrets in the journal; without one they live as long as the program. */
  readonly keyVault?: TokenVault;
  readonly storage?: Partial<StorageSettings>;
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

/** Opens the databases and keeps the engine working on them, whatever becomes of the files. Does not know Electron. */
export function createEngine(options: EngineOptions): Engine {
  return keepEngine(options, (parts) => createCore(options, parts));
}

/** Composition root: wires the parts on two open databases, offers one dispatcher. */
function createCore(options: EngineOptions, { profile, storage, box, lock, wipe, changed }: CoreParts): Core {
  const { config, clock, random, log } = options;
  const { journal, cache } = profile;
  const repositories = createRepositories(cache, journal, clock);
  const identifiers = createIdentifiers(clock, options.randomBytes);

  const report = (where: string, error: unknown): string => {
    const faultId = identifiers.next().slice(-12);
    storage.notice(error);
    log.write('error', where, {
      faultId,
      stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return faultId;
  };

  const ledger = createChangeLedger(repositories, clock, identifiers);
  const oauth = createOAuth(config.cloud.url, { fetch: options.fetch, clock, random });
  // The client asks the session for tokens, the session asks the client who it is: one of them comes later.
  const late: { client?: CloudClient } = {};
  const session = createSession({
    ...{ repositories, oauth, clock, vault: options.vault },
    client: () => late.client as CloudClient,
    changed: () => changed('session', 'sync', 'outbox', 'jobs'),
    async actorChanged(actor) {
      const shown = showWorkOf(repositories, actor);
      judgeKnownGone({ repositories, ledger });
      await shown;
      changed('users', 'accounts');
    },
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
    ledger,
    changed: () => changed('users', 'accounts', 'sync', 'outbox'),
    freed: () => wake(),
  });
  const pushLoop = createPushLoop({
    ...{ repositories, cloud, clock, random, connection, session, jobs },
    ledger,
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
    hasRoom: () => !storage.isFull(),
  });
  const wake = (): void => scheduler.wake('change');
  const actor = (): string => session.actor();
  // One key for the program's life, so that an exchange of files does not ask the keychain again.
  const secrets = createSecrets(journal, box, basename(config.directory));
  const recorder = createRecorder({ repositories, clock, identifiers, actor, wake });
  const imports = createImportDesk({
    userChanges: {
      queue: (...row) => recorder.queueRow(...row),
      show: (lids) => showIfRoom(() => projectUsers(repositories, lids)),
    },
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
      storage,
      secrets,
      ...{ lock, wipe },
      changed,
    },
    capabilities: () => cloud.known(),
    auditBreak: createAuditCheck(repositories.audit, () => changed('history')),
    may: (permission) => session.may(permission),
  };

  async function prepare(): Promise<void> {
    journal.write((tx) => {
      repositories.outbox.reviveInflight(tx);
      repositories.uploads.reviveInflight(tx);
      repositories.jobs.closeInterrupted(tx, isoTime(clock.now()));
      repositories.attempts.prune(tx);
    });
    cache.write((tx) => {
      repositories.versions.prune(tx, KEPT_VERSIONS);
      repositories.tombstones.prune(tx, KEPT_TOMBSTONES);
    });
    upcastQueue(repositories);
    adoptCached(repositories, clock);
    await box.unlock().catch((error: unknown) => report('keychain', error));
    await session.restore();
    if (config.isDemoSignIn && session.status() !== 'signed-in') {
      await session.accept(await oauth.password(DEMO_PARTNER.email, DEMO_PARTNER.password, undefined));
    }
    changed('session', 'sync', 'accounts', 'users', 'outbox', 'jobs', 'imports');
  }

  /** What cannot be saved is refused; what was under way in a damaged file is to be looked at by the person. */
  function refusalOf(error: unknown): Refusal | null {
    const fault = storeFaultOf(error);
    if (!fault) return null;
    report('storage', error);
    return fault.kind === 'full' ? { code: 'storage.full', message: 'no room on the disk' } : null;
  }

  return {
    dispatch: createDispatcher({
      ...{ contract, handlers, context, report, refusalOf },
      mayAnswer: (operation) => !lock.isLocked() || ANSWERED_WHILE_LOCKED.has(operation),
    }),
    repositories,
    context,
    prepare,
    start: () => scheduler.start(),
    async stop() {
      cloud.close();
      imports.close();
      await scheduler.stop();
    },
  };
}

/** About a year of a busy partner; some 60 MB. */
const KEPT_VERSIONS = 200_000;
const KEPT_TOMBSTONES = 100_000;

function hasLink(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
