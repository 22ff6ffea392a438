import { existsSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOf } from './file-set.ts';
import type { StorageSettings, StorageWarning } from './storage-keeper.ts';

/** Room for the work of a person whose disk is full: a file that is given up when nothing else is left (SYNC 3.11). */
export type Reserve = {
  /** Builds it where there is room enough. False when there is not. */
  build(): Promise<boolean>;
  release(): void;
};

const BLOCK = 1024 * 1024;
/** Room beside the reserve that is left to others. */
const SPARE = 3;

export function createReserve(
  directory: string,
  { reserveBytes, freeBytes }: StorageSettings,
  randomBytes: (count: number) => Uint8Array,
): Reserve {
  const path = join(directory, 'reserve.bin');
  return {
    async build() {
      if (reserveBytes === 0 || sizeOf(path) >= reserveBytes) return true;
      const free = freeBytes(directory);
      if (free !== null && free < reserveBytes * SPARE) return false;
      // Zeros would take no room on a disk that compresses.
      const block = randomBytes(Math.min(BLOCK, reserveBytes));
      try {
        const file = await open(`${path}.new`, 'w', 0o600);
        try {
          // Block by block: between two of them the engine answers.
          for (let size = 0; size < reserveBytes; size += block.length) await file.write(block);
        } finally {
          await file.close();
        }
        renameSync(`${path}.new`, path);
        return true;
      } catch {
        rmSync(`${path}.new`, { force: true });
        return false;
      }
    },
    release: () => {
      if (existsSync(path)) rmSync(path, { force: true });
    },
  };
}

export function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

const SYNCED =
  /[\\/](?:dropbox|onedrive|google ?drive|icloud ?drive|mobile documents|cloudstorage|nextcloud|owncloud|pcloud ?drive|box sync|syncthing)(?!\p{L})[^\\/]*(?:[\\/]|$)/iu;
/** `f_type` of statfs on Linux: NFS, SMB, CIFS, SMB2, AFS, 9p, Coda, Ceph. */
const NETWORK = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x73757245, 0x00c36400]);

/** A database in a folder that another program copies back and forth will be damaged by it. */
export function folderWarning(
  folder: string,
  typeOf: (folder: string) => number = fileSystemOf,
): StorageWarning | null {
  const found = SYNCED.exec(folder)?.[0].replaceAll(/[\\/]/gu, '');
  if (found !== undefined) return { id: 'synced-folder', kind: 'synced-folder', detail: found, isAcknowledged: false };
  if (folder.startsWith('\\\\') || NETWORK.has(typeOf(folder)))
    return { id: 'network-folder', kind: 'network-folder', detail: folder, isAcknowledged: false };
  return null;
}

function fileSystemOf(folder: string): number {
  try {
    // Some systems give the number with a sign.
    return process.platform === 'linux' ? statfsSync(folder).type >>> 0 : 0;
  } catch {
    return 0;
  }
}
