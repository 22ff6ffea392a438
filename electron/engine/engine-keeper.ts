import { dirname, extname, join } from 'node:path';
import type { Area, Changed } from '../../shared/contract/contract.ts';
import { contract } from '../../shared/contract/contract.ts';
import type { Dispatch } from '../../shared/rpc/dispatcher.ts';
import { createFileKeeper, type FileKeeper } from './database/safety/file-keeper.ts';
import { storeFaultOf } from './database/safety/damage.ts';
import { closeProfile, openProfile, type Profile, type Suspect } from './database/safety/open-profile.ts';
import type { StorageKeeper } from './database/safety/storage-keeper.ts';
import { finishWipe, markWipe, type Wipe } from './database/safety/wipe.ts';
import type { Repositories } from './database/repositories.ts';
import type { Engine, EngineOptions } from './engine.ts';
import type { EngineContext } from './handlers/engine-context.ts';
import { runCheck } from './run-check.ts';
import { runCheckpoints, type Checkpoints } from './run-checkpoints.ts';
import { isoTime } from './runtime/clock.ts';
import { createSecretBox, type SecretBox } from './runtime/secret-box.ts';
import { createMemoryVault } from './runtime/token-vault.ts';
import { createThrottle } from './runtime/throttle.ts';
import { createLock, type Lock } from './sync/lock.ts';
import { showWorkOf } from './sync/show-work.ts';

/** An engine on one pair of open files. */
export type Core = {
  readonly dispatch: Dispatch;
  readonly repositories: Repositories;
  readonly context: EngineContext;
  prepare(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

export type CoreParts = {
  readonly profile: Profile;
  readonly storage: StorageKeeper;
  readonly box: SecretBox;
  readonly lock: Lock;
  /** Takes it off this laptop: never half, even when the power goes in the middle (SES-5). */
  readonly wipe: (what: Wipe) => Promise<void>;
  readonly changed: (...areas: readonly Area[]) => void;
};

const ALL: readonly Area[] = ['session', 'sync', 'accounts', 'users', 'imports', 'outbox', 'jobs', 'storage'];
const RETRY_MS = 10_000;
const TRIES = 3;
const TRIES_WITHIN_MS = 10 * 60_000;

type Life = {
  profile: Profile;
  core: Core;
  phase: 'new' | 'prepared' | 'started' | 'closed';
  /** While files are exchanged; what is asked meanwhile waits for it. */
  rescue: Promise<void> | null;
  checkpoints: Checkpoints | null;
  readonly rescuedAt: number[];
};

/**
 * Runs an engine and exchanges it for another on sound files when one is found damaged. That is the same as a restart, which nothing is
 * lost by; windows notice nothing but the news that everything may answer differently.
 */
export function keepEngine(options: EngineOptions, createCore: (parts: CoreParts) => Core): Engine {
  const { config, clock, emit, log } = options;
  const announce = createThrottle<Area>(clock, (areas) => {
    const payload: Changed = { areas: [...areas] };
    emit({ name: 'changed', payload });
  });
  const box = createSecretBox(options.keyVault ?? createMemoryVault(), options.randomBytes);
  const changed = (...areas: readonly Area[]): void => announce(areas);
  const files: FileKeeper = createFileKeeper({
    ...{ directory: config.directory, clock, settings: options.storage ?? {}, randomBytes: options.randomBytes },
    check: (path, signal) => runCheck(checkerEntry(options.readerEntry), path, signal),
    profile: () => life.profile,
    isIdle: () => !life.core.context.scheduler.isSyncing(),
    replace: (suspects) => exchange(suspects),
    resumed() {
      const { repositories, context } = life.core;
      // What found no room once more is shown with the next start.
      void showWorkOf(repositories, context.session.actor()).catch((error: unknown) => files.keeper.notice(error));
      if (life.phase === 'started') life.core.start();
    },
    changed: () => changed('storage', 'sync'),
    report: (where, error) => log.write('warn', where, { message: String(error) }),
  });
  /** A wipe was finished here: what the keychain still holds goes before anybody looks for it. */
  let isForgetting = false;
  const lock = createLock({
    place: () => life.core.repositories,
    clock,
    randomBytes: options.randomBytes,
    changed: () => changed(...ALL),
  });
  const open = (suspects: readonly Suspect[]): { profile: Profile; core: Core } => {
    if (finishWipe(config.directory) === 'everything') isForgetting = true;
    const profile = openProfile(config.directory, isoTime(clock.now()), suspects);
    files.opened(profile);
    for (const { id, store, cause, detail } of profile.rescues)
      log.write('warn', 'rescued', { id, store, cause, detail });
    return { profile, core: createCore({ profile, storage: files.keeper, box, lock, wipe, changed }) };
  };
  const life: Life = { ...open([]), phase: 'new', rescue: null, checkpoints: null, rescuedAt: [] };

  async function forgetKeys(): Promise<void> {
    box.forget();
    await options.keyVault?.clear();
    await options.vault.clear();
    isForgetting = false;
  }

  /** The keys first. The files go where they are exchanged, between the closing of the old ones and the opening of new ones. */
  async function wipe(what: Wipe): Promise<void> {
    markWipe(config.directory, what);
    if (what === 'everything') await forgetKeys();
    await life.rescue?.catch(() => undefined);
    await exchange([]);
    if (what !== 'everything') return;
    lock.reset();
    life.core.context.connection.setOffline(false);
    if (life.phase === 'started') life.core.context.scheduler.wake('person');
  }

  /** Work beside the work, on the files that are open now. */
  function beginTending(): void {
    const { journal, cache } = life.profile;
    const report = (error: unknown): void => log.write('warn', 'checkpoints', { message: String(error) });
    if (options.checkpointerEntry !== undefined)
      life.checkpoints = runCheckpoints(options.checkpointerEntry, [cache, journal], { clock, report });
    files.start();
  }

  /** Nobody else may have a file open that is closed or moved. */
  async function endTending(): Promise<void> {
    await files.pause();
    await life.checkpoints?.stop();
    life.checkpoints = null;
  }

  /** One after the other; who asks while one is under way waits for that. */
  function exchange(suspects: readonly Suspect[]): Promise<void> {
    if (life.phase === 'closed') return Promise.resolve();
    if (life.rescue) return life.rescue;
    // Also true of a wipe, which suspects nothing.
    const isAsked = suspects.every(({ cause }) => cause === 'asked-for');
    if (!isAsked && isTooOften()) return Promise.resolve();
    life.rescue = exchangeNow(suspects).finally(() => {
      life.rescue = null;
    });
    // Whoever waits hears of a failure as well; without a listener it would end the process.
    life.rescue.catch(() => undefined);
    return life.rescue;
  }

  function isTooOften(): boolean {
    const now = clock.now();
    while ((life.rescuedAt[0] ?? now) < now - TRIES_WITHIN_MS) life.rescuedAt.shift();
    if (life.rescuedAt.length >= TRIES) {
      files.warnOfDisk();
      return true;
    }
    life.rescuedAt.push(now);
    return false;
  }

  async function exchangeNow(suspects: readonly Suspect[]): Promise<void> {
    const { connection } = life.core.context;
    const isOffline = connection.isOffline();
    await endTending();
    await life.core.stop();
    const { journal, cache } = life.profile;
    cache.sql.close();
    journal.sql.close();
    try {
      Object.assign(life, open(suspects));
    } catch (error) {
      log.write('error', 'rescue', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      clock.after(RETRY_MS, () => void exchange(suspects));
      throw error;
    }
    if (isOffline) life.core.context.connection.setOffline(true);
    if (life.phase !== 'new') await life.core.prepare().catch(hearOf);
    if (life.phase === 'started') {
      life.core.start();
      beginTending();
    }
    changed(...ALL);
  }

  /** Damage that is met while the work is put in order leads to the next exchange. */
  function hearOf(error: unknown): void {
    if (storeFaultOf(error)?.kind !== 'damaged') throw error;
    clock.after(0, () => void files.keeper.notice(error));
  }

  /** What the last run left is put in order; on files that turn out to be damaged, once they are exchanged. */
  async function prepare(): Promise<void> {
    if (isForgetting) await forgetKeys();
    try {
      await life.core.prepare();
    } catch (error) {
      if (storeFaultOf(error)?.kind !== 'damaged' || !files.keeper.notice(error) || !life.rescue) throw error;
      await life.rescue;
    }
  }

  async function dispatch(...[request, signal]: Parameters<Dispatch>): ReturnType<Dispatch> {
    if (life.rescue) await life.rescue.catch(() => undefined);
    const asked = life.core;
    const reply = await asked.dispatch(request, signal);
    const isOvertaken = life.rescue !== null || life.core !== asked;
    if (reply.status !== 'fault' || reply.kind !== 'internal' || !isOvertaken) return reply;
    await life.rescue?.catch(() => undefined);
    if (life.core === asked) return reply;
    // A question is simply asked again. A command may have done half of its work: that is for the person to see.
    if (isQuestion(request.operation)) return life.core.dispatch(request, signal);
    return {
      status: 'refused',
      refusal: { code: 'storage.rescued', message: 'a damaged file was replaced meanwhile' },
    };
  }

  return {
    dispatch,
    get repositories() {
      return life.core.repositories;
    },
    get context() {
      return life.core.context;
    },
    async prepare() {
      life.phase = 'prepared';
      await prepare();
    },
    async start() {
      life.phase = 'prepared';
      await prepare();
      life.phase = 'started';
      life.core.start();
      beginTending();
      lock.start();
    },
    async close() {
      lock.stop();
      if (life.rescue) await life.rescue.catch(() => undefined);
      life.phase = 'closed';
      await endTending();
      await life.core.stop();
      closeProfile(life.profile);
    },
  };
}

function isQuestion(name: string): boolean {
  const [area = '', local = ''] = name.split('.');
  const operations: Readonly<Record<string, Readonly<Record<string, { readonly kind: string }>>>> = contract;
  return operations[area]?.[local]?.kind === 'query';
}

/** Built: `reader.mjs` and `checker.mjs` lie beside each other, as their sources do. Without a reader there is no process to start. */
function checkerEntry(readerEntry: string): string {
  return readerEntry === '' ? '' : join(dirname(readerEntry), `checker${extname(readerEntry)}`);
}
