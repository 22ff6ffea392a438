import { emailKey } from '../../../shared/model/email.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { EntityType } from '../domain/lane.ts';
import { baseFields, type FieldValues } from '../domain/merge.ts';
import { PATCH_SCHEMA_VERSION } from '../domain/upcast.ts';
import type { Clock } from '../runtime/clock.ts';
import { isoTime } from '../runtime/clock.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { entityOf } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { project, showIfRoom } from './projection.ts';

export type Recorder = {
  /** A new record; it exists on this laptop when the call returns. Resolves the id. */
  create(type: EntityType, accountLid: string | null, fields: FieldValues): string;
  /** Changed fields of a record. `view` is the record as the person saw it. */
  patch(type: EntityType, at: { lid: string; accountLid: string | null }, patch: FieldValues, view: FieldValues): void;
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
  const { journal, outbox, ids, audit } = repositories;

  function note(tx: Parameters<typeof audit.append>[0], opId: string, event: string, detail: unknown): void {
    audit.append(tx, {
      at: isoTime(clock.now()),
      actor: actor(),
      opId,
      event,
      detail: JSON.stringify(detail),
      correlationId: '',
    });
  }

  /** A record that exists only here must be on the server before what hangs on it can be. */
  function needed(lids: readonly (string | null)[]): string[] {
    return lids.filter((lid): lid is string => lid !== null && ids.isMinted(lid) && ids.sidOf(lid) === null);
  }

  return {
    create(type, accountLid, fields) {
      const lid = identifiers.next();
      const opId = identifiers.next();
      const createdAt = isoTime(clock.now());
      journal.write((tx) => {
        ids.mint(tx, lid, type, createdAt);
        outbox.enqueue(tx, {
          ...{ opId, groupId: opId, actor: actor(), type, lid, accountLid, kind: 'create', patch: fields, seen: {} },
          ...{
            schemaVersion: PATCH_SCHEMA_VERSION,
            idemKey: identifiers.next(),
            createdAt,
            needs: needed([accountLid]),
          },
        });
        // Enough to make the change again, should the queue's own page be damaged (SYNC 3.11).
        note(tx, opId, 'queued', { type, lid, accountLid, create: fields });
      });
      showIfRoom(() => project(repositories, type, lid));
      wake();
      return lid;
    },
    patch(type, { lid, accountLid }, patch, view) {
      const rules = entityOf(type).rules;
      const seen = Object.fromEntries(baseFields(patch, rules.groups).map((field) => [field, view[field] ?? '']));
      journal.write((tx) => {
        const last = outbox.lane(lid).at(-1);
        // Coalescing never touches a request that may have left (SYNC 3.5).
        if (last && last.kind !== 'delete' && last.actor === actor() && canGrow(last)) {
          // Keeps the first base: that is what the server had when the person began.
          outbox.update(tx, last.opId, {
            patch: { ...last.patch, ...patch },
            seen: last.kind === 'create' ? {} : { ...seen, ...last.seen },
            // What the server has judged and the person then corrected is another request.
            ...(last.state === 'queued' ? {} : freshRequest(identifiers)),
          });
          note(tx, last.opId, 'coalesced', { type, lid, patch, seen });
          return;
        }
        const opId = identifiers.next();
        outbox.enqueue(tx, {
          ...{ opId, groupId: opId, actor: actor(), type, lid, accountLid, kind: 'patch', patch, seen },
          ...{ schemaVersion: PATCH_SCHEMA_VERSION, idemKey: identifiers.next(), createdAt: isoTime(clock.now()) },
          needs: needed([accountLid, lid]),
        });
        note(tx, opId, 'queued', { type, lid, accountLid, patch, seen });
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
