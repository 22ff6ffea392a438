import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreName } from '../store.ts';
import { sizeOf } from './file-set.ts';

/** Why a file was set aside. */
export type RescueCause =
  | 'not-a-database'
  | 'damaged'
  | 'unreadable'
  | 'empty'
  | 'missing'
  | 'cut-short'
  | 'log-damaged'
  | 'older-than-backup'
  | 'migration-failed'
  | 'asked-for';

/** One rescue: what happened, what was kept, where the old file lies. Kept beside the file, in `rescue.json`. */
export type Rescue = {
  readonly id: string;
  readonly at: string;
  readonly store: StoreName;
  readonly cause: RescueCause;
  /** SQLite's own words. */
  readonly detail: string;
  /** `running`: the program stopped in the middle; the next start goes on. */
  readonly state: 'running' | 'done';
  readonly isAcknowledged: boolean;
  /** The backup that helped; '' for none. */
  readonly backup: string;
  readonly changeCount: number;
  readonly uncertainCount: number;
  readonly lostCount: number;
  readonly draftCount: number;
  readonly brokenCount: number;
  readonly auditBrokenAt: number | null;
};

const RECORD = 'rescue.json';

export function quarantineFolder(directory: string): string {
  return join(directory, 'quarantine');
}

/** Opens a folder for one damaged file and says in it what is under way. */
export function openQuarantine(
  directory: string,
  start: Pick<Rescue, 'store' | 'cause' | 'detail'>,
  at: string,
): { readonly folder: string; readonly rescue: Rescue } {
  const stamp = `${at.replaceAll(/[:.]/gu, '-')}-${start.store}`;
  let id = stamp;
  for (let next = 2; existsSync(join(quarantineFolder(directory), id)); next += 1) id = `${stamp}-${next}`;
  const folder = join(quarantineFolder(directory), id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const none = { changeCount: 0, uncertainCount: 0, lostCount: 0, draftCount: 0, brokenCount: 0, auditBrokenAt: null };
  const rescue: Rescue = { id, at, ...start, state: 'running', isAcknowledged: false, backup: '', ...none };
  writeRescue(directory, rescue);
  return { folder, rescue };
}

/** Whole or not at all: the file is written beside its place and moved into it. */
export function writeRescue(directory: string, rescue: Rescue): void {
  const path = join(quarantineFolder(directory), rescue.id, RECORD);
  writeFileSync(`${path}.new`, `${JSON.stringify(rescue, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/** Newest first. */
export function listRescues(directory: string): readonly Rescue[] {
  const folder = quarantineFolder(directory);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((id) => {
    try {
      return [JSON.parse(readFileSync(join(folder, id, RECORD), 'utf8')) as Rescue];
    } catch {
      // Not ours, or of a start that ended before it could say anything.
      return [];
    }
  });
  return found.toSorted((a, b) => b.id.localeCompare(a.id));
}

export function folderBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + sizeOf(join(folder, name)),
    0,
  );
}
