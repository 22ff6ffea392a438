import { IMPORT_FIELDS, ROW_ACTIONS } from '../../../shared/model/import-row.ts';
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

/** Row number, row of the file, the seven cells that most files have, and what is not as with nearly all rows. */
type Line = readonly [
  rowId: number,
  sourceRow: number | null,
  firstName: string,
  lastName: string,
  name: string,
  email: string,
  role: string,
  mobile: string,
  extension: string,
  said?: Said,
];
/** Members that are left out are those of a new user of whom there is nothing to say. `action` is a place in ROW_ACTIONS. */
type Said = Partial<
  Pick<PreviewRow, 'emailKey' | 'notes' | 'issues' | 'isDuplicate' | 'severity' | 'isChanged' | 'target' | 'planned'>
> & {
  readonly action?: number;
  readonly existing?: ExistingChoice;
  /** The other cells, where they are not empty. */ readonly more?: Partial<ImportValues>;
};

/** The row as one line of JSON. */
export function packPreviewRow(row: PreviewRow): string {
  const { rowId, sourceRow } = row;
  const { firstName, lastName, name, email, role, mobile, extension } = row.values;
  const cells = [rowId, sourceRow, firstName, lastName, name, email, role, mobile, extension] as const;
  return JSON.stringify(isPlainRow(row) ? cells : ([...cells, saidOf(row)] satisfies Line));
}

export function unpackPreviewRow(line: string): PreviewRow {
  const [rowId, sourceRow, firstName, lastName, name, email, role, mobile, extension, said = PLAIN] = JSON.parse(
    line,
  ) as Line;
  const { notes = NOTHING, issues = NOTHING, severity = 0, existing = null, target = '', planned = UNPLANNED } = said;
  return {
    ...{
      rowId,
      sourceRow,
      values: { ...NO_MORE, firstName, lastName, name, email, role, mobile, extension, ...said.more },
    },
    ...{ emailKey: said.emailKey ?? email, notes, issues, isDuplicate: said.isDuplicate ?? false, severity },
    ...{ isChanged: said.isChanged ?? false, action: ROW_ACTIONS[said.action ?? CREATE] ?? 'refused' },
    ...{ existing, target, planned },
  };
}

const MORE_FIELDS = IMPORT_FIELDS.slice(7);
const NO_MORE = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, ''])) as ImportValues;
const PLAIN: Said = {};
const NOTHING: readonly ImportIssue[] = [];
const UNPLANNED: Planned = {};
const CREATE = ROW_ACTIONS.indexOf('create');

/** As nearly all rows of a file are. */
function isPlainRow(row: PreviewRow): boolean {
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
    MORE_FIELDS.every((field) => row.values[field] === '') &&
    isEmpty(row.planned)
  );
}

function saidOf(row: PreviewRow): Said {
  const { emailKey, notes, issues, isDuplicate, severity, isChanged, existing, target, planned } = row;
  const action = ROW_ACTIONS.indexOf(row.action);
  const more = MORE_FIELDS.filter((field) => row.values[field] !== '');
  return {
    ...(more.length === 0 ? {} : { more: Object.fromEntries(more.map((field) => [field, row.values[field]])) }),
    ...(emailKey === row.values.email ? {} : { emailKey }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(issues.length === 0 ? {} : { issues }),
    ...(isDuplicate ? { isDuplicate } : {}),
    ...(severity === 0 ? {} : { severity }),
    ...(isChanged ? { isChanged } : {}),
    ...(action === CREATE ? {} : { action }),
    ...(existing === null ? {} : { existing }),
    ...(target === '' ? {} : { target }),
    ...(isEmpty(planned) ? {} : { planned }),
  };
}

function isEmpty(planned: Planned): boolean {
  for (const _ in planned) return false;
  return true;
}
