import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { baseFields, groupOf, type FieldValues } from '../domain/merge.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { noteChange } from './change-note.ts';
import { conflictView } from './conflict-view.ts';
import type { Recorder } from './enqueue.ts';
import { entityOf, writtenBack } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { overlayOf, project } from './projection.ts';
import { dependantsOf, uploadsInto } from './undo.ts';

export type Choice = {
  readonly group: string;
  readonly choice: 'mine' | 'theirs' | 'edit';
  readonly values: FieldValues;
};
type Desk = {
  readonly repositories: Repositories;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly recorder: Recorder;
};

/** The change as it would be after the decisions: what is kept of mine, with what the person typed instead. */
export function decidedPatch(change: QueuedChange, choices: readonly Choice[]): FieldValues {
  const { rules, fields: known } = entityOf(change.type);
  const patch: Record<string, FieldValues[string]> = { ...change.patch };
  for (const { group, choice, values } of choices) {
    if (choice === 'mine') continue;
    for (const field of Object.keys(patch)) if (groupOf(field, rules.groups).group === group) delete patch[field];
    if (choice === 'theirs') continue;
    for (const [field, value] of Object.entries(values)) {
      if (known.includes(field) && groupOf(field, rules.groups).group === group) patch[field] = value;
    }
  }
  return patch;
}

/**
 * Decides a conflict by the person's word (L8). What is kept of "mine" becomes a new request on top of the server's values of now; a
 * further change over there asks again. Returns whether anything of it still waits to be sent.
 */
export function resolveConflict(desk: Desk, change: QueuedChange, choices: readonly Choice[]): boolean {
  const { kind, theirs, groups } = conflictView(desk.repositories, change);
  // Where the other side took its changes back no group is left to name, and the person's word holds for the record.
  const isTheirs =
    groups.length > 0
      ? groups.every(({ group }) => choiceOf(choices, group) === 'theirs')
      : choices.some(({ choice }) => choice === 'theirs');
  if (kind === 'gone-there') {
    if (isTheirs || change.kind === 'delete') return giveUpGone(desk, change);
    // A user that found no account to go to stays itself, and so does an account: users and uploads wait for it by its id. A user that was
    // deleted after it arrived is made as another record.
    const home = change.accountLid === null ? null : desk.repositories.accounts.key(change.accountLid);
    if (change.kind !== 'create' || home?.sid) return makeAgain(desk, change, choices);
  }
  const patch = decidedPatch(change, choices);
  if (isTheirs || (change.kind === 'patch' && Object.keys(patch).length === 0)) return giveUp(desk, change);
  const { fields, rules } = entityOf(change.type);
  const now = theirs?.fields ?? {};
  const base = change.kind === 'delete' ? fields : baseFields({ patch, seen: now }, rules, fields);
  const seen = Object.fromEntries(base.map((field) => [field, now[field] ?? '']));
  requeue(desk, change, { patch, seen });
  return true;
}

function choiceOf(choices: readonly Choice[], group: string): Choice['choice'] {
  return choices.find((one) => one.group === group)?.choice ?? 'mine';
}

function requeue(desk: Desk, change: QueuedChange, { patch, seen }: { patch: FieldValues; seen: FieldValues }): void {
  const { repositories, identifiers } = desk;
  repositories.journal.write((tx) => {
    noteChange(desk, tx, { ...change, patch, seen }, { event: 'decided-mine' });
    repositories.outbox.update(tx, change.opId, { ...freshRequest(identifiers), serverMessage: '', patch, seen });
  });
  project(repositories, change.type, change.lid);
}

function giveUp(desk: Desk, change: QueuedChange): boolean {
  const { repositories } = desk;
  repositories.journal.write((tx) => {
    noteChange(desk, tx, change, { event: 'decided-theirs' });
    repositories.outbox.remove(tx, change.opId);
  });
  project(repositories, change.type, change.lid);
  return false;
}

/** The record is gone, and with it everything that waits for it; the rows of uploads into it too. */
function giveUpGone(desk: Desk, change: QueuedChange): boolean {
  const { repositories } = desk;
  const { uploads, users } = repositories;
  const all = [change, ...dependantsOf(repositories, change)];
  const rows = repositories.journal.write((tx) => {
    const taken = uploadsInto(repositories, change).flatMap(({ importId }) =>
      uploads.takeBack(tx, importId, Number.MAX_SAFE_INTEGER),
    );
    for (const one of all.toReversed()) {
      noteChange(desk, tx, one, { event: 'decided-theirs' });
      repositories.outbox.remove(tx, one.opId);
      if (one.kind === 'create') repositories.ids.forget(tx, one.lid);
    }
    return taken;
  });
  for (const { type, lid } of all) project(repositories, type, lid);
  repositories.cache.write((tx) => {
    users.remove(
      tx,
      rows.map(({ lid }) => lid),
    );
    entityOf(change.type).remove(tx, repositories, change.lid);
  });
  return false;
}

/** Kept although it was deleted over there: a new record with the values of this one. Never the old identity (SYNC 3.5). */
function makeAgain(desk: Desk, change: QueuedChange, choices: readonly Choice[]): boolean {
  const { repositories, recorder } = desk;
  const entity = entityOf(change.type);
  const decided = decidedPatch(change, choices);
  // The screen shows this change and what the person changed after it; both go into the new record.
  const view = entity.view(repositories, change.lid) ?? { ...change.seen, ...change.patch };
  const behind = repositories.outbox.lane(change.lid).filter(({ seq }) => seq > change.seq);
  const later = overlayOf(behind)?.patch as FieldValues | undefined;
  const kept = Object.fromEntries(entity.fields.map((field) => [field, view[field] ?? entity.blank[field] ?? '']));
  const refused = Object.keys(change.patch).filter((field) => !(field in decided));
  const back = Object.fromEntries(refused.map((field) => [field, change.seen[field] ?? '']));
  const fields = { ...writtenBack(change.type, { ...kept, ...back }), ...decided, ...later };
  // First the new one: a crash in between leaves the question standing rather than the person's word lost.
  recorder.create(change.type, change.accountLid, fields);
  giveUpGone(desk, change);
  return true;
}
