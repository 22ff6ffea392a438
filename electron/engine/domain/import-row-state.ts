import { emailKey, isEmail } from '../../../shared/model/email.ts';
import { IMPORT_FIELDS, IMPORT_ISSUES } from '../../../shared/model/import-row.ts';
import type {
  ExistingChoice,
  ImportField,
  ImportIssue,
  ImportValues,
  RowAction,
  Severity,
} from '../../../shared/model/import-row.ts';
import { cleanCell } from './import-cleaning.ts';
import { replaceIn } from './import-validation.ts';

/** What a person can change and undo about a row; everything else about it follows from this and from its neighbours. */
export type RowState = {
  readonly sourceRow: number | null;
  readonly values: ImportValues;
  /** What the reading did to the cells. Goes away cell by cell as a person types over them. */
  readonly notes: readonly ImportIssue[];
  readonly isChanged: boolean;
  /** What the row itself says about an address that is in the account; null: as the import does. */
  readonly existing: ExistingChoice | null;
};

export const EMPTY_VALUES = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, ''])) as ImportValues;

/** 0 none, 1 info, 2 warning, 3 error: as stored, and in the order of the list of severities. */
export type SeverityCode = 0 | 1 | 2 | 3;
export const SEVERITY_CODES: Readonly<Record<Severity, SeverityCode>> = { info: 1, warning: 2, error: 3 };
export const SEVERITIES: readonly (Severity | null)[] = [null, 'info', 'warning', 'error'];

export function severityCode(issues: readonly ImportIssue[], isDuplicate: boolean): SeverityCode {
  let worst: SeverityCode = isDuplicate ? 3 : 0;
  for (const { code } of issues) {
    const severity = SEVERITY_CODES[IMPORT_ISSUES[code]];
    if (severity > worst) worst = severity;
  }
  return worst;
}

/** What becomes of the row when its neighbours count too: one that stands twice stays. */
export function actionOf(row: { readonly action: RowAction; readonly isDuplicate: boolean }): RowAction {
  return row.isDuplicate ? 'refused' : row.action;
}

/** The key under which two rows have the same address; '' when the row has none that could be sent. */
export function addressKey(values: ImportValues): string {
  return isEmail(values.email) ? emailKey(values.email) : '';
}

/** The row after a person typed into one cell; the row itself when that changes nothing. */
export function editedRow(row: RowState, field: ImportField, typed: string): RowState {
  // Typing the text as it was in the file takes the cleaning back, and leaves it back.
  const original = row.notes.find((note) => note.field === field)?.detail;
  const { text, notes } = typed === original ? { text: typed, notes: [] } : cleanCell(field, typed);
  if (text === row.values[field]) return row;
  return {
    sourceRow: row.sourceRow,
    values: { ...row.values, [field]: text },
    notes: [...row.notes.filter((note) => note.field !== field), ...notes],
    isChanged: true,
    existing: row.existing,
  };
}

/** The row with a text exchanged in one column, or (null) in all; the row itself when it does not stand there. */
export function replaceInRow(row: RowState, field: ImportField | null, find: string, replacement: string): RowState {
  let result = row;
  for (const name of field === null ? IMPORT_FIELDS : [field]) {
    const text = replaceIn(result.values[name], find, replacement);
    if (text !== null) result = editedRow(result, name, text);
  }
  return result;
}

export type PackedRow = readonly [
  sourceRow: number | null,
  cells: readonly string[],
  notes: readonly ImportIssue[],
  isChanged: boolean,
  existing?: ExistingChoice | null,
];

/** As undo steps and uploads keep it: a list, because a replacement over 100,000 rows writes 200,000 of them. */
export function packRow(row: RowState): PackedRow {
  return [row.sourceRow, IMPORT_FIELDS.map((field) => row.values[field]), row.notes, row.isChanged, row.existing];
}

export function unpackRow([sourceRow, cells, notes, isChanged, existing = null]: PackedRow): RowState {
  const values = Object.fromEntries(IMPORT_FIELDS.map((field, index) => [field, cells[index] ?? ''])) as ImportValues;
  return { sourceRow, values, notes, isChanged, existing };
}
