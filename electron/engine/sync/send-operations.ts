import { HEADERS } from '../../../shared/cloud/paths.ts';
import { wireBatchAnswer, wireError, type Capabilities } from '../../../shared/cloud/wire.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Answer } from '../remote/answer.ts';
import type { CloudRequest } from '../remote/cloud-client.ts';
import type { Operation } from './change-request.ts';
import type { Cloud } from './cloud.ts';
import { entityOf } from './entities.ts';

/** A change that is ready to go, as it will go. */
export type Sendable = {
  readonly change: QueuedChange;
  readonly operation: Operation;
  readonly ifMatch: string | null;
  readonly accountSid: string | null;
};

/** Users of one account go together where the server has bulk operations; everything else alone. */
export function grouped(sendable: readonly Sendable[], { batchSize }: Capabilities): readonly (readonly Sendable[])[] {
  const groups: Sendable[][] = [];
  for (const item of sendable) {
    const last = groups.at(-1);
    const head = last?.[0];
    const fits =
      goesInBatch(item, { batchSize }) && head?.change.type === item.change.type && head.accountSid === item.accountSid;
    if (last && fits && last.length < batchSize) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

export async function sendGroup(
  cloud: Cloud,
  group: readonly Sendable[],
  {
    capabilities,
    isStillGood,
  }: { readonly capabilities: Capabilities; readonly isStillGood: (item: Sendable) => boolean },
): Promise<readonly Answer[]> {
  const [first] = group;
  if (!first) return [];
  const sendAlone = (item: Sendable): Promise<Answer> =>
    cloud.send({ ...requestOf(item, capabilities), isStillGood: () => isStillGood(item) });
  // A repeat must be the same request, so what went into a batch once goes into a batch again, even alone.
  if (!goesInBatch(first, capabilities)) return [await sendAlone(first)];
  const operations = group.map(({ change, operation, ifMatch }) => ({
    ...operation,
    headers: operationHeaders(change.idemKey, ifMatch, capabilities),
  }));
  const path = entityOf(first.change.type).collectionPath(first.accountSid);
  const answer = await cloud.send({
    method: 'PATCH',
    service: 'admin',
    path,
    body: JSON.stringify({ operations }),
    isOnce: !group.every(isGuarded),
    isStillGood: () => group.every(isStillGood),
  });
  if (answer.kind === 'refused' && BATCH_NOT_TAKEN.has(answer.status)) {
    // The server takes no bulk operation, or none of this size: one by one, with the same keys and bytes.
    const answers: Answer[] = [];
    for (const item of group) answers.push(await sendAlone(item));
    return answers;
  }
  return splitBatch(answer, group.length);
}

/** The server judged the envelope and none of the operations. */
export const BATCH_NOT_TAKEN: ReadonlySet<number> = new Set([400, 404, 405, 413]);

function goesInBatch({ change }: Sendable, { batchSize }: Pick<Capabilities, 'batchSize'>): boolean {
  return batchSize > 1 && entityOf(change.type).hasBatch;
}

export function operationHeaders(
  idemKey: string,
  ifMatch: string | null,
  capabilities: Capabilities,
): Record<string, string> {
  return {
    ...(capabilities.idempotencyKey ? { [HEADERS.idempotencyKey]: idemKey } : {}),
    ...(ifMatch === null ? {} : { [HEADERS.ifMatch]: ifMatch }),
  };
}

function requestOf({ change, operation, ifMatch, accountSid }: Sendable, capabilities: Capabilities): CloudRequest {
  const collection = entityOf(change.type).collectionPath(accountSid);
  const method = { add: 'POST', replace: 'PATCH', remove: 'DELETE' } as const;
  return {
    method: method[operation.op],
    service: 'admin',
    path: operation.id === undefined ? collection : `${collection}/${encodeURIComponent(operation.id)}`,
    body: operation.body === undefined ? undefined : JSON.stringify(operation.body),
    idempotencyKey: capabilities.idempotencyKey ? change.idemKey : undefined,
    ifMatch: ifMatch ?? undefined,
    isOnce: !isGuarded({ operation, ifMatch }),
  };
}

/** The cloud itself would refuse it if the record had moved since the look. */
function isGuarded({ operation, ifMatch }: Pick<Sendable, 'operation' | 'ifMatch'>): boolean {
  return operation.op === 'add' || ifMatch !== null;
}

/** One answer per operation, by position. An answer to the whole batch is the answer to each. */
export function splitBatch(answer: Answer, count: number): readonly Answer[] {
  const parsed = answer.kind === 'ok' ? wireBatchAnswer.safeParse(answer.body) : null;
  if (!parsed) return Array.from({ length: count }, () => answer);
  if (!parsed.success)
    return Array.from(
      { length: count },
      () => ({ kind: 'lost', reason: 'not-json', message: 'not a batch answer' }) as const,
    );
  const whole = answer.kind === 'ok' ? answer.correlationId : '';
  return parsed.data.operations.map(({ statusCode, headers, body }): Answer => {
    const correlationId = headers[HEADERS.correlationId] ?? whole;
    const error = wireError.safeParse(body);
    const message = error.success ? error.data.message : '';
    if (statusCode < 300)
      return { kind: 'ok', status: statusCode, body, correlationId, etag: headers[HEADERS.etag] ?? null };
    if (statusCode === 401) return { kind: 'unauthorised', correlationId };
    if (statusCode === 429 || (statusCode === 409 && HEADERS.retryAfter in headers))
      return { kind: 'throttled', status: statusCode, retryAfterMs: null, message, correlationId };
    if (statusCode >= 500) return { kind: 'broken', status: statusCode, message, correlationId };
    return { kind: 'refused', status: statusCode, message, body, correlationId };
  });
}
