import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { ItemUpdate, UploadItem } from '../database/upload-repository.ts';
import { backoffMs } from '../domain/backoff.ts';
import type { Answer } from '../remote/answer.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import type { PushContext } from './push-changes.ts';
import { lookForCreate } from './reconcile.ts';
import { BATCH_NOT_TAKEN, operationHeaders, splitBatch } from './send-operations.ts';
import { newestOf } from './still-there.ts';
import { bodyOf, fieldsOf, isKeyed, isRepeat, isSafe } from './upload-row.ts';

const USER = entityOf('user');

/** What has become of a row, and the user that the cloud has made of it. */
export type RowOutcome = { readonly update: ItemUpdate; readonly record: ServerRecord | null };

export type RowSender = {
  /** Sends rows of one account in one request and judges the answer of each. `isPushedBack`: the cloud asks for less at once. */
  send(
    accountSid: string,
    items: readonly UploadItem[],
    capabilities: Capabilities,
  ): Promise<{ readonly outcomes: readonly RowOutcome[]; readonly isPushedBack: boolean }>;
  /** Looks whether a row that may have been sent is there. */
  lookUp(accountSid: string, item: UploadItem, capabilities: Capabilities): Promise<RowOutcome>;
};

/** The requests of an upload: a row is a create of a user, with the key and the reference that let the cloud tell a repeat (SYNC 3.13). */
export function createRowSender(context: PushContext): RowSender {
  const { repositories, cloud, clock, clockWatch, random } = context;

  async function request(
    accountSid: string,
    items: readonly UploadItem[],
    capabilities: Capabilities,
  ): Promise<readonly Answer[]> {
    const path = USER.collectionPath(accountSid);
    const setBacks = clockWatch.look();
    const isStillGood = (): boolean =>
      items.every(({ state }) => state !== 'unknown') ||
      (clockWatch.look() === setBacks && items.every((item) => isSafe(clock.now(), item, capabilities)));
    const [only] = items;
    if (only && capabilities.batchSize <= 1) {
      const body = JSON.stringify(bodyOf(only, capabilities));
      return [
        await cloud.send({
          method: 'POST',
          service: 'admin',
          path,
          body,
          idempotencyKey: isKeyed(only, capabilities) ? only.idemKey : undefined,
          isStillGood,
        }),
      ];
    }
    const operations = items.map((item) => ({
      op: 'add',
      body: bodyOf(item, capabilities),
      headers: isKeyed(item, capabilities) ? operationHeaders(item.idemKey, null, capabilities) : {},
    }));
    const body = JSON.stringify({ operations });
    const answer = await cloud.send({ method: 'PATCH', service: 'admin', path, body, isStillGood });
    if (answer.kind === 'refused' && BATCH_NOT_TAKEN.has(answer.status)) {
      // What the server knows and what this program remembers of its batches differ: one by one, with the same keys.
      const answers: Answer[] = [];
      for (const item of items) answers.push(...(await request(accountSid, [item], { ...capabilities, batchSize: 0 })));
      return answers;
    }
    return splitBatch(answer, items.length);
  }

  async function judge(
    accountSid: string,
    item: UploadItem,
    answer: Answer,
    capabilities: Capabilities,
  ): Promise<RowOutcome> {
    const later = clock.now() + Math.max(200, backoffMs(item.attempts + 1, random()));
    const correlationId = answer.kind === 'lost' ? '' : answer.correlationId;
    const base = { row: item.row, correlationId, serverMessage: '', reason: '', nextAt: 0 } as const;
    // A push-back proves that this attempt was not executed, never that an earlier one was not.
    const unsent = item.state === 'unknown' ? 'unknown' : 'queued';
    switch (answer.kind) {
      case 'ok': {
        const answered = USER.parse(answer.body);
        const asked = answered && isRepeat(item);
        const record = asked ? await newestOf(context, { type: 'user', accountSid }, answered) : answered;
        if (!answered || record === 'unknown')
          return { update: { ...base, state: 'unknown', reason: 'answer-lost', nextAt: later }, record: null };
        if (!record || repositories.tombstones.has(record.sid))
          return { update: { ...base, state: 'refused', reason: 'gone-on-server' }, record: null };
        return { update: { ...base, state: 'sent' }, record };
      }
      case 'unauthorised':
        return { update: { ...base, state: unsent, nextAt: later }, record: null };
      case 'throttled': {
        const nextAt = answer.retryAfterMs === null ? later : clock.now() + answer.retryAfterMs;
        return { update: { ...base, state: unsent, reason: 'cloud-busy', nextAt }, record: null };
      }
      case 'broken':
      case 'lost':
        return {
          update: {
            ...base,
            state: 'unknown',
            reason: answer.kind === 'lost' ? 'answer-lost' : 'cloud-broken',
            nextAt: later,
          },
          record: null,
        };
      case 'refused': {
        if (answer.status === 409) {
          const found = await look(accountSid, item, capabilities);
          if (found.kind === 'ours') return { update: { ...base, state: 'sent' }, record: found.record };
          if (found.kind === 'unknown')
            return { update: { ...base, state: 'unknown', reason: 'answer-lost', nextAt: later }, record: null };
          const reason = found.kind === 'theirs' ? 'already-in-use' : 'not-accepted';
          return { update: { ...base, state: 'refused', reason, serverMessage: answer.message }, record: null };
        }
        // Nothing was asked of a row that is not there yet: it says nothing about the row, nor about an earlier attempt.
        if (answer.status === 412)
          return { update: { ...base, state: unsent, reason: 'cloud-broken', nextAt: later }, record: null };
        const reason = answer.status === 403 ? 'not-permitted' : 'not-accepted';
        return { update: { ...base, state: 'refused', reason, serverMessage: answer.message }, record: null };
      }
    }
  }

  function look(accountSid: string, item: UploadItem, capabilities: Capabilities) {
    return lookForCreate(context, capabilities, { type: 'user', lid: item.lid, accountSid, fields: fieldsOf(item) });
  }

  return {
    async send(accountSid, items, capabilities) {
      const answers = await request(accountSid, items, capabilities);
      const isPushedBack = answers.some(({ kind }) => kind === 'throttled' || kind === 'broken');
      const outcomes: RowOutcome[] = [];
      // One after the other: a row in doubt costs a request of its own, and a hundred at once would be a burst.
      for (const [index, item] of items.entries()) {
        const answer = answers[index] ?? { kind: 'lost', reason: 'not-json', message: '' };
        outcomes.push(await judge(accountSid, item, answer, capabilities));
      }
      return { outcomes, isPushedBack };
    },
    async lookUp(accountSid, item, capabilities) {
      const found = await look(accountSid, item, capabilities);
      const base = {
        row: item.row,
        correlationId: item.correlationId,
        serverMessage: '',
        reason: '',
        nextAt: 0,
      } as const;
      switch (found.kind) {
        case 'ours':
          return { update: { ...base, state: 'sent' }, record: found.record };
        case 'theirs':
          return { update: { ...base, state: 'refused', reason: 'already-in-use' }, record: null };
        case 'none':
          return { update: { ...base, state: 'queued', isAnew: true }, record: null };
        case 'unknown':
          return { update: { ...base, state: 'unknown', nextAt: clock.now() + 2000 }, record: null };
      }
    },
  };
}
