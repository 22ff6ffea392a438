import { ROW_ACTIONS } from '../../../shared/model/import-row.ts';
import type { ExistingChoice, ImportIssue, ImportValues, RowAction } from '../../../shared/model/import-row.ts';
import type { Planned } from '../domain/import-plan.ts';
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
  readonly action: RowAction;
  /** The user who has the address; '' without one. */
  readonly target: string;
  readonly planned: Planned;
};

export const ROW_COLUMNS = `row_id AS rowId, source_row AS sourceRow, first_name AS firstName, last_name AS lastName, name, email, role, mobile, extension,
  email_key AS emailKey, notes, issues, is_duplicate AS isDuplicate, severity, is_changed AS isChanged, action, existing, target, planned`;

export type StoredRow = ImportValues & {
  readonly rowId: number;
  readonly sourceRow: number | null;
  readonly emailKey: string;
  readonly notes: string;
  readonly issues: string;
  readonly isDuplicate: number;
  readonly severity: SeverityCode;
  readonly isChanged: number;
  readonly action: number;
  readonly existing: string;
  readonly target: string;
  readonly planned: string;
};

export function toPreviewRow(row: StoredRow): PreviewRow {
  const { firstName, lastName, name, email, role, mobile, extension } = row;
  return {
    rowId: row.rowId,
    sourceRow: row.sourceRow,
    values: { firstName, lastName, name, email, role, mobile, extension },
    emailKey: row.emailKey,
    notes: parseIssues(row.notes),
    issues: parseIssues(row.issues),
    isDuplicate: row.isDuplicate === 1,
    severity: row.severity,
    isChanged: row.isChanged === 1,
    action: ROW_ACTIONS[row.action] ?? 'refused',
    existing: row.existing === '' ? null : (row.existing as ExistingChoice),
    target: row.target,
    planned: row.planned === '' ? {} : (JSON.parse(row.planned) as Planned),
  };
}

/** In the order of the INSERT, without the staging. */
export function rowParameters(row: PreviewRow): (string | number | null)[] {
  const { firstName, lastName, name, email, role, mobile, extension } = row.values;
  return [
    ...[row.rowId, row.sourceRow, firstName, lastName, name, email, role, mobile, extension, row.emailKey],
    ...[issuesText(row.notes), issuesText(row.issues), row.isDuplicate ? 1 : 0, row.severity, row.isChanged ? 1 : 0],
    ...[ROW_ACTIONS.indexOf(row.action), row.existing ?? '', row.target, plannedText(row.planned)],
  ];
}

/**
 * A row of which there is nothing to say, as nearly all of a file are: most of its columns are the same as everybody's. To bind those too
 * takes as long as all that SQLite does with the row.
 */
export function isPlainRow(row: PreviewRow): boolean {
  return (
    row.severity === 0 &&
    row.action === 'create' &&
    !row.isDuplicate &&
    !row.isChanged &&
    row.existing === null &&
    row.target === '' &&
    row.emailKey === row.values.email &&
    row.issues.length === 0 &&
    row.notes.length === 0 &&
    plannedText(row.planned) === ''
  );
}

/** The staging first, then the parameters of each row, in the order of `plainParameters`. */
export function plainInsert(rows: number): string {
  const values = Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  return `INSERT INTO import_rows (staging, row_id, source_row, first_name, last_name, name, email, role, mobile, extension, email_key,
    notes, issues, is_duplicate, severity, is_changed, action, existing, target, planned)
    SELECT ?, column1, column2, column3, column4, column5, column6, column7, column8, column9, column6,
    '', '', 0, 0, 0, ${ROW_ACTIONS.indexOf('create')}, '', '', '' FROM (VALUES ${values})`;
}

export function plainParameters({ rowId, sourceRow, values }: PreviewRow): (string | number | null)[] {
  const { firstName, lastName, name, email, role, mobile, extension } = values;
  return [rowId, sourceRow, firstName, lastName, name, email, role, mobile, extension];
}

/** '' for the great majority that has none: a tenth of the preview would otherwise be brackets. */
function issuesText(issues: readonly ImportIssue[]): string {
  return issues.length === 0 ? '' : JSON.stringify(issues);
}

function plannedText(planned: Planned): string {
  for (const _ in planned) return JSON.stringify(planned);
  return '';
}

function parseIssues(text: string): readonly ImportIssue[] {
  return text === '' ? [] : (JSON.parse(text) as ImportIssue[]);
}
