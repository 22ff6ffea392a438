import type { Rescue } from './quarantine.ts';

export type StorageWarning = {
  readonly id: string;
  readonly kind: 'synced-folder' | 'network-folder' | 'no-reserve' | 'failing-disk';
  readonly detail: string;
  readonly isAcknowledged: boolean;
};

export type ShownRescue = Omit<Rescue, 'state' | 'detail' | 'backup' | 'brokenCount'> & { readonly folder: string };

export type StorageState = {
  readonly folder: string;
  readonly cacheBytes: number;
  readonly journalBytes: number;
  readonly backupBytes: number;
  readonly backupCount: number;
  readonly quarantineBytes: number;
  readonly freeBytes: number | null;
  readonly lastBackupAt: string | null;
  readonly lastCheckAt: string | null;
  readonly isChecking: boolean;
  readonly isDiskFull: boolean;
  readonly rescues: readonly ShownRescue[];
  readonly warnings: readonly StorageWarning[];
};

type Soundness = 'sound' | 'rescued';

/** Looks after the files of a profile while the engine works (OFF-5). */
export type StorageKeeper = {
  state(): StorageState;
  /** Nothing can be written; sync rests until there is room. */
  isFull(): boolean;
  /** Hears of every error; does what has to be done about a file. True when it was about a file. */
  notice(error: unknown): boolean;
  verify(): Promise<{ readonly cache: Soundness; readonly journal: Soundness }>;
  rebuildCache(): Promise<void>;
  acknowledge(id: string): void;
};

/** Sizes and sources that a composition root, or a test, may set. */
export type StorageSettings = {
  /** Kept free for the moment the disk is full; 0 for none. */
  readonly reserveBytes: number;
  /** Room on the disk of this folder; null where the system does not say. */
  readonly freeBytes: (folder: string) => number | null;
  /** Copies and checks beside the work. False for a program that lives for a moment only. */
  readonly isTended: boolean;
};
