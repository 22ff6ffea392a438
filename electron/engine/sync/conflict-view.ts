import { createHash } from 'node:crypto';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { groupOf, isEqual, mergePatch, type FieldValue, type FieldValues } from '../domain/merge.ts';
import { entityOf, type ServerRecord } from './entities.ts';

export type ConflictKind = 'both-changed' | 'needs-confirmation' | 'gone-there' | 'changed-there';
export type DisputedField = {
  readonly field: string;
  readonly base: FieldValue | null;
  readonly mine: FieldValue | null;
  readonly theirs: FieldValue | null;
};
export type ConflictGroup = {
  readonly group: string;
  readonly isDisputed: boolean;
  readonly fields: readonly DisputedField[];
};
/** What a person decides between (OFF-3), made of the change and the newest record: never a copy that could be stale. */
export type ConflictView = {
  readonly kind: ConflictKind;
  readonly theirs: ServerRecord | null;
  /** Names the version of the other side. */
  readonly theirsMark: string;
  readonly groups: readonly ConflictGroup[];
};

export function conflictView(repositories: Repositories, change: QueuedChange): ConflictView {
  const theirs = entityOf(change.type).base(repositories, change.lid);
  const theirsMark = theirs === null ? 'gone' : markOf(theirs.fields);
  if (theirs === null) return { kind: 'gone-there', theirs, theirsMark, groups: groupsOf(change, null, () => true) };
  if (change.kind === 'delete') {
    const moved = (fields: readonly string[]) =>
      fields.some((field) => !isEqual(change.seen[field], theirs.fields[field]));
    const groups = groupsOf(change, theirs.fields, moved).filter(({ isDisputed }) => isDisputed);
    return { kind: 'changed-there', theirs, theirsMark, groups };
  }
  const verdicts = mergePatch(change, theirs.fields, entityOf(change.type).rules);
  const isDisputed = (_fields: readonly string[], group: string): boolean => {
    const verdict = verdicts.find((one) => one.group === group)?.verdict;
    return verdict === 'conflict' || verdict === 'confirm';
  };
  const kind = verdicts.some(({ verdict }) => verdict === 'conflict') ? 'both-changed' : 'needs-confirmation';
  return { kind, theirs, theirsMark, groups: groupsOf(change, theirs.fields, isDisputed) };
}

function groupsOf(
  change: QueuedChange,
  theirs: FieldValues | null,
  isDisputed: (fields: readonly string[], group: string) => boolean,
): readonly ConflictGroup[] {
  const { rules, fields: all } = entityOf(change.type);
  const shown = all.filter((field) => field in change.patch || (theirs !== null && hasMoved(change, theirs, field)));
  const groups = new Map(
    shown.map((field) => [groupOf(field, rules.groups).group, groupOf(field, rules.groups).fields]),
  );
  return [...groups].map(([group, fields]) => ({
    group,
    isDisputed: isDisputed(fields, group),
    fields: fields
      .filter((field) => field in change.patch || field in change.seen)
      .map((field) => ({
        field,
        base: change.seen[field] ?? null,
        mine: change.kind === 'delete' ? null : (change.patch[field] ?? change.seen[field] ?? null),
        theirs: theirs?.[field] ?? null,
      })),
  }));
}

function hasMoved({ seen }: QueuedChange, theirs: FieldValues, field: string): boolean {
  return field in seen && !isEqual(seen[field], theirs[field]);
}

function markOf(fields: FieldValues): string {
  const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
