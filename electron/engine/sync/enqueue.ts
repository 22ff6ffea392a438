import { emailKey } from '../../../shared/model/email.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { EntityType } from '../domain/lane.ts';
import { baseFields, isEqual, mergePatch, type FieldValues } from '../domain/merge.ts';
import { PATCH_SCHEMA_VERSION } from '../domain/upcast.ts';
import type { Clock } from '../runtime/clock.ts';
import { isoTime } from '../runtime/clock.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { noteChange } from './change-note.ts';
import { entityOf } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { project, showIfRoom } from './projection.ts';

export type Recorder = {
  /** A new record; it exists on this laptop when the call returns. Resolves the id. */
  create(type: EntityType, accountLid: string | null, fields: FieldValues): string;
  /** Changed fields of a record. `view` is the record as the person saw it. Resolves the change's id. */
  patch(
    type: EntityType,
    at: { lid: string; accountLid: string | null },
    patch: FieldValues,
    view: FieldValues,
  ): string;
  /** A row of an import that changes or deletes a user, in the transaction that takes it out of the preview. Resolves the change's id. */
  queueRow(
    tx: Tx<'journal'>,
    at: { importId: string; lid: string; accountLid: string; kind: 'patch' | 'delete' },
    patch: FieldValues,
    view: FieldValues,
  ): string;
  /** Deletes a record; `view` is the record as the person saw it. One that exists only here is simply taken back. */
  remove(type: EntityType, at: { lid: string; accountLid: string | null }, view: FieldValues): void;
};

/** Writes a person's change into the journal, durable before it is shown, then shows it (SYNC 3.0). */
export function createRecorder(options: {
  readonly repositories: Repositories;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly actor: () => string;
  readonly wake: () => void;
}): Recorder {
  const { repositories, clock, identifiers, actor, wake } = options;
  const { journal, outbox, ids } = repositories;
  const here = { repositories, clock };

  /** A record that exists only here must be on the server before what hangs on it can be. */
  function needed(lids: readonly (string | null)[]): string[] {
    return lids.filter((lid): lid is string => lid !== null && ids.isMinted(lid) && ids.sidOf(lid) === null);
  }

  type Fresh = Pick<QueuedChange, 'type' | 'lid' | 'accountLid' | 'kind' | 'patch' | 'seen'>;

  function queue(
    tx: Tx<'journal'>,
    fresh: Fresh,
    needs: readonly (string | null)[],
    importId: string | null = null,
  ): string {
    const opId = identifiers.next();
    const groupId = importId ?? opId;
    const change = { ...fresh, opId, groupId, actor: actor(), schemaVersion: PATCH_SCHEMA_VERSION };
    const createdAt = isoTime(clock.now());
    outbox.enqueue(tx, { ...change, idemKey: identifiers.next(), createdAt, importId, needs: needed(needs) });
    noteChange(here, tx, change, { event: 'queued' });
    return opId;
  }

  function baseOf(type: EntityType, patch: FieldValues, view: FieldValues): FieldValues {
    const { rules, fields } = entityOf(type);
    const base = baseFields({ patch, seen: view }, rules, fields);
    return Object.fromEntries(base.map((field) => [field, view[field] ?? '']));
  }

  /** What the screen shows of a field is what the cloud has, not what waits here; `ahead` will have moved it when these changes leave. */
  function isOfTheCloud(
    { type, lid }: Pick<Fresh, 'type' | 'lid'>,
    shown: FieldValues,
    ahead: readonly QueuedChange[],
  ): (field: string) => boolean {
    const known = entityOf(type).base(repositories, lid)?.fields;
    const isMoving = (field: string): boolean => ahead.some(({ patch }) => field in patch);
    return (field) => field in shown && !isMoving(field) && isEqual(known?.[field], shown[field]);
  }

  /**
   * The base of an edit that another one joins: what the cloud had when the person began. An edit that was looked up after a lost answer
   * may have arrived; the next one begins with that. What somebody else moved under the first is not hidden by the second.
   */
  function grownBase(last: QueuedChange, seen: FieldValues): FieldValues {
    const entity = entityOf(last.type);
    const known = entity.base(repositories, last.lid)?.fields ?? {};
    const arrived = mergePatch(last, known, entity.rules).filter(({ verdict }) => verdict === 'same');
    const isThere = new Set(arrived.flatMap(({ group }) => entity.rules.groups[group] ?? [group]));
    const ahead = outbox.lane(last.lid).filter(({ opId }) => opId !== last.opId);
    const isShown = isOfTheCloud(last, seen, ahead);
    const first = Object.entries(last.seen).filter(([field]) => !(isThere.has(field) && isShown(field)));
    return { ...seen, ...Object.fromEntries(first) };
  }

  /** A record is deleted once. One delete that stands in front of the person is meant by whoever deletes what the screen shows now. */
  function again(tx: Tx<'journal'>, standing: QueuedChange, seen: FieldValues): string {
    if (standing.state === 'conflict' || standing.state === 'quarantine') {
      noteChange(here, tx, { ...standing, seen }, { event: 'decided-mine' });
      outbox.update(tx, standing.opId, { ...freshRequest(identifiers), serverMessage: '', seen });
    }
    return standing.opId;
  }

  return {
    create(type, accountLid, fields) {
      const lid = identifiers.next();
      journal.write((tx) => {
        ids.mint(tx, lid, type, isoTime(clock.now()));
        queue(tx, { type, lid, accountLid, kind: 'create', patch: fields, seen: {} }, [accountLid]);
      });
      showIfRoom(() => project(repositories, type, lid));
      wake();
      return lid;
    },
    patch(type, { lid, accountLid }, patch, view) {
      const seen = baseOf(type, patch, view);
      const opId = journal.write((tx) => {
        const last = outbox.lane(lid).at(-1);
        // Coalescing never touches a request that may have left (SYNC 3.5).
        if (last && last.kind !== 'delete' && last.actor === actor() && canGrow(last)) {
          const grown = {
            patch: { ...last.patch, ...patch },
            seen: last.kind === 'create' ? {} : grownBase(last, seen),
          };
          outbox.update(tx, last.opId, {
            ...grown,
            // What the server has judged and the person then corrected is another request.
            ...(last.state === 'queued' ? {} : freshRequest(identifiers)),
            // What a person edits goes with the single changes, also when an import began it.
            ...(last.importId === null ? {} : { importId: null }),
          });
          noteChange(here, tx, { ...last, ...grown }, { event: 'coalesced' });
          return last.opId;
        }
        return queue(tx, { type, lid, accountLid, kind: 'patch', patch, seen }, [accountLid, lid]);
      });
      project(repositories, type, lid);
      wake();
      return opId;
    },
    queueRow(tx, { importId, lid, accountLid, kind }, patch, view) {
      const seen = kind === 'delete' ? view : baseOf('user', patch, view);
      return queue(tx, { type: 'user', lid, accountLid, kind, patch, seen }, [accountLid, lid], importId);
    },
    remove(type, { lid, accountLid }, view) {
      const { fields } = entityOf(type);
      const seen = Object.fromEntries(fields.map((field) => [field, view[field] ?? '']));
      journal.write((tx) => {
        // Edits that never left are not worth sending before the delete; their first base is what the delete is judged by.
        const lane = outbox.lane(lid);
        const unsent = lane.filter((change) => change.kind === 'patch' && canGrow(change));
        const ahead = lane.filter((change) => !unsent.includes(change));
        const isShown = isOfTheCloud({ type, lid }, seen, ahead);
        const bases = unsent.toReversed().flatMap((change) => Object.entries(change.seen));
        const first = Object.fromEntries(bases.filter(([field]) => !isShown(field)));
        for (const change of unsent) outbox.remove(tx, change.opId);
        const standing = ahead.find(({ kind }) => kind === 'delete');
        if (standing) return again(tx, standing, { ...seen, ...first });
        return queue(tx, { type, lid, accountLid, kind: 'delete', patch: {}, seen: { ...seen, ...first } }, [lid]);
      });
      showIfRoom(() => project(repositories, type, lid));
      wake();
    },
  };
}

/** Not under way, and nobody wonders what became of it. */
function canGrow({ state, firstSentAt }: QueuedChange): boolean {
  return (state === 'queued' && firstSentAt === null) || state === 'quarantine' || state === 'conflict';
}

/** Another user of the account has the address already, here or in the queue. */
export function findAddress(repositories: Repositories, account: number, email: string, exceptLid: string | null) {
  return repositories.users.findByEmails(account, [emailKey(email)]).find(({ lid }) => lid !== exceptLid) ?? null;
}
