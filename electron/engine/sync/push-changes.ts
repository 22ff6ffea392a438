import { HEADERS } from '../../../shared/cloud/paths.ts';
import { wireBatchAnswer, wireError, type Capabilities } from '../../../shared/cloud/wire.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Answer } from '../remote/answer.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ChangeLedger } from './change-ledger.ts';
import { prepareChange, type Operation } from './change-request.ts';
import type { Cloud } from './cloud.ts';
import { entityOf } from './entities.ts';
import { fetchRecord, lookForCreate } from './reconcile.ts';
import { settleChange } from './settle-change.ts';

type Sendable = {
  readonly change: QueuedChange;
  readonly operation: Operation;
  readonly ifMatch: string | null;
  readonly accountSid: string | null;
};
export type PushContext = {
  readonly repositories: Repositories;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ledger: ChangeLedger;
};

/** Sends the changes that may go now, at most one per record. Returns how many answers were final. */
export async function pushChanges(
  context: PushContext,
  ready: readonly QueuedChange[],
  capabilities: Capabilities,
): Promise<number> {
  const sendable: Sendable[] = [];
  for (const change of ready) {
    const next = await prepare(context, change, capabilities);
    if (next) sendable.push(next);
  }
  let finished = ready.length - sendable.length;
  for (const group of grouped(sendable, capabilities)) {
    context.ledger.markInflight(
      group.map(({ change, operation, ifMatch }) => ({ change, ifMatch, sentBody: JSON.stringify(operation) })),
    );
    const answers = await sendGroup(context, group, capabilities);
    for (const [index, item] of group.entries()) {
      const answer = answers[index] ?? { kind: 'lost', reason: 'not-json', message: 'the batch answer is too short' };
      if (await settle(context, item, answer, capabilities)) finished += 1;
    }
  }
  return finished;
}

/** Null when the change needs no request, or cannot have one now. */
async function prepare(
  context: PushContext,
  change: QueuedChange,
  capabilities: Capabilities,
): Promise<Sendable | null> {
  const { repositories, ledger } = context;
  const isAmbiguous = change.state === 'unknown' && change.sentBody !== null;
  if (isAmbiguous && !isReplayable(context, change, capabilities)) {
    await resolveAmbiguous(context, change, capabilities);
    return null;
  }
  // Without If-Match the only guard is a look right before the write (CLOUD_API.md "Ours").
  if (
    !capabilities.etag &&
    change.kind !== 'create' &&
    change.sentBody === null &&
    !(await refreshBase(context, change))
  )
    return null;
  const prepared = prepareChange(repositories, change, capabilities);
  switch (prepared.kind) {
    case 'send':
      return { change, ...prepared };
    case 'already-done':
      ledger.acknowledge(change, entityOf(change.type).base(repositories, change.lid), {
        event: 'already-so',
        correlationId: '',
      });
      return null;
    case 'gone':
      ledger.stop(change, 'conflict', { reason: 'gone-on-server', message: '', correlationId: '' });
      return null;
    case 'conflict':
      ledger.stop(change, 'conflict', {
        reason: 'changed-on-server',
        message: '',
        correlationId: '',
        verdicts: prepared.verdicts,
      });
      return null;
  }
}

function isReplayable({ clock }: PushContext, change: QueuedChange, capabilities: Capabilities): boolean {
  const age = clock.now() - (change.firstSentAt ?? 0);
  return capabilities.idempotencyKey && age < capabilities.idempotencyTtlSeconds * 1000;
}

/** Nobody knows whether the request was executed and the server cannot tell repeats apart: look at what it has. */
async function resolveAmbiguous(context: PushContext, change: QueuedChange, capabilities: Capabilities): Promise<void> {
  const { ledger, clock } = context;
  if (change.kind !== 'create') {
    // With the newest record the merge sees by itself whether the change has arrived.
    if (await refreshBase(context, change)) ledger.renew(change);
    return;
  }
  const accountSid = accountSidOf(context, change);
  const found = await lookForCreate(context.cloud, capabilities, {
    type: change.type,
    lid: change.lid,
    accountSid,
    fields: change.patch,
  });
  switch (found.kind) {
    case 'ours':
      ledger.acknowledge(change, found.record, { event: 'found', correlationId: change.correlationId });
      break;
    case 'theirs':
      ledger.stop(change, 'quarantine', { reason: 'already-in-use', message: '', correlationId: change.correlationId });
      break;
    case 'none':
      ledger.renew(change);
      break;
    case 'unknown':
      ledger.update(change, { nextAt: clock.now() + 2000 });
      break;
  }
}

/** Fetches the server's record and puts it under the change. False when that did not work or ended the change. */
async function refreshBase(context: PushContext, change: QueuedChange): Promise<boolean> {
  const { repositories, cloud, ledger, clock } = context;
  const sid = entityOf(change.type).sid(repositories, change.lid);
  if (sid === null) return false;
  const record = await fetchRecord(cloud, change.type, { sid, accountSid: accountSidOf(context, change) });
  if (record === 'unknown') {
    ledger.update(change, { nextAt: clock.now() + 2000 });
    return false;
  }
  if (record === null) {
    if (change.kind === 'delete') ledger.acknowledge(change, null, { event: 'already-so', correlationId: '' });
    else ledger.stop(change, 'conflict', { reason: 'gone-on-server', message: '', correlationId: '' });
    return false;
  }
  ledger.rebase(change, record);
  return true;
}

function accountSidOf({ repositories }: PushContext, change: QueuedChange): string | null {
  return change.accountLid === null ? null : (repositories.accounts.key(change.accountLid)?.sid ?? null);
}

/** Users of one account go together where the server has bulk operations; everything else alone. */
function grouped(sendable: readonly Sendable[], { batchSize }: Capabilities): readonly (readonly Sendable[])[] {
  const groups: Sendable[][] = [];
  for (const item of sendable) {
    const last = groups.at(-1);
    const head = last?.[0];
    const fits =
      batchSize > 1 &&
      entityOf(item.change.type).hasBatch &&
      head?.change.type === item.change.type &&
      head.accountSid === item.accountSid;
    if (last && fits && last.length < batchSize) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

async function sendGroup(
  context: PushContext,
  group: readonly Sendable[],
  capabilities: Capabilities,
): Promise<readonly Answer[]> {
  const [first] = group;
  if (!first) return [];
  if (group.length === 1) return [await sendAlone(context, first, capabilities)];
  const operations = group.map(({ change, operation, ifMatch }) => ({
    ...operation,
    headers: operationHeaders(change.idemKey, ifMatch, capabilities),
  }));
  const path = entityOf(first.change.type).collectionPath(first.accountSid);
  const answer = await context.cloud.send({
    method: 'PATCH',
    service: 'admin',
    path,
    body: JSON.stringify({ operations }),
  });
  if (answer.kind === 'refused' && BATCH_NOT_TAKEN.has(answer.status)) {
    // The server takes no bulk operation, or none of this size: one by one, with the same keys and bytes.
    const answers: Answer[] = [];
    for (const item of group) answers.push(await sendAlone(context, item, capabilities));
    return answers;
  }
  return splitBatch(answer, group.length);
}

const BATCH_NOT_TAKEN = new Set([404, 405, 413]);

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

function sendAlone(
  { cloud }: PushContext,
  { change, operation, ifMatch, accountSid }: Sendable,
  capabilities: Capabilities,
): Promise<Answer> {
  const collection = entityOf(change.type).collectionPath(accountSid);
  const method = { add: 'POST', replace: 'PATCH', remove: 'DELETE' } as const;
  return cloud.send({
    method: method[operation.op],
    service: 'admin',
    path: operation.id === undefined ? collection : `${collection}/${encodeURIComponent(operation.id)}`,
    body: operation.body === undefined ? undefined : JSON.stringify(operation.body),
    idempotencyKey: capabilities.idempotencyKey ? change.idemKey : undefined,
    ifMatch: ifMatch ?? undefined,
  });
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
    if (statusCode === 429)
      return { kind: 'throttled', status: statusCode, retryAfterMs: null, message, correlationId };
    if (statusCode >= 500) return { kind: 'broken', status: statusCode, message, correlationId };
    return { kind: 'refused', status: statusCode, message, body, correlationId };
  });
}

/** True when the change is off the queue or waits for a person. */
async function settle(
  context: PushContext,
  { change: sent }: Sendable,
  answer: Answer,
  capabilities: Capabilities,
): Promise<boolean> {
  const { repositories, ledger, clock, random } = context;
  // While the request was under way the delta may have shown the record and taken the change off the queue.
  const change = repositories.outbox.get(sent.opId);
  if (!change) return true;
  const correlationId = answer.kind === 'lost' ? '' : answer.correlationId;
  const message = answer.kind === 'ok' || answer.kind === 'unauthorised' ? '' : answer.message;
  const settlement = settleChange(change, answer, clock.now(), random());
  switch (settlement.kind) {
    case 'acknowledged': {
      const record = entityOf(change.type).parse(settlement.body);
      if (record || change.kind === 'delete') {
        ledger.acknowledge(change, record, { event: 'sent', correlationId });
        return true;
      }
      // A 2xx that does not say what was stored proves nothing.
      ledger.update(change, { state: 'unknown', reason: 'answer-lost', nextAt: clock.now() + 2000, correlationId });
      return false;
    }
    case 'again': {
      const attempts = settlement.countsAttempt ? change.attempts : Math.max(0, change.attempts - 1);
      ledger.update(change, {
        state: settlement.state,
        reason: settlement.reason,
        nextAt: settlement.nextAt,
        attempts,
        correlationId,
        serverMessage: message,
      });
      return false;
    }
    case 'merge':
      if (await refreshBase(context, change)) ledger.renew(change);
      return false;
    case 'look':
      await settleClash(context, change, { capabilities, message, correlationId });
      return true;
    case 'conflict':
    case 'quarantine':
      ledger.stop(change, settlement.kind, { reason: settlement.reason, message, correlationId });
      return true;
  }
}

/** 409 on a create: ours from an attempt whose answer was lost, or somebody else's record with the same address. */
async function settleClash(
  context: PushContext,
  change: QueuedChange,
  clash: { capabilities: Capabilities; message: string; correlationId: string },
): Promise<void> {
  const accountSid = accountSidOf(context, change);
  const found = await lookForCreate(context.cloud, clash.capabilities, {
    type: change.type,
    lid: change.lid,
    accountSid,
    fields: change.patch,
  });
  const { ledger, clock } = context;
  if (found.kind === 'ours')
    ledger.acknowledge(change, found.record, { event: 'found', correlationId: clash.correlationId });
  else if (found.kind === 'unknown') ledger.update(change, { state: 'unknown', nextAt: clock.now() + 2000 });
  else {
    const reason = found.kind === 'theirs' ? 'already-in-use' : 'not-accepted';
    ledger.stop(change, 'quarantine', { reason, message: clash.message, correlationId: clash.correlationId });
  }
}
