import type { ChangeUpdate, QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { ChangeReason } from '../domain/lane.ts';
import { compareMarks } from '../domain/records.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import type { Attempt } from '../database/attempt-repository.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { noteChange, type ChangeEvent } from './change-note.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import { freshRequest } from './fresh-request.ts';
import { overlayOf, project } from './projection.ts';
import { versionWatch } from './versions.ts';

export type Tried = Omit<Attempt, 'at'> & { readonly opId: string };

/** Writes the outcome of a change into cache, journal and audit, in the order that a crash cannot harm (SYNC 3.0). */
export type ChangeLedger = {
  /** Durable before the first byte leaves: after a crash the same request can be sent again. */
  markInflight(changes: readonly { change: QueuedChange; sentBody: string; ifMatch: string | null }[]): void;
  /** The server has it: cache first (idempotent, guarded by revision), then the journal forgets. */
  acknowledge(
    change: QueuedChange,
    record: ServerRecord | null,
    proof: { event: ChangeEvent; correlationId: string },
  ): void;
  /** A newer record of the server than the one the change was made on. */
  rebase(change: QueuedChange, record: ServerRecord): void;
  update(change: QueuedChange, update: ChangeUpdate): void;
  /** Stands until a person decides. */
  stop(
    change: QueuedChange,
    state: 'conflict' | 'quarantine',
    why: { reason: ChangeReason; message: string; correlationId: string },
  ): void;
  /** What came back, for the person who asks why a change stands. */
  attempted(tries: readonly Tried[]): void;
  /** The next attempt is another request: another body, another key. */
  renew(change: QueuedChange): void;
};

export function createChangeLedger(repositories: Repositories, clock: Clock, identifiers: Identifiers): ChangeLedger {
  const { journal, cache, outbox, ids, attempts, uploadRows } = repositories;
  const here = { repositories, clock };

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
      const isListed = record !== null && isKnownAs(record, entity.base(repositories, change.lid));
      cache.write((tx) => {
        // A record that was seen to be gone is not brought back by an answer: a repeat is answered with what once was.
        if (record && (change.kind !== 'patch' || entity.base(repositories, change.lid)))
          entity.applyServer(tx, repositories, change, record, overlayOf(rest), versionWatch(tx, here, 'here'));
        else if (change.kind === 'delete') entity.remove(tx, repositories, change.lid);
      });
      journal.write((tx) => {
        if (record && change.kind === 'create') ids.bind(tx, change.lid, record.sid);
        outbox.remove(tx, change.opId);
        noteChange(here, tx, change, { event, correlationId });
        if (isListed && uploadRows.hasUnseen()) uploadRows.markVisible(tx, [change.lid]);
      });
      project(repositories, change.type, change.lid);
    },
    rebase(change, record) {
      const entity = entityOf(change.type);
      cache.write((tx) => {
        const overlay = overlayOf(outbox.lane(change.lid));
        entity.applyServer(tx, repositories, change, record, overlay, versionWatch(tx, here, 'there'));
      });
    },
    update(change, update) {
      journal.write((tx) => outbox.update(tx, change.opId, update));
    },
    stop(change, state, { reason, message, correlationId }) {
      const sid = reason === 'gone-on-server' ? entityOf(change.type).sid(repositories, change.lid) : null;
      if (sid !== null) cache.write((tx) => entityOf(change.type).lose(tx, repositories, sid));
      journal.write((tx) => {
        outbox.update(tx, change.opId, { state, reason, serverMessage: message, correlationId, nextAt: 0 });
        noteChange(here, tx, change, { event: state, reason, message, correlationId });
      });
      project(repositories, change.type, change.lid);
    },
    attempted(tries) {
      const at = isoTime(clock.now());
      journal.write((tx) => {
        for (const { opId, ...attempt } of tries) attempts.append(tx, opId, { at, ...attempt });
      });
    },
    renew(change) {
      journal.write((tx) => outbox.update(tx, change.opId, freshRequest(identifiers)));
    },
  };
}

/** A look was quicker than the answer: it has shown what the answer tells (IMP-9), and will not show it once more. */
function isKnownAs(record: ServerRecord, known: ServerRecord | null): boolean {
  return known !== null && known.sid === record.sid && compareMarks(record, known) !== 'newer';
}
