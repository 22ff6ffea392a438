import { join } from 'node:path';
import { isoTime, type Clock } from '../../runtime/clock.ts';
import { createMetaRepository } from '../meta-repository.ts';
import { checkJournal, type Findings } from './check-store.ts';
import { storeFaultOf } from './damage.ts';
import { fileSetBytes } from './file-set.ts';
import { backupFolder, createJournalBackup, listBackups, type JournalBackup } from './journal-backup.ts';
import type { Profile, Suspect } from './open-profile.ts';
import { folderBytes, listRescues, quarantineFolder, writeRescue, type Rescue } from './quarantine.ts';
import { journalPath } from './rescue-journal.ts';
import { createReserve, folderWarning, freeBytesOf } from './room.ts';
import type { StorageKeeper, StorageSettings, StorageState, StorageWarning } from './storage-keeper.ts';

export type FileKeeper = {
  readonly keeper: StorageKeeper;
  opened(profile: Profile): void;
  /** Begins the work beside the work: copies, checks, the reserve. */
  start(): void;
  /** Ends it, and waits for what is under way. */
  pause(): Promise<void>;
  warnOfDisk(): void;
};

type Options = {
  readonly directory: string;
  readonly clock: Clock;
  readonly settings: Partial<StorageSettings>;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly check: (path: string, signal: AbortSignal) => Promise<Findings | null>;
  readonly profile: () => Profile;
  readonly isIdle: () => boolean;
  /** Exchanges the files under the engine. */
  readonly replace: (suspects: readonly Suspect[]) => Promise<void>;
  /** There is room again. */
  readonly resumed: () => void;
  readonly changed: () => void;
  readonly report: (where: string, error: unknown) => void;
};

const FIRST_TURN_MS = 5000;
const TURN_MS = 10 * 60_000;
const CHECK_EVERY_MS = 7 * 24 * 60 * 60_000;
const LOOK_FOR_ROOM_MS = 10_000;
/** With less than this nothing is worth another try. */
const LEAST_ROOM = 20 * 1024 * 1024;
const CHECKED_AT = 'cache_checked_at';
const SEEN = 'storage_seen';

/** Looks after the files of a profile: copies the journal, checks the cache, watches the room (SYNC 3.11). */
export function createFileKeeper(options: Options): FileKeeper {
  const { directory, clock, profile, changed, report } = options;
  const settings: StorageSettings = {
    ...{ reserveBytes: 0, freeBytes: freeBytesOf, isTended: true },
    ...options.settings,
  };
  const reserve = createReserve(directory, settings, options.randomBytes);
  const cachePath = join(directory, 'cache.db');
  let isFull = false;
  let isChecking = false;
  let lacksReserve = false;
  let isDiskFailing = false;
  let backup: JournalBackup | null = null;
  let stopped = new AbortController();
  let cancelTurn: () => void = () => undefined;
  let cancelLook: () => void = () => undefined;
  let work: Promise<void> = Promise.resolve();
  const foundInFolder = folderWarning(directory);

  function fact(key: string): string | null {
    return createMetaRepository(profile().journal).get(key);
  }
  function keep(key: string, value: string): void {
    const { journal } = profile();
    journal.write((tx) => createMetaRepository(journal).set(tx, key, value));
  }

  /** One round of copying and checking; the next one follows. */
  async function turn(): Promise<void> {
    try {
      lacksReserve = !isFull && !(await reserve.build());
      if (!isFull && (await backup?.run()) === 'damaged') return accuse('journal');
      if (isCheckDue() && !(await isCacheSound())) return accuse('cache');
    } catch (error) {
      if (stopped.signal.aborted) return;
      report('storage', error);
      keeper.notice(error);
    }
    changed();
    if (!stopped.signal.aborted) schedule(TURN_MS);
  }

  function isCheckDue(): boolean {
    const checkedAt = fact(CHECKED_AT);
    if (!profile().wasClosed && (checkedAt === null || Date.parse(checkedAt) < openedAt)) return true;
    return options.isIdle() && checkedAt !== null && clock.now() - Date.parse(checkedAt) > CHECK_EVERY_MS;
  }
  let openedAt = clock.now();

  async function isCacheSound(): Promise<boolean> {
    isChecking = true;
    changed();
    try {
      const found = await options.check(cachePath, stopped.signal);
      if (found === null) return true;
      if (found.length === 0) keep(CHECKED_AT, isoTime(clock.now()));
      return found.length === 0;
    } finally {
      isChecking = false;
    }
  }

  function accuse(store: Suspect['store']): void {
    // Not awaited: the exchange waits for the work that this is part of.
    void options.replace([{ store, cause: 'damaged', isCertain: true }]);
  }

  function schedule(delay: number): void {
    cancelTurn();
    cancelTurn = clock.after(delay, () => {
      work = turn();
    });
  }

  /** Looks for room again until there is some. */
  function waitForRoom(): void {
    cancelLook();
    cancelLook = clock.after(LOOK_FOR_ROOM_MS, () => {
      const free = settings.freeBytes(directory);
      if (free !== null && free < Math.max(LEAST_ROOM, settings.reserveBytes * 2)) {
        waitForRoom();
        return;
      }
      isFull = false;
      options.resumed();
      changed();
      void reserve.build().then((isBuilt) => {
        lacksReserve = !isBuilt;
        changed();
      });
    });
  }

  function filled(): void {
    // The room that was kept for this moment: undo, queue and history stay usable.
    reserve.release();
    if (isFull) return;
    isFull = true;
    waitForRoom();
    changed();
  }

  function warnings(): readonly StorageWarning[] {
    const seen = new Set((fact(SEEN) ?? '').split('\n'));
    const found: (StorageWarning | null)[] = [
      foundInFolder,
      lacksReserve ? { id: 'no-reserve', kind: 'no-reserve', detail: '', isAcknowledged: false } : null,
      isDiskFailing ? { id: 'failing-disk', kind: 'failing-disk', detail: '', isAcknowledged: false } : null,
    ];
    return found
      .filter((warning) => warning !== null)
      .map((warning) => ({ ...warning, isAcknowledged: seen.has(warning.id) }));
  }

  function state(): StorageState {
    const backups = listBackups(directory);
    return {
      folder: directory,
      cacheBytes: fileSetBytes(cachePath),
      journalBytes: fileSetBytes(journalPath(directory)),
      backupBytes: folderBytes(backupFolder(directory)),
      backupCount: backups.length,
      quarantineBytes: folderBytes(quarantineFolder(directory)),
      freeBytes: settings.freeBytes(directory),
      lastBackupAt: timeOf(backups[0]),
      lastCheckAt: fact(CHECKED_AT),
      isChecking,
      isDiskFull: isFull,
      rescues: listRescues(directory).map((rescue) => shown(directory, rescue)),
      warnings: warnings(),
    };
  }

  const keeper: StorageKeeper = {
    state,
    isFull: () => isFull,
    notice(error) {
      const fault = storeFaultOf(error);
      if (!fault) return false;
      if (fault.kind === 'full') filled();
      else {
        const isCache = fault.store !== 'journal';
        // An index for searching can be damaged in ways that no check of the pages sees: the error itself is the proof.
        const cache = { store: 'cache', cause: 'damaged', isCertain: isCache && isCorrupt(error) } as const;
        void options.replace([...(isCache ? [cache] : []), { store: 'journal', cause: 'damaged', isCertain: false }]);
      }
      return true;
    },
    async verify() {
      const { journal } = profile();
      const isJournalSound = checkJournal(journal.sql).length === 0;
      const isSound = await isCacheSound();
      changed();
      const suspects: Suspect[] = [];
      if (!isSound) suspects.push({ store: 'cache', cause: 'damaged', isCertain: true });
      if (!isJournalSound) suspects.push({ store: 'journal', cause: 'damaged', isCertain: true });
      if (suspects.length > 0) await options.replace(suspects);
      return { cache: isSound ? 'sound' : 'rescued', journal: isJournalSound ? 'sound' : 'rescued' };
    },
    rebuildCache: () => options.replace([{ store: 'cache', cause: 'asked-for', isCertain: true }]),
    acknowledge(id) {
      const rescue = listRescues(directory).find((one) => one.id === id);
      if (rescue) writeRescue(directory, { ...rescue, isAcknowledged: true });
      else if (warnings().some((warning) => warning.id === id)) keep(SEEN, `${fact(SEEN) ?? ''}\n${id}`);
    },
  };

  return {
    keeper,
    opened({ journal, cache }) {
      openedAt = clock.now();
      const time = (): string => isoTime(clock.now());
      backup = createJournalBackup(journal, directory, time, false);
      journal.whenFull(filled);
      cache.whenFull(filled);
    },
    start() {
      stopped = new AbortController();
      if (settings.isTended) schedule(FIRST_TURN_MS);
      if (isFull) waitForRoom();
    },
    async pause() {
      stopped.abort();
      cancelTurn();
      cancelLook();
      await work;
    },
    warnOfDisk() {
      isDiskFailing = true;
      changed();
    },
  };
}

function isCorrupt(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !String(error.code).startsWith('SQLITE_IOERR');
}

function shown(directory: string, rescue: Rescue): StorageState['rescues'][number] {
  const { id, at, store, cause, changeCount, uncertainCount, lostCount, draftCount, auditBrokenAt } = rescue;
  const folder = join(quarantineFolder(directory), id);
  const { isAcknowledged } = rescue;
  return {
    ...{ id, at, store, cause, changeCount, uncertainCount, lostCount, draftCount, auditBrokenAt },
    ...{ folder, isAcknowledged },
  };
}

/** The time in the name of a copy. */
function timeOf(path: string | undefined): string | null {
  const found = /journal-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/u.exec(path ?? '');
  return found ? `${found[1]}T${found[2]}:${found[3]}:${found[4]}.${found[5]}Z` : null;
}
