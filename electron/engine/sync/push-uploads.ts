import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { ItemUpdate, UploadBatch, UploadItem } from '../database/upload-repository.ts';
import { backoffMs } from '../domain/backoff.ts';
import { FLOW_START, narrow, widen, type Flow } from '../domain/flow.ts';
import type { ServerUser } from '../domain/records.ts';
import type { UserFields } from '../../../shared/model/user.ts';
import type { Answer } from '../remote/answer.ts';
import { turn } from '../runtime/turn.ts';
import { isoTime } from '../runtime/clock.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import { overlayOf } from './projection.ts';
import type { PushContext } from './push-changes.ts';
import { lookForCreate } from './reconcile.ts';
import { sparedGeneration } from './scope-key.ts';
import { newestOf } from './still-there.ts';
import { bodyOf, fieldsOf, isKeyed, isRepeat } from './upload-row.ts';
import { BATCH_NOT_TAKEN, operationHeaders, splitBatch } from './send-operations.ts';

const USER = entityOf('user');

export type UploadPusher = {
  /** Sends the next rows of an upload. Returns how many requests it made; 0: nothing may go now. */
  push(batch: UploadBatch, capabilities: Capabilities, most: number): Promise<number>;
};

/** Sends the rows of imports, in batches and several at a time, and writes the outcome of each row (SYNC 3.13, IMP-8). */
export function createUploadPusher(context: PushContext, changed: () => void): UploadPusher {
  const { repositories, cloud, clock, random } = context;
  const { uploads, journal, cache, ids, audit } = repositories;
  let flow: Flow = FLOW_START;

  async function push(batch: UploadBatch, capabilities: Capabilities, most: number): Promise<number> {
    const account = repositories.accounts.key(batch.accountLid);
    // The account itself may still be waiting for its create.
    if (!account?.sid) return 0;
    const perRequest = Math.max(1, capabilities.batchSize);
    const wanted = Math.min(most, perRequest * flow.width);
    const ready = uploads.ready(batch.importId, clock.now(), wanted);
    const sendable: UploadItem[] = [];
    for (const [index, item] of ready.entries()) {
      if (index > 0 && !context.mayGoOn()) break;
      if (item.state === 'unknown' && !isReplayable(item, capabilities))
        await resolveAmbiguous(batch, account.sid, item, capabilities);
      else sendable.push(item);
    }
    // Looking took time: what the person has taken back meanwhile is not sent.
    const still = new Set(
      sendable.length === ready.length
        ? ready.map(({ row }) => row)
        : uploads.ready(batch.importId, clock.now(), wanted).map(({ row }) => row),
    );
    const requests = slices(
      sendable.filter(({ row }) => still.has(row)),
      perRequest,
    );
    const count = ready.length === 0 ? 0 : Math.max(1, requests.length);
    // While other rows were looked up another person may have come: these wait for the one whose they are.
    if (requests.length === 0 || repositories.outbox.viewer() !== batch.actor) return count;
    // One wait for the disk for all that leave together, before the first byte of any (L3).
    journal.write((tx) =>
      uploads.markInflight(
        tx,
        batch.importId,
        requests.flat().map(({ row }) => row),
        clock.now(),
        { keyed: capabilities.idempotencyKey, withRef: capabilities.externalRef },
      ),
    );
    await Promise.all(
      requests.map((items) => sendItems(batch, { sid: account.sid ?? '', rowid: account.rowid }, items, capabilities)),
    );
    return count;
  }

  function isReplayable(item: UploadItem, capabilities: Capabilities): boolean {
    const age = clock.now() - (item.firstSentAt ?? 0);
    const isKept = age >= 0 && age < capabilities.idempotencyTtlSeconds * 1000;
    return capabilities.idempotencyKey && item.sentKeyed === 1 && isKept;
  }

  async function sendItems(
    batch: UploadBatch,
    account: { sid: string; rowid: number },
    items: readonly UploadItem[],
    capabilities: Capabilities,
  ): Promise<void> {
    const answers = await request(account.sid, items, capabilities);
    const isPushedBack = answers.some(({ kind }) => kind === 'throttled' || kind === 'broken');
    flow = isPushedBack ? narrow(flow) : widen(flow);
    const outcomes: Outcome[] = [];
    // One after the other: a row in doubt costs a request of its own, and a hundred at once would be a burst.
    for (const [index, item] of items.entries()) {
      const answer = answers[index] ?? { kind: 'lost', reason: 'not-json', message: '' };
      outcomes.push(await judge(account.sid, item, answer, capabilities));
    }
    await turn();
    await record(batch, account.rowid, items, outcomes);
  }

  async function request(
    accountSid: string,
    items: readonly UploadItem[],
    capabilities: Capabilities,
  ): Promise<readonly Answer[]> {
    const path = USER.collectionPath(accountSid);
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
        }),
      ];
    }
    const operations = items.map((item) => ({
      op: 'add',
      body: bodyOf(item, capabilities),
      headers: isKeyed(item, capabilities) ? operationHeaders(item.idemKey, null, capabilities) : {},
    }));
    const answer = await cloud.send({ method: 'PATCH', service: 'admin', path, body: JSON.stringify({ operations }) });
    if (answer.kind === 'refused' && BATCH_NOT_TAKEN.has(answer.status)) {
      // What the server knows and what this program remembers of its batches differ: one by one, with the same keys.
      const answers: Answer[] = [];
      for (const item of items) answers.push(...(await request(accountSid, [item], { ...capabilities, batchSize: 0 })));
      return answers;
    }
    return splitBatch(answer, items.length);
  }

  type Outcome = { readonly update: ItemUpdate; readonly record: ServerRecord | null };

  async function judge(
    accountSid: string,
    item: UploadItem,
    answer: Answer,
    capabilities: Capabilities,
  ): Promise<Outcome> {
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
        const reason = answer.status === 403 ? 'not-permitted' : 'not-accepted';
        return { update: { ...base, state: 'refused', reason, serverMessage: answer.message }, record: null };
      }
    }
  }

  function look(accountSid: string, item: UploadItem, capabilities: Capabilities) {
    return lookForCreate(context, capabilities, { type: 'user', lid: item.lid, accountSid, fields: fieldsOf(item) });
  }

  async function resolveAmbiguous(
    batch: UploadBatch,
    accountSid: string,
    item: UploadItem,
    capabilities: Capabilities,
  ): Promise<void> {
    const found = await look(accountSid, item, capabilities);
    const base = {
      row: item.row,
      correlationId: item.correlationId,
      serverMessage: '',
      reason: '',
      nextAt: 0,
    } as const;
    const rowid = repositories.accounts.key(batch.accountLid)?.rowid ?? 0;
    const update: ItemUpdate =
      found.kind === 'ours'
        ? { ...base, state: 'sent' }
        : found.kind === 'theirs'
          ? { ...base, state: 'refused', reason: 'already-in-use' }
          : {
              ...base,
              state: found.kind === 'none' ? 'queued' : 'unknown',
              nextAt: found.kind === 'none' ? 0 : clock.now() + 2000,
              isAnew: found.kind === 'none',
            };
    await record(batch, rowid, [item], [{ update, record: found.kind === 'ours' ? found.record : null }]);
  }

  /** Cache first, then the journal, each in one transaction for the whole answer (SYNC 3.0). */
  async function record(
    batch: UploadBatch,
    account: number,
    items: readonly UploadItem[],
    outcomes: readonly Outcome[],
  ): Promise<void> {
    const sent = outcomes.flatMap(({ record }, index) => {
      const item = items[index];
      return record && item ? [{ item, record: record as ServerUser }] : [];
    });
    const refused = outcomes.flatMap(({ update }, index) =>
      update.state === 'refused' && items[index] ? [items[index]] : [],
    );
    cache.write((tx) => {
      const page = sent.map(({ item, record }) => {
        const overlay = overlayOf(repositories.outbox.lane(item.lid));
        return { record, lid: item.lid, overlay };
      });
      if (page.length > 0)
        repositories.users.applyServer(tx, account, page, sparedGeneration(repositories, batch.accountLid));
      for (const item of refused) {
        const edited = overlayOf(repositories.outbox.lane(item.lid))?.patch;
        repositories.users.setView(tx, item.lid, { ...fieldsOf(item), ...(edited as Partial<UserFields>) }, 4);
      }
    });
    // A hundred rows in each of two files: queries come in between. The journal forgets last, whatever happens here.
    await turn();
    journal.write((tx) => {
      for (const { item, record } of sent) ids.bind(tx, item.lid, record.sid);
      uploads.settle(
        tx,
        batch.importId,
        outcomes.map(({ update }) => update),
      );
      if (sent.length > 0) {
        const rows = sent.map(({ item }) => item.row);
        const detail = JSON.stringify({
          kind: 'import',
          account: batch.accountLid,
          name: batch.fileName,
          count: rows.length,
          rows,
        });
        const correlationId = outcomes[0]?.update.correlationId ?? '';
        audit.append(tx, {
          at: isoTime(clock.now()),
          actor: batch.actor,
          opId: batch.importId,
          event: 'rows-sent',
          detail,
          correlationId,
        });
      }
    });
    changed();
  }

  return { push };
}

function slices<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
