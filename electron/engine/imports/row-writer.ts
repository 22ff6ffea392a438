import { NO_ROWS } from '../database/import-repository.ts';
import type { RowCounts } from '../database/import-repository.ts';
import type { ImportRowRepository } from '../database/import-row-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { RowEditor } from '../database/row-sheet.ts';
import type { Tx } from '../database/store.ts';
import { actionOf, addressKey, severityCode } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import type { Planned } from '../domain/import-plan.ts';
import type { ExistingChoice, RowAction } from '../../../shared/model/import-row.ts';
import type { AccountRules } from './account-rules.ts';
import type { Mark } from './row-order.ts';

/** What a row shall be; null: it goes. `before`: the plan that a person has seen of it and that still counts. */
export type RowChange = {
  readonly rowId: number;
  readonly after: RowState | null;
  readonly before?: Planned | null;
};
/** What became of the counts, and of every row that was touched. */
export type Written = { readonly delta: RowCounts; readonly marks: ReadonlyMap<number, Mark | null> };

const COUNT_OF = {
  create: 'createCount',
  change: 'changeCount',
  unchanged: 'unchangedCount',
  skip: 'skipCount',
  conflict: 'conflictCount',
} as const satisfies Record<Exclude<RowAction, 'refused'>, keyof RowCounts>;

export type Draft = { readonly staging: number; readonly accountLid: string; readonly existing: ExistingChoice };
export type WriteRows = (tx: Tx<'journal'>, draft: Draft, changes: readonly RowChange[]) => Written;

/** Writes rows and checks them again: each row itself, and the one row that shares its old or its new address, nothing else. */
export function createRowWriter(rows: ImportRowRepository, rules: AccountRules): WriteRows {
  return (tx, draft, changes) => {
    const keys = changes.flatMap(({ after }) => (after ? addressKey(after.values) : '') || []);
    const judge = rules.judgeFor(draft, keys);
    const tally = createTally();
    rows.edit(tx, draft.staging, (sheet) => {
      const store = (before: PreviewRow | null, row: PreviewRow): void => {
        sheet.put(row);
        tally.note(before, row);
      };
      const neighbours = createNeighbours(sheet, store);
      for (const { rowId, after, before: seen = null } of changes) {
        const before = sheet.get(rowId);
        const key = after ? addressKey(after.values) : '';
        if (after) {
          const judged = judge(after, seen);
          const isDuplicate = neighbours.join(key, rowId);
          const severity = severityCode([...after.notes, ...judged.issues], isDuplicate);
          store(before, { ...after, ...judged, rowId, emailKey: key, isDuplicate, severity });
        } else if (before) {
          sheet.remove(rowId);
          tally.note(before, null);
        }
        if (before && before.emailKey !== key) neighbours.leave(before.emailKey);
      }
    });
    return tally.written();
  };
}

/** Only the way from one row to two with an address, and back, changes what is said about another row. */
function createNeighbours(sheet: RowEditor, store: (before: PreviewRow, row: PreviewRow) => void) {
  function setDuplicate(row: PreviewRow, isDuplicate: boolean): void {
    store(row, { ...row, isDuplicate, severity: severityCode([...row.notes, ...row.issues], isDuplicate) });
  }
  return {
    /** Whether others have the address that this row gets. */
    join(key: string, rowId: number): boolean {
      const others = sheet.withAddress(key, 3).filter((other) => other.rowId !== rowId);
      const [only] = others;
      if (only && others.length === 1 && !only.isDuplicate) setDuplicate(only, true);
      return others.length > 0;
    },
    leave(key: string): void {
      const [only, second] = sheet.withAddress(key, 2);
      if (only && !second && only.isDuplicate) setDuplicate(only, false);
    },
  };
}

/** Counts rows by their worst issue and by what becomes of them, as they come and go. */
export function createCounts() {
  const counts: Record<keyof RowCounts, number> = { ...NO_ROWS };
  const FIELDS = [null, 'infoCount', 'warningCount', 'errorCount'] as const;
  const add = (row: PreviewRow, by: number): void => {
    counts.rowCount += by;
    const field = FIELDS[row.severity];
    if (field) counts[field] += by;
    const action = actionOf(row);
    if (action !== 'refused') counts[COUNT_OF[action]] += by;
  };
  return {
    note(before: PreviewRow | null, after: PreviewRow | null): void {
      if (before) add(before, -1);
      if (after) add(after, 1);
    },
    written: (): RowCounts => ({ ...counts }),
  };
}

/** The counts, and a mark of each row for the list of positions. */
function createTally() {
  const counts = createCounts();
  const marks = new Map<number, Mark | null>();
  return {
    note(before: PreviewRow | null, after: PreviewRow | null): void {
      counts.note(before, after);
      const rowId = (after ?? before)?.rowId;
      if (rowId !== undefined) marks.set(rowId, after);
    },
    written: (): Written => ({ delta: counts.written(), marks }),
  };
}
