import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { backoffMs } from '../domain/backoff.ts';
import type { Answer } from '../remote/answer.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { ChangeLedger, Tried } from './change-ledger.ts';
import { prepareChange, sentOperation } from './change-request.ts';
import type { Cloud } from './cloud.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import { fetchRecord, lookForCreate } from './reconcile.ts';
import { grouped, sendGroup, type Sendable } from './send-operations.ts';
import { attemptOf, isAsPrepared, isFetched, isGuarded, isReplayable } from './sendability.ts';
import { settleChange } from './settle-change.ts';
import { newestOf } from './still-there.ts';

const FETCH_PAUSE_MS = 1000;

export type PushContext = {
  readonly repositories: Repositories;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly random: () => number;
  readonly ledger: ChangeLedger;
  /** False when nothing more may be sent now: stopped, offline, asked to wait, or nobody answers. */
  readonly mayGoOn: () => boolean;
};

/** Sends the changes that may go now, at most one per record. What `mayGoOn` ends stays queued as it is. */
export async function pushChanges(
  context: PushContext,
  ready: readonly QueuedChange[],
  capabilities: Capabilities,
): Promise<void> {
  const sendable: Sendable[] = [];
  const setBacks = context.clockWatch.look();
  for (const [index, change] of ready.entries()) {
    if (index > 0 && !context.mayGoOn()) break;
    const next = await prepare(context, change, capabilities);
    if (next) sendable.push(next);
  }
  for (const [index, prepared] of grouped(sendable, capabilities).entries()) {
    if (index > 0 && !context.mayGoOn()) return;
    const group = prepared.filter(({ change }) => isAsPrepared(context.repositories, change));
    if (group.length === 0) continue;
    context.ledger.markInflight(
      group.map(({ change, operation, ifMatch }) => ({
        change,
        ifMatch,
        sentBody: JSON.stringify(sentOperation(change, operation, capabilities)),
      })),
    );
    const sentAt = context.clock.now();
    const answers = await sendGroup(context.cloud, group, {
      capabilities,
      isStillGood: ({ change }) =>
        !isInDoubt(change) ||
        (context.clockWatch.look() === setBacks && isReplayable(context.clock.now(), change, capabilities)),
    });
    const durationMs = Math.max(0, context.clock.now() - sentAt);
    const tried: Tried[] = [];
    for (const [index, item] of group.entries()) {
      const answer = answers[index] ?? { kind: 'lost', reason: 'not-json', message: 'the batch answer is too short' };
      tried.push({ opId: item.change.opId, ...attemptOf(answer, durationMs) });
      await settle(context, item, answer, capabilities);
    }
    context.ledger.attempted(tried);
  }
}

/** Nobody knows whether it was executed. What a rescue brought back may have been sent although nothing here says so. */
function isInDoubt({ state, sentBody, reason }: QueuedChange): boolean {
  return state === 'unknown' && (sentBody !== null || reason === 'from-rescue');
}

/** Null when the change needs no request, or cannot have one now. */
async function prepare(
  context: PushContext,
  change: QueuedChange,
  capabilities: Capabilities,
): Promise<Sendable | null> {
  const { repositories, ledger, clock } = context;
  if (!isFetched(repositories, change)) {
    ledger.update(change, { nextAt: clock.now() + FETCH_PAUSE_MS });
    return null;
  }
  if (isInDoubt(change) && !isReplayable(context.clock.now(), change, capabilities)) {
    await resolveAmbiguous(context, change, capabilities);
    return null;
  }
  // Pushed back, not executed: sent as it is it would overwrite what came meanwhile.
  if (change.sentBody !== null && !isGuarded(change, capabilities)) {
    ledger.renew(change);
    return null;
  }
  // Without If-Match the only guard is a look right before the write (CLOUD_API.md "Ours").
  const hasTag = capabilities.etag && entityOf(change.type).base(repositories, change.lid)?.etag;
  if (
    !hasTag &&
    change.kind !== 'create' &&
    change.sentBody === null &&
    !((await refreshBase(context, change)) && isAsPrepared(context.repositories, change))
  )
    return null;
  // Looking took time; what is judged now must be what the person wants now.
  if (!isAsPrepared(context.repositories, change)) return null;
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
      if (change.kind === 'delete') ledger.acknowledge(change, null, { event: 'already-so', correlationId: '' });
      else ledger.stop(change, 'conflict', { reason: 'gone-on-server', message: '', correlationId: '' });
      return null;
    case 'conflict':
      ledger.stop(change, 'conflict', {
        reason: prepared.reason,
        message: '',
        correlationId: '',
      });
      return null;
  }
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
  const found = await lookForCreate(context, capabilities, {
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
  const { repositories, ledger, clock } = context;
  const sid = entityOf(change.type).sid(repositories, change.lid);
  const accountSid = accountSidOf(context, change);
  const record = sid === null ? null : await fetchRecord(context, change.type, { sid, accountSid });
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

async function settle(
  context: PushContext,
  { change: sent }: Sendable,
  answer: Answer,
  capabilities: Capabilities,
): Promise<void> {
  const { repositories, ledger, clock, random } = context;
  // While the request was under way the delta may have shown the record and taken the change off the queue.
  const change = repositories.outbox.get(sent.opId);
  if (!change) return;
  const correlationId = answer.kind === 'lost' ? '' : answer.correlationId;
  const message = answer.kind === 'ok' || answer.kind === 'unauthorised' ? '' : answer.message;
  const settlement = settleChange(change, answer, clock.now(), random());
  switch (settlement.kind) {
    case 'acknowledged': {
      const record = await storedRecord(context, sent, settlement.body);
      // Asking took time; what a listing showed meanwhile is off the queue.
      if (!repositories.outbox.get(change.opId)) return;
      if (record === 'gone') ledger.stop(change, 'conflict', { reason: 'gone-on-server', message, correlationId });
      else if (record !== 'unknown') ledger.acknowledge(change, record, { event: 'sent', correlationId });
      else
        ledger.update(change, { state: 'unknown', reason: 'answer-lost', nextAt: clock.now() + 2000, correlationId });
      return;
    }
    case 'again': {
      const attempts = settlement.countsAttempt ? change.attempts : Math.max(0, change.attempts - 1);
      ledger.update(change, {
        // A push-back proves that this attempt was not executed, never that an earlier one was not.
        state: sent.state === 'unknown' ? 'unknown' : settlement.state,
        reason: settlement.reason,
        nextAt: settlement.nextAt,
        attempts,
        correlationId,
        serverMessage: message,
      });
      return;
    }
    case 'merge':
      await mergeAnew(context, change);
      return;
    case 'look':
      await settleClash(context, change, { capabilities, message, correlationId });
      return;
    case 'conflict':
    case 'quarantine':
      ledger.stop(change, settlement.kind, { reason: settlement.reason, message, correlationId });
  }
}

/** The record that an accepted request has left behind; null after a delete. A 2xx that does not say what was stored proves nothing. */
async function storedRecord(
  context: PushContext,
  change: QueuedChange,
  body: unknown,
): Promise<ServerRecord | null | 'gone' | 'unknown'> {
  const { kind, type, state } = change;
  const record = entityOf(type).parse(body);
  if (!record) return kind === 'delete' ? null : 'unknown';
  if (context.repositories.tombstones.has(record.sid)) return 'gone';
  if (kind !== 'create' || state !== 'unknown') return record;
  return (await newestOf(context, { type, accountSid: accountSidOf(context, change) }, record)) ?? 'gone';
}

/** 412: judged and not executed, so the merged request may be another one. */
async function mergeAnew(context: PushContext, change: QueuedChange): Promise<void> {
  const { repositories, ledger, clock, random } = context;
  const isRefreshed = await refreshBase(context, change);
  const { state } = repositories.outbox.get(change.opId) ?? {};
  // In front of a person, or gone.
  if (state !== 'inflight') return;
  // Judged and not executed: left under way it would never be taken up again.
  ledger.renew(change);
  // Without the look it would be refused again; and a cloud whose ETags never fit must not be hammered.
  const merges = mergesInARow(repositories, change.opId);
  if (isRefreshed && merges < QUICK_MERGES) return;
  ledger.update(change, { nextAt: clock.now() + Math.max(2000, backoffMs(merges, random())) });
}

/** Other failures say nothing about the ETags: a change that waited long for the network is merged at once. */
function mergesInARow({ attempts }: Repositories, opId: string): number {
  const tries = attempts.of(opId);
  const other = tries.findIndex(({ status }) => status !== 412);
  return 1 + (other < 0 ? tries.length : other);
}

const QUICK_MERGES = 4;

/** 409 on a create: ours from an attempt whose answer was lost, or somebody else's record with the same address. */
async function settleClash(
  context: PushContext,
  change: QueuedChange,
  clash: { capabilities: Capabilities; message: string; correlationId: string },
): Promise<void> {
  const accountSid = accountSidOf(context, change);
  const found = await lookForCreate(context, clash.capabilities, {
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
