import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { mergePatch, movedFields, type FieldValues, type GroupVerdict } from '../domain/merge.ts';
import type { ChangeReason } from '../domain/lane.ts';
import { entityOf, type ServerRecord } from './entities.ts';

/** One operation as it goes over the wire, alone or in a batch. Once sent it never changes (SYNC 3.3). */
export type Operation = {
  readonly op: 'add' | 'replace' | 'remove';
  readonly id?: string;
  readonly body?: Record<string, unknown>;
};

/** What is kept of a request: with it, whether the cloud was given the key and can tell a repeat by it, and for how long it said so. */
export type SentOperation = Operation & { readonly isKeyed?: boolean; readonly keptSeconds?: number };

/** What is written down of a request that leaves now. Of a repeat it is what was written first, but for the shorter of the times. */
export function sentOperation(
  { sentBody }: QueuedChange,
  operation: Operation,
  { idempotencyKey, idempotencyTtlSeconds }: Capabilities,
): SentOperation {
  const first = sentBody === null ? { ...operation, isKeyed: idempotencyKey } : (JSON.parse(sentBody) as SentOperation);
  if (first.isKeyed !== true || !idempotencyKey) return first;
  return { ...first, keptSeconds: Math.min(first.keptSeconds ?? idempotencyTtlSeconds, idempotencyTtlSeconds) };
}

export type Prepared =
  | {
      readonly kind: 'send';
      readonly operation: Operation;
      readonly ifMatch: string | null;
      readonly accountSid: string | null;
    }
  /** The server already has what the person wants. */
  | { readonly kind: 'already-done' }
  | { readonly kind: 'conflict'; readonly reason: ChangeReason; readonly verdicts: readonly GroupVerdict[] }
  | { readonly kind: 'gone' };

/**
 * Turns a queued change into the request to send now, judged against the newest known record of the server (SYNC 3.6, check a).
 * A change that was sent before is returned as it was sent.
 */
export function prepareChange(repositories: Repositories, change: QueuedChange, capabilities: Capabilities): Prepared {
  const entity = entityOf(change.type);
  const accountSid = change.accountLid === null ? null : (repositories.accounts.key(change.accountLid)?.sid ?? null);
  if (entity.isInAccount && accountSid === null) return { kind: 'gone' };
  if (change.sentBody !== null) {
    const { isKeyed: _key, keptSeconds: _time, ...operation } = JSON.parse(change.sentBody) as SentOperation;
    return {
      kind: 'send',
      operation,
      ifMatch: change.sentIfMatch,
      accountSid,
    };
  }
  if (change.kind === 'create') {
    if (change.type === 'user' && accountSid === null) return { kind: 'gone' };
    const body = entity.body(change.patch);
    const reference = capabilities.externalRef ? { externalRef: change.lid } : {};
    return { kind: 'send', operation: { op: 'add', body: { ...body, ...reference } }, ifMatch: null, accountSid };
  }
  const base = entity.base(repositories, change.lid);
  if (!base) return { kind: 'gone' };
  // Whatever the cloud said of itself: a record that came with an ETag is never overwritten without it.
  const ifMatch = base.etag;
  if (change.kind === 'delete') {
    if (movedFields(change.seen, base.fields).length > 0)
      return { kind: 'conflict', reason: 'changed-on-server', verdicts: [] };
    return { kind: 'send', operation: { op: 'remove', id: base.sid }, ifMatch, accountSid };
  }
  return preparePatch(change, base, { ifMatch, accountSid });
}

function preparePatch(
  change: QueuedChange,
  base: ServerRecord,
  to: { ifMatch: string | null; accountSid: string | null },
): Prepared {
  const entity = entityOf(change.type);
  const verdicts = mergePatch(change, base.fields, entity.rules);
  if (verdicts.some(({ verdict }) => verdict === 'conflict'))
    return { kind: 'conflict', reason: 'changed-on-server', verdicts };
  if (verdicts.some(({ verdict }) => verdict === 'confirm'))
    return { kind: 'conflict', reason: 'needs-confirmation', verdicts };
  const sent = verdicts.filter(({ verdict }) => verdict === 'send');
  if (sent.length === 0) return { kind: 'already-done' };
  const values = Object.assign({}, ...sent.map((verdict) => verdict.values)) as FieldValues;
  return { kind: 'send', operation: { op: 'replace', id: base.sid, body: entity.body(values) }, ...to };
}
