import type { ChangeUpdate, QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { ChangeReason } from '../domain/lane.ts';
import type { GroupVerdict } from '../domain/merge.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { overlayOf, project } from './projection.ts';

/** Writes the outcome of a change into cache, journal and audit, in the order that a crash cannot harm (SYNC 3.0). */
export type ChangeLedger = {
  /** Durable before the first byte leaves: after a crash the same request can be sent again. */
  markInflight(changes: readonly { change: QueuedChange; sentBody: string; ifMatch: string | null }[]): void;
  /** The server has it: cache first (idempotent, guarded by revision), then the journal forgets. */
  acknowledge(change: QueuedChange, record: ServerRecord | null, proof: { event: string; correlationId: string }): void;
  /** A newer record of the server than the one the change was made on. */
  rebase(change: QueuedChange, record: ServerRecord): void;
  update(change: QueuedChange, update: ChangeUpdate): void;
  /** Stands until a person decides. */
  stop(
    change: QueuedChange,
    state: 'conflict' | 'quarantine',
    why: { reason: ChangeReason; message: string; correlationId: string; verdicts?: readonly GroupVerdict[] },
  ): void;
  /** The next attempt is another request: another body, another key. */
  renew(change: QueuedChange): void;
};

export function createChangeLedger(repositories: Repositories, clock: Clock, identifiers: Identifiers): ChangeLedger {
  const { journal, cache, outbox, ids, audit } = repositories;

  function note(
    tx: Parameters<typeof audit.append>[0],
    change: QueuedChange,
    event: string,
    detail: unknown,
    correlationId: string,
  ): void {
    audit.append(tx, {
      at: isoTime(clock.now()),
      actor: change.actor,
      opId: change.opId,
      event,
      detail: JSON.stringify(detail),
      correlationId,
    });
  }

  return {
    markInflight(changes) {
      journal.write((tx) => {
        for (const { change, sentBody, ifMatch } of changes) {
          outbox.update(tx, change.opId, {
            state: 'inflight',
            reason: '',
            sentBody,
            sentIfMatch: ifMatch,
            firstSentAt: change.firstSentAt ?? clock.now(),
            attempts: change.attempts + 1,
          });
        }
      });
    },
    acknowledge(change, record, { event, correlationId }) {
      const entity = entityOf(change.type);
      const rest = outbox.lane(change.lid).filter(({ opId }) => opId !== change.opId);
      cache.write((tx) => {
        if (record) entity.applyServer(tx, repositories, change, record, overlayOf(rest));
        else if (change.kind === 'delete') entity.remove(tx, repositories, change.lid);
      });
      journal.write((tx) => {
        if (record && change.kind === 'create') ids.bind(tx, change.lid, record.sid);
        outbox.remove(tx, change.opId);
        note(
          tx,
          change,
          event,
          { type: change.type, lid: change.lid, patch: change.patch, seen: change.seen },
          correlationId,
        );
      });
      project(repositories, change.type, change.lid);
    },
    rebase(change, record) {
      const entity = entityOf(change.type);
      cache.write((tx) => entity.applyServer(tx, repositories, change, record, overlayOf(outbox.lane(change.lid))));
    },
    update(change, update) {
      journal.write((tx) => outbox.update(tx, change.opId, update));
    },
    stop(change, state, { reason, message, correlationId, verdicts = [] }) {
      journal.write((tx) => {
        outbox.update(tx, change.opId, { state, reason, serverMessage: message, correlationId, nextAt: 0 });
        note(tx, change, state, { reason, message, verdicts }, correlationId);
      });
      project(repositories, change.type, change.lid);
    },
    renew(change) {
      journal.write((tx) => outbox.update(tx, change.opId, freshRequest(identifiers)));
    },
  };
}
