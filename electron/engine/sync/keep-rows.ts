import type { UserFields } from '../../../shared/model/user.ts';
import type { UploadBatch, UploadItem } from '../database/upload-repository.ts';
import type { ServerUser } from '../domain/records.ts';
import { isoTime } from '../runtime/clock.ts';
import { turn } from '../runtime/turn.ts';
import { overlayOf } from './projection.ts';
import type { PushContext } from './push-changes.ts';
import { sparedGeneration } from './scope-key.ts';
import type { RowOutcome } from './send-rows.ts';
import { fieldsOf } from './upload-row.ts';

/** The answer to one request: what has become of each of its rows. */
export type RowAnswer = { readonly items: readonly UploadItem[]; readonly outcomes: readonly RowOutcome[] };

/** Answers that share a commit. More of them would keep a query waiting, fewer would wait for the disk once each (PERF 1c). */
const ANSWERS_PER_COMMIT = 4;

export type RowKeeper = {
  /** Resolves when the answer is kept in both files. Answers that come close together share a commit. */
  keep(batch: UploadBatch, account: number, answer: RowAnswer): Promise<void>;
};

/** Keeps what has become of the rows of uploads: cache first, then the journal (SYNC 3.0). `kept` hears of every commit. */
export function createRowKeeper(context: Pick<PushContext, 'repositories' | 'clock'>, kept: () => void): RowKeeper {
  const { repositories, clock } = context;
  const { uploads, users, outbox, journal, cache, ids, audit, uploadRows } = repositories;
  type Waiting = RowAnswer & {
    readonly batch: UploadBatch;
    readonly account: number;
    /** Rows whose users a look was quicker to show than the answer (IMP-9). */
    listed: readonly string[];
  };
  let open: { readonly answers: Waiting[]; readonly done: Promise<void> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function nextGroup(): NonNullable<typeof open> {
    const answers: Waiting[] = [];
    const done = last.then(() => {
      // From here on an answer is one of the next commit.
      if (open?.answers === answers) open = null;
      return write(answers);
    });
    last = done.catch(() => undefined);
    return { answers, done };
  }

  async function write(answers: readonly Waiting[]): Promise<void> {
    for (const answer of answers) {
      await turn();
      show(answer);
    }
    cache.settle();
    // A hundred rows in each of two files: queries come in between. The journal forgets last, whatever happens here.
    await turn();
    settle(answers);
    kept();
  }

  function show(waiting: Waiting): void {
    const { batch, account, items, outcomes } = waiting;
    const sent = sentRows(items, outcomes);
    const known = users.lidsBySid(sent.map(({ record }) => record.sid));
    waiting.listed = sent.flatMap(({ item, record }) => (known.has(record.sid) ? [item.lid] : []));
    const refused = items.filter((_, index) => outcomes[index]?.update.state === 'refused');
    const lanes = outbox.lanes([...sent.map(({ item }) => item.lid), ...refused.map(({ lid }) => lid)]);
    cache.write((tx) => {
      const page = sent.map(({ item, record }) => ({
        ...{ record, lid: item.lid, overlay: overlayOf(lanes.get(item.lid) ?? []) },
      }));
      if (page.length > 0) users.applyServer(tx, account, page, sparedGeneration(repositories, batch.accountLid));
      for (const item of refused) {
        const edited = overlayOf(lanes.get(item.lid) ?? [])?.patch;
        users.setView(tx, item.lid, { ...fieldsOf(item), ...(edited as Partial<UserFields>) }, 4);
      }
    }, 'stay-open');
  }

  function settle(answers: readonly Waiting[]): void {
    journal.write((tx) => {
      for (const { batch, items, outcomes, listed } of answers) {
        const sent = sentRows(items, outcomes);
        for (const { item, record } of sent) ids.bind(tx, item.lid, record.sid);
        uploads.settle(
          tx,
          batch.importId,
          outcomes.map(({ update }) => update),
        );
        if (listed.length > 0) uploadRows.markVisible(tx, listed);
        if (sent.length === 0) continue;
        const rows = sent.map(({ item }) => item.row);
        const { accountLid, fileName } = batch;
        const detail = { kind: 'import', account: accountLid, name: fileName, count: rows.length, rows };
        const correlationId = outcomes[0]?.update.correlationId ?? '';
        audit.append(tx, {
          ...{ at: isoTime(clock.now()), actor: batch.actor, opId: batch.importId },
          ...{ event: 'rows-sent', detail: JSON.stringify(detail), correlationId },
        });
      }
    });
  }

  return {
    keep(batch, account, answer) {
      if (open === null || open.answers.length === ANSWERS_PER_COMMIT) open = nextGroup();
      open.answers.push({ ...answer, batch, account, listed: [] });
      return open.done;
    },
  };
}

function sentRows(items: readonly UploadItem[], outcomes: readonly RowOutcome[]) {
  return outcomes.flatMap(({ record }, index) => {
    const item = items[index];
    return record && item ? [{ item, record: record as ServerUser }] : [];
  });
}
