import type { RowCounts } from '../database/import-repository.ts';
import type { ImportRowRepository } from '../database/import-row-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { Tx } from '../database/store.ts';
import { addressKey, severityCode } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { checkRow } from '../domain/import-validation.ts';
import type { AddressOwner } from '../domain/import-validation.ts';
import type { Mark } from './row-order.ts';

/** What a row shall be; null: it goes. */
export type RowChange = { readonly rowId: number; readonly after: RowState | null };
/** What became of the counts, and of every row that was touched. */
export type Written = { readonly delta: RowCounts; readonly marks: ReadonlyMap<number, Mark | null> };

/** Who has these addresses in the account, by address key. */
type FindOwners = (accountLid: string, emailKeys: readonly string[]) => ReadonlyMap<string, AddressOwner>;
export type AccountRules = {
  readonly findOwners: FindOwners;
  /** Custom roles assigned to the account. */
  readonly customRoles: (accountLid: string) => readonly string[];
};

export type Draft = { readonly staging: number; readonly accountLid: string };
export type WriteRows = (tx: Tx<'journal'>, draft: Draft, changes: readonly RowChange[]) => Written;

/** Writes rows and checks them again: each row itself, and the one row that shares its old or its new address, nothing else. */
export function createRowWriter(rows: ImportRowRepository, rules: AccountRules): WriteRows {
  return (tx, draft, changes) => {
    const { staging, accountLid } = draft;
    const customRoles = rules.customRoles(accountLid);
    const keys = changes.flatMap(({ after }) => (after ? addressKey(after.values) : '') || []);
    const owners = rules.findOwners(accountLid, keys);
    const tally = createTally();

    function store(before: PreviewRow | null, row: PreviewRow): void {
      rows.put(tx, staging, row);
      tally.note(before, row);
    }
    /** Only the way from one row to two, and back, changes what is said about another row. */
    function linkOther(key: string, rowId: number): boolean {
      if (key === '') return false;
      const others = rows.withAddress(staging, key, 3).filter((other) => other.rowId !== rowId);
      const [only] = others;
      if (only && others.length === 1 && !only.isDuplicate) setDuplicate(only.rowId, true);
      return others.length > 0;
    }
    function unlinkOther(key: string): void {
      const [only, second] = key === '' ? [] : rows.withAddress(staging, key, 2);
      if (only && !second && only.isDuplicate) setDuplicate(only.rowId, false);
    }
    function setDuplicate(rowId: number, isDuplicate: boolean): void {
      const row = rows.get(staging, rowId);
      if (row) store(row, { ...row, isDuplicate, severity: severityCode([...row.notes, ...row.issues], isDuplicate) });
    }

    for (const { rowId, after } of changes) {
      const before = rows.get(staging, rowId);
      const key = after ? addressKey(after.values) : '';
      if (after) {
        const issues = checkRow(after.values, { owner: owners.get(key) ?? null, customRoles });
        const isDuplicate = linkOther(key, rowId);
        const severity = severityCode([...after.notes, ...issues], isDuplicate);
        store(before, { ...after, rowId, emailKey: key, issues, isDuplicate, severity });
      } else if (before) {
        rows.remove(tx, staging, rowId);
        tally.note(before, null);
      }
      if (before && before.emailKey !== key) unlinkOther(before.emailKey);
    }
    return tally.written();
  };
}

/** Counts rows by their worst issue as they come and go. */
export function createTally() {
  const counts = { rowCount: 0, errorCount: 0, warningCount: 0, infoCount: 0 };
  const marks = new Map<number, Mark | null>();
  const FIELDS = [null, 'infoCount', 'warningCount', 'errorCount'] as const;
  const add = (row: PreviewRow, by: number): void => {
    counts.rowCount += by;
    const field = FIELDS[row.severity];
    if (field) counts[field] += by;
  };
  return {
    note(before: PreviewRow | null, after: PreviewRow | null): void {
      if (before) add(before, -1);
      if (after) add(after, 1);
      const rowId = (after ?? before)?.rowId;
      if (rowId !== undefined) marks.set(rowId, after && { severity: after.severity, isChanged: after.isChanged });
    },
    written: (): Written => ({ delta: { ...counts }, marks }),
  };
}
