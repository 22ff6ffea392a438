import type { Repositories } from '../database/repositories.ts';
import type { EntityType } from '../domain/lane.ts';
import type { FieldValue } from '../domain/merge.ts';
import { entityOf } from './entities.ts';

export type RecordThen = {
  readonly exists: boolean;
  /** False: nothing is known of the time before the first difference, and that is younger than `at`. */
  readonly isComplete: boolean;
  readonly fields: readonly { readonly field: string; readonly was: FieldValue; readonly now: FieldValue | null }[];
};

/** A record of the server as it was at an instant, walked back from today over the differences noticed since (OFF-4). */
export function recordAt(repositories: Repositories, type: EntityType, lid: string, at: string): RecordThen | null {
  const now = entityOf(type).base(repositories, lid);
  const versions = repositories.versions.ofRecord(lid);
  if (!now && versions.length === 0) return null;
  let exists = now !== null;
  const then = new Map<string, FieldValue>(Object.entries(now?.fields ?? {}));
  for (const version of versions.filter((one) => one.at > at)) {
    exists = version.what !== 'created';
    for (const [field, [from]] of Object.entries(version.fields)) {
      if (from === null) then.delete(field);
      else then.set(field, from);
    }
  }
  const isQuietSince = now?.modifiedAt !== null && now?.modifiedAt !== undefined && now.modifiedAt <= at;
  return {
    exists,
    isComplete: !exists || isQuietSince || versions.some((one) => one.at <= at),
    fields: [...then].map(([field, value]) => ({ field, was: value, now: now?.fields[field] ?? null })),
  };
}
