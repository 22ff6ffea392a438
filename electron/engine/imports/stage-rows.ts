import { addressKey, severityCode } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { checkRow } from '../domain/import-validation.ts';
import type { RowCounts } from '../database/import-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftContext } from './draft-context.ts';
import { createRowOrder } from './row-order.ts';
import type { RowOrder } from './row-order.ts';
import { createTally } from './row-writer.ts';
import type { Draft } from './row-writer.ts';

/** Fills a new staging: rows as they come, then what is known only when all are there. */
export type RowStager = {
  add(states: readonly RowState[]): Promise<void>;
  finish(): Promise<{ readonly counts: RowCounts; readonly order: RowOrder; readonly nextRow: number }>;
};

/** `firstRow`: the number of the first row; numbers are never used twice within an import. */
export function createRowStager(context: DraftContext, draft: Draft, firstRow: number): RowStager {
  const { journal, rows, rules, breathe } = context;
  const { staging, accountLid } = draft;
  const customRoles = rules.customRoles(accountLid);
  const order = createRowOrder();
  const counts = { rowCount: 0, errorCount: 0, warningCount: 0, infoCount: 0 };
  const firstWithKey = new Map<string, number>();
  const repeated = new Set<number>();
  let nextRow = firstRow;

  function write(before: readonly (PreviewRow | null)[], after: readonly PreviewRow[]): void {
    const tally = createTally();
    journal.write((tx) => {
      if (before[0]) for (const row of after) rows.put(tx, staging, row);
      else rows.insert(tx, staging, after);
    });
    for (const [index, row] of after.entries()) tally.note(before[index] ?? null, row);
    const { delta, marks } = tally.written();
    for (const [rowId, mark] of marks) order.set(rowId, mark);
    for (const field of Object.keys(counts) as (keyof RowCounts)[]) counts[field] += delta[field];
  }

  function toRow(state: RowState, owners: ReturnType<typeof rules.findOwners>): PreviewRow {
    const rowId = nextRow;
    nextRow += 1;
    const emailKey = addressKey(state.values);
    const first = emailKey === '' ? undefined : firstWithKey.get(emailKey);
    if (first !== undefined) repeated.add(first);
    else if (emailKey !== '') firstWithKey.set(emailKey, rowId);
    const issues = checkRow(state.values, { owner: owners.get(emailKey) ?? null, customRoles });
    const isDuplicate = first !== undefined;
    const severity = severityCode(state.notes.length > 0 ? [...state.notes, ...issues] : issues, isDuplicate);
    return { ...state, rowId, emailKey, issues, isDuplicate, severity };
  }

  return {
    async add(states) {
      for (let at = 0; at < states.length; at += SLICE_ROWS * 2) {
        const slice = states.slice(at, at + SLICE_ROWS * 2);
        const owners = rules.findOwners(
          accountLid,
          slice.flatMap(({ values }) => addressKey(values) || []),
        );
        const made = slice.map((state) => toRow(state, owners));
        write([], made);
        await breathe();
      }
    },
    async finish() {
      // The first of several rows with one address is known to be one of them only now.
      const firsts = [...repeated];
      for (let at = 0; at < firsts.length; at += SLICE_ROWS) {
        const found = rows.many(staging, firsts.slice(at, at + SLICE_ROWS));
        write(
          found,
          found.map((row) => ({ ...row, isDuplicate: true, severity: 3 })),
        );
        await breathe();
      }
      return { counts, order, nextRow };
    },
  };
}
