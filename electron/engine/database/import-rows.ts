import type { ImportIssue, ImportValues } from '../../../shared/model/import-row.ts';
import type { RowState, SeverityCode } from '../domain/import-row-state.ts';

/** A row of a preview as it is stored. */
export type PreviewRow = RowState & {
  readonly rowId: number;
  readonly emailKey: string;
  /** What the rules say about the row alone. */
  readonly issues: readonly ImportIssue[];
  /** Another row of the preview has the same address. */
  readonly isDuplicate: boolean;
  readonly severity: SeverityCode;
};

export const ROW_COLUMNS = `row_id AS rowId, source_row AS sourceRow, first_name AS firstName, last_name AS lastName, name, email, role,
  email_key AS emailKey, notes, issues, is_duplicate AS isDuplicate, severity, is_changed AS isChanged`;

export type StoredRow = ImportValues & {
  readonly rowId: number;
  readonly sourceRow: number | null;
  readonly emailKey: string;
  readonly notes: string;
  readonly issues: string;
  readonly isDuplicate: number;
  readonly severity: SeverityCode;
  readonly isChanged: number;
};

export function toPreviewRow(row: StoredRow): PreviewRow {
  const { firstName, lastName, name, email, role } = row;
  return {
    rowId: row.rowId,
    sourceRow: row.sourceRow,
    values: { firstName, lastName, name, email, role },
    emailKey: row.emailKey,
    notes: parseIssues(row.notes),
    issues: parseIssues(row.issues),
    isDuplicate: row.isDuplicate === 1,
    severity: row.severity,
    isChanged: row.isChanged === 1,
  };
}

/** In the order of the INSERT, without the staging. */
export function rowParameters(row: PreviewRow): (string | number | null)[] {
  const { firstName, lastName, name, email, role } = row.values;
  return [
    ...[row.rowId, row.sourceRow, firstName, lastName, name, email, role, row.emailKey],
    ...[issuesText(row.notes), issuesText(row.issues), row.isDuplicate ? 1 : 0, row.severity, row.isChanged ? 1 : 0],
  ];
}

/** '' for the great majority that has none: a tenth of the preview would otherwise be brackets. */
function issuesText(issues: readonly ImportIssue[]): string {
  return issues.length === 0 ? '' : JSON.stringify(issues);
}

function parseIssues(text: string): readonly ImportIssue[] {
  return text === '' ? [] : (JSON.parse(text) as ImportIssue[]);
}
