import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A database is three files; one without the others is another database. */
const ENDINGS = ['', '-wal', '-shm'] as const;

export function fileSetExists(path: string): boolean {
  return ENDINGS.some((ending) => existsSync(path + ending));
}

/** Moves all files of a database into a folder. What is not there is left out, so that a move that was broken off can be finished. */
export function moveFileSet(path: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const ending of ENDINGS) {
    if (existsSync(path + ending)) renameSync(path + ending, join(folder, basename(path) + ending));
  }
}

export function fileSetBytes(path: string): number {
  return ENDINGS.reduce((sum, ending) => sum + sizeOf(path + ending), 0);
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
