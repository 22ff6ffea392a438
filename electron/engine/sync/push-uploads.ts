import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { UploadBatch, UploadItem } from '../database/upload-repository.ts';
import { FLOW_START, narrow, widen, type Flow } from '../domain/flow.ts';
import { turn } from '../runtime/turn.ts';
import { createWindow } from '../runtime/window.ts';
import { createRowKeeper } from './keep-rows.ts';
import { keySeconds } from './kept-key.ts';
import type { PushContext } from './push-changes.ts';
import { createRowSender } from './send-rows.ts';
import { isSafe } from './upload-row.ts';

/** What the caller has to say while an upload runs. */
export type UploadGate = {
  /** How many rows may be under way now. 0: what is under way is waited for, and no other row goes. */
  room(): number;
  /** Outcomes are in the journal. */
  kept(): void;
};

export type UploadPusher = {
  /** Sends the rows of an upload that may go now. Returns how many requests it made; 0: nothing may go. */
  push(batch: UploadBatch, capabilities: Capabilities, gate: UploadGate): Promise<number>;
};

type Target = { readonly sid: string; readonly rowid: number };

/**
 * Sends the rows of imports, in batches and several at a time (SYNC 3.13, IMP-8): as soon as one request is judged and kept the next
 * one leaves, so that the line is never idle while a row waits.
 */
export function createUploadPusher(context: PushContext, changed: () => void): UploadPusher {
  const { repositories, clock } = context;
  const { uploads, journal } = repositories;
  const sender = createRowSender(context);
  const keeper = createRowKeeper(context, changed);
  let flow: Flow = FLOW_START;

  async function push(batch: UploadBatch, capabilities: Capabilities, gate: UploadGate): Promise<number> {
    const account = repositories.accounts.key(batch.accountLid);
    // The account itself may still be waiting for its create.
    if (!account?.sid) return 0;
    const target: Target = { sid: account.sid, rowid: account.rowid };
    const perRequest = Math.max(1, capabilities.batchSize);
    const window = createWindow();
    let count = 0;
    try {
      for (;;) {
        const wanted = Math.min(gate.room() - window.size(), (flow.width - window.count()) * perRequest);
        const mayClaim = !window.hasFailed() && (count === 0 || context.mayGoOn());
        if (mayClaim && wanted > 0) {
          const { lookCount, items } = await claim(batch, target, capabilities, wanted);
          const requests = slices(items, perRequest);
          for (const rows of requests) window.start(rows.length, () => sendItems(batch, target, rows, capabilities));
          count += lookCount + requests.length;
          if (lookCount > 0) gate.kept();
        }
        if (window.count() === 0) return count;
        await window.next();
        // Answers that were kept together free their places together.
        await turn();
        gate.kept();
      }
    } finally {
      await window.drain();
    }
  }

  /** Takes the next rows for sending, after a look at those whose fate is in doubt. */
  async function claim(
    batch: UploadBatch,
    target: Target,
    capabilities: Capabilities,
    wanted: number,
  ): Promise<{ readonly lookCount: number; readonly items: readonly UploadItem[] }> {
    context.clockWatch.look();
    const ready = uploads.ready(batch.importId, clock.now(), wanted);
    const sendable: UploadItem[] = [];
    let lookCount = 0;
    for (const [index, item] of ready.entries()) {
      if (index > 0 && !context.mayGoOn()) break;
      if (!isSafe(clock.now(), item, capabilities)) {
        await resolveAmbiguous(batch, target, item, capabilities);
        lookCount += 1;
      } else sendable.push(item);
    }
    // Looking took time: what the person has taken back meanwhile is not sent.
    const still = new Set(
      sendable.length === ready.length
        ? ready.map(({ row }) => row)
        : uploads.ready(batch.importId, clock.now(), wanted).map(({ row }) => row),
    );
    const items = sendable.filter(({ row }) => still.has(row));
    // While other rows were looked up another person may have come: these wait for the one whose they are.
    if (items.length === 0 || repositories.outbox.viewer() !== batch.actor) return { lookCount, items: [] };
    // One wait for the disk for all that leave together, before the first byte of any (L3).
    journal.write((tx) =>
      uploads.markInflight(
        tx,
        batch.importId,
        items.map(({ row }) => row),
        clock.now(),
        { keptSeconds: keySeconds(capabilities), withRef: capabilities.externalRef },
      ),
    );
    return { lookCount, items };
  }

  async function sendItems(
    batch: UploadBatch,
    { sid, rowid }: Target,
    items: readonly UploadItem[],
    capabilities: Capabilities,
  ): Promise<void> {
    const { outcomes, isPushedBack } = await sender.send(sid, items, capabilities);
    flow = isPushedBack ? narrow(flow) : widen(flow);
    await keeper.keep(batch, rowid, { items, outcomes });
  }

  async function resolveAmbiguous(
    batch: UploadBatch,
    { sid, rowid }: Target,
    item: UploadItem,
    capabilities: Capabilities,
  ): Promise<void> {
    const outcome = await sender.lookUp(sid, item, capabilities);
    await keeper.keep(batch, rowid, { items: [item], outcomes: [outcome] });
  }

  return { push };
}

function slices<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
