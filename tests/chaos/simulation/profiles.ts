import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of the programs. In memory where the system has such a place: a history writes thousands of small transactions. */
export function createProfiles() {
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'fieldlink-chaos-'));
  const files = ['journal.db', 'cache.db'];
  let serial = 0;
  return {
    root,
    fresh(): string {
      serial += 1;
      const folder = join(root, `p${serial}`);
      mkdirSync(folder);
      return folder;
    },
    /** A copy of a folder whose program was closed. */
    copy(from: string): string {
      const folder = this.fresh();
      for (const file of files) copyFileSync(join(from, file), join(folder, file));
      return folder;
    },
    drop: (folder: string): void => rmSync(folder, { recursive: true, force: true }),
    close: (): void => rmSync(root, { recursive: true, force: true }),
  };
}
export type Profiles = ReturnType<typeof createProfiles>;
