import { addressKey, severityCode } from '../domain/import-row-state.ts';
import type { Planned } from '../domain/import-plan.ts';
import type { RowState } from '../domain/import-row-state.ts';
import type { RowCounts } from '../database/import-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftContext } from './draft-context.ts';
import { createRowOrder } from './row-order.ts';
import type { RowOrder } from './row-order.ts';
import { createCounts } from './row-writer.ts';
import type { Draft } from './row-writer.ts';
import type { Judge } from './account-rules.ts';

/** Fills a new staging: rows as they come, then what is known only when all are there. */
export type RowStager = {
  /** `known`: rows that have a number already, and the plan of each that a person has seen. Numbers must grow. */
  add(states: readonly RowState[], known?: readonly KnownRow[]): Promise<void>;
  finish(): Promise<{ readonly counts: RowCounts; readonly order: RowOrder; readonly nextRow: number }>;
};

export type KnownRow = { readonly rowId: number; readonly before: Planned | null };

/** A batch of the reader in one transaction: about 5 ms. */
const STAGED_ROWS = 1000;

/** Addresses of other accounts are looked for at the end, all at once. */
const NOT_YET_LOOKED: ReadonlyMap<string, string> = new Map();

/** `firstRow`: the number of the first row; numbers are never used twice within an import. */
export function createRowStager(context: DraftContext, draft: Draft, firstRow: number): RowStager {
  const { journal, rows, rules, breathe } = context;
  const { staging } = draft;
  const order = createRowOrder();
  const counts = createCounts();
  const firstWithKey = new Map<string, number>();
  const repeated = new Set<number>();
  let nextRow = firstRow;

  function write(before: readonly (PreviewRow | null)[], after: readonly PreviewRow[]): void {
    // A crash leaves nothing of a reading; the transaction that puts the rows in their place makes them durable.
    journal.writeLazily((tx) =>
      rows.edit(tx, staging, (sheet) => {
        for (const row of after) sheet.put(row);
      }),
    );
    for (const [index, row] of after.entries()) {
      counts.note(before[index] ?? null, row);
      order.set(row.rowId, row);
    }
  }

  function toRow(state: RowState, emailKey: string, judge: Judge, known: KnownRow | undefined): PreviewRow {
    const rowId = known?.rowId ?? nextRow;
    nextRow = rowId + 1;
    const first = emailKey === '' ? undefined : firstWithKey.get(emailKey);
    if (first !== undefined) repeated.add(first);
    else if (emailKey !== '') firstWithKey.set(emailKey, rowId);
    const { action, issues, planned, target } = judge(state, known?.before ?? null, emailKey);
    const isDuplicate = first !== undefined;
    const { sourceRow, values, notes, isChanged, existing } = state;
    const severity = severityCode(notes.length > 0 ? [...notes, ...issues] : issues, isDuplicate);
    // Field by field: a copy of all that an object has costs several times as much, and this is done for every row of a file.
    return {
      rowId,
      sourceRow,
      values,
      emailKey,
      notes,
      issues,
      isDuplicate,
      severity,
      isChanged,
      action,
      existing,
      target,
      planned,
    };
  }

  async function rewrite(
    rowIds: readonly number[],
    next: (row: PreviewRow, judge: Judge) => PreviewRow,
    elsewhere = NOT_YET_LOOKED,
  ): Promise<void> {
    for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
      const found = rows.many(staging, rowIds.slice(at, at + SLICE_ROWS));
      const judge = rules.judgeFor(
        draft,
        found.map(({ emailKey }) => emailKey),
        elsewhere,
      );
      write(
        found,
        found.map((row) => next(row, judge)),
      );
      await breathe();
    }
  }

  return {
    async add(states, known = []) {
      for (let at = 0; at < states.length; at += STAGED_ROWS) {
        const slice = states.slice(at, at + STAGED_ROWS);
        const keys = slice.map(({ values }) => addressKey(values));
        const judge = rules.judgeFor(
          draft,
          keys.filter((key) => key !== ''),
          NOT_YET_LOOKED,
        );
        const made = slice.map((state, index) => toRow(state, keys[index] ?? '', judge, known[at + index]));
        write([], made);
        await breathe();
      }
    },
    async finish() {
      const elsewhere = await rules.findElsewhere(draft.accountLid, firstWithKey);
      const strangers = [...elsewhere.keys()].flatMap((key) => firstWithKey.get(key) ?? []);
      const withStranger = (row: PreviewRow, judge: Judge): PreviewRow => {
        const judged = judge(row, null);
        return { ...row, ...judged, severity: severityCode([...row.notes, ...judged.issues], row.isDuplicate) };
      };
      await rewrite(strangers, withStranger, elsewhere);
      // The first of several rows with one address is known to be one of them only now.
      await rewrite([...repeated], (row) => ({ ...row, isDuplicate: true, severity: 3 }));
      return { counts: counts.written(), order, nextRow };
    },
  };
}
