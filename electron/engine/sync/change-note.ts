import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { FieldValues } from '../domain/merge.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import { entityOf } from './entities.ts';

/** What happened to a queued change. The screens' words for it are in shared/contract/history.ts. */
export type ChangeEvent =
  | 'queued'
  | 'coalesced'
  | 'sent'
  | 'found'
  | 'already-so'
  | 'adopted'
  | 'conflict'
  | 'quarantine'
  | 'decided-mine'
  | 'decided-theirs'
  | 'undone'
  | 'discarded'
  | 'exported'
  | 'imported'
  | 'rescued'
  | 'rows-sent';

/** As the history stores it: the same keys for every change, so that it can be asked about a record or an account. */
export type NotedChange = {
  readonly type: string;
  readonly lid: string;
  readonly account: string | null;
  readonly kind: QueuedChange['kind'];
  readonly name: string;
  readonly patch: FieldValues;
  readonly seen: FieldValues;
  readonly reason?: string;
  readonly message?: string;
};

type Subject = Pick<QueuedChange, 'opId' | 'actor' | 'type' | 'lid' | 'accountLid' | 'kind' | 'patch' | 'seen'>;

/** Appends to the history, in the transaction that makes it true. Never a secret: those are not in a patch (SYNC 3.12). */
export function noteChange(
  { repositories, clock }: { readonly repositories: Repositories; readonly clock: Clock },
  tx: Tx<'journal'>,
  change: Subject,
  happened: {
    readonly event: ChangeEvent;
    readonly correlationId?: string;
    readonly reason?: string;
    readonly message?: string;
  },
): void {
  const { event, correlationId = '', ...why } = happened;
  const noted: NotedChange = {
    ...{ type: change.type, lid: change.lid, kind: change.kind, patch: change.patch, seen: change.seen },
    account: change.type === 'account' ? change.lid : change.accountLid,
    name: nameOf(repositories, change),
    ...why,
  };
  repositories.audit.append(tx, {
    ...{ at: isoTime(clock.now()), actor: change.actor, opId: change.opId, event, correlationId },
    detail: JSON.stringify(noted),
  });
  const state = ROW_OUTCOMES[event];
  if (state) repositories.importChanges.settle(tx, change.opId, { state, correlationId });
}

/** What the row of an import hears of its change; that it waits for a person is told by the outbox itself. */
const ROW_OUTCOMES: { readonly [E in ChangeEvent]?: 'sent' | 'withdrawn' } = {
  sent: 'sent',
  found: 'sent',
  'already-so': 'sent',
  adopted: 'sent',
  'decided-theirs': 'withdrawn',
  undone: 'withdrawn',
  discarded: 'withdrawn',
  exported: 'withdrawn',
};

/** The name as the person sees it while the change waits; a new record is not in the cache yet. */
export function nameOf(repositories: Repositories, { type, lid, patch }: Subject): string {
  const entity = entityOf(type);
  return entity.nameOf(entity.view(repositories, lid) ?? patch);
}
