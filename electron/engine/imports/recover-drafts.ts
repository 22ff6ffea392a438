import { revertOpenStep } from './edit-draft.ts';
import type { OpenContext } from './open-draft.ts';

const DROPPED_ROWS = 2000;

/** Puts previews right after the program stopped in the middle of something. */
export async function recoverDrafts(context: OpenContext): Promise<void> {
  const { journal, imports, steps, now } = context;
  for (const id of imports.interrupted()) {
    const failure = { failure: 'import.reader-stopped', failureDetail: 'interrupted', reading: null, columns: [] };
    journal.write((tx) => imports.readingFailed(tx, id, failure, now()));
  }
  for (const { staging, step } of steps.open()) {
    const draft = imports.ofStaging(staging);
    if (draft) await revertOpenStep(context, { ...draft, staging }, step);
  }
  void dropLeftOver(context);
}

/**
 * Removes rows that no import names any more, slice by slice behind everything else; not those that are being read right now, and nothing
 * while somebody waits for a preview: the end of that reading begins again.
 * Never rejects: when the program ends meanwhile, the next start goes on.
 */
export async function dropLeftOver(context: OpenContext): Promise<void> {
  const { journal, rows, orders, breathe, readings } = context;
  try {
    const leftOver = rows.leftOver().filter(({ importId }) => !readings.has(importId));
    for (const { staging } of leftOver) {
      orders.forget(staging);
      for (let isLeft = true; isLeft; await breathe()) {
        if (readings.size > 0) return;
        isLeft = journal.write((tx) => rows.dropSlice(tx, staging, DROPPED_ROWS));
      }
    }
  } catch {
    // The journal was closed; what is left is left over again.
  }
}
