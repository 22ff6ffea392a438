import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ChosenFile } from '../../../shared/bridge/bridge.ts';
import type { FileGrant } from '../../../shared/model/ids.ts';

/** Turns a path that a person chose into a grant. The engine learns the path, the page never does. */
export type FileGrants = { grant(path: string): ChosenFile; all(): ReadonlyMap<string, string> };

export function createFileGrants(onGrant: (grant: string, path: string) => void): FileGrants {
  const paths = new Map<string, string>();
  return {
    grant(path) {
      const grant = randomUUID();
      paths.set(grant, path);
      onGrant(grant, path);
      return { grant: grant as FileGrant, name: basename(path) };
    },
    all: () => paths,
  };
}
