/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned one by one, which table elements do not allow */
import { memo } from 'react';
import { IMPORT_ISSUES, type ImportField, type ImportRow } from '../../../shared/model/import-row.ts';
import { BUILT_IN_ROLES, parseRole, roleLabel } from '../../../shared/model/role.ts';
import { cellText, isChosen } from '../../../shared/model/user-choices.ts';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { issueSentence } from '../../../shared/model/import-issue-text.ts';
import { previewText } from '../../text/imports-text.ts';
import { count } from '../../text/numbers.ts';
import { CellEditor } from './cell-editor.tsx';
import { gridColumns, issuesOf, worstFirst } from './grid-cells.ts';
import { gridTemplate } from './preview-grid-root.tsx';
import { StatusMark } from './status-mark.tsx';

type Props = {
  readonly gridId: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly row: ImportRow | undefined;
  readonly fields: readonly ImportField[];
  readonly activeColumn: number | null;
  /** The selected columns as a text; null: none. */
  readonly selected: string | null;
  readonly isSelected: (column: number) => boolean;
  readonly editing: string | null;
  readonly onPick: (column: number, how: { readonly isDouble: boolean; readonly isExtending: boolean }) => void;
  readonly onCommit: (value: string, move: 'next' | 'previous' | 'below' | 'stay') => void;
  readonly onCancelEdit: () => void;
  readonly onDelete: (row: ImportRow) => void;
};

export const PreviewRow = memo(
  function PreviewRow(props: Props) {
    const { gridId, index, row, fields, activeColumn, selected } = props;
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        className="row"
        data-active={activeColumn !== null || undefined}
        style={{
          gridTemplateColumns: gridTemplate(fields),
          height: props.height,
          transform: `translateY(${props.top}px)`,
        }}
      >
        {gridColumns(fields).map((key, column) => {
          const field = fields[column - 1] ?? null;
          const issues = row && field ? worstFirst(issuesOf(row, field), (issue) => IMPORT_ISSUES[issue.code]) : [];
          const isActive = column === activeColumn;
          const worst = issues[0];
          return (
            // The grid is the tab stop and takes the keys; a click is the pointer's way to the same cell.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- see above
            <div
              key={key}
              id={`${gridId}-${index}-${column}`}
              role="gridcell"
              aria-colindex={column + 1}
              aria-invalid={worst ? IMPORT_ISSUES[worst.code] === 'error' : undefined}
              aria-describedby={isActive ? `${gridId}-status` : undefined}
              className="cell"
              data-editable={field !== null || undefined}
              data-active={isActive || undefined}
              aria-selected={selected !== null && props.isSelected(column)}
              data-selected={(selected !== null && props.isSelected(column)) || undefined}
              data-severity={worst && IMPORT_ISSUES[worst.code]}
              title={issues.length > 0 ? issues.map(issueSentence).join('\n') : undefined}
              onClick={(event) => props.onPick(column, { isDouble: false, isExtending: event.shiftKey })}
              onDoubleClick={() => props.onPick(column, { isDouble: true, isExtending: false })}
            >
              {row === undefined ? (
                <span className="bone" />
              ) : (
                <CellContent {...props} row={row} field={field} isAction={key === 'action'} isActive={isActive} />
              )}
            </div>
          );
        })}
      </div>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.top === after.top &&
    before.height === after.height &&
    before.activeColumn === after.activeColumn &&
    before.selected === after.selected &&
    before.fields === after.fields &&
    before.editing === after.editing &&
    // The handlers of the focused row close over the focus; the others differ in nothing that shows.
    after.activeColumn === null,
);

type ContentProps = Props & {
  readonly row: ImportRow;
  readonly field: ImportField | null;
  readonly isAction: boolean;
  readonly isActive: boolean;
};

function CellContent({
  gridId,
  row,
  field,
  isAction,
  isActive,
  editing,
  onCommit,
  onCancelEdit,
  onDelete,
}: ContentProps) {
  if (isAction) {
    return (
      <button
        type="button"
        className="plain"
        title={previewText.deleteRow}
        aria-label={previewText.deleteRow}
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          onDelete(row);
        }}
      >
        <PlainIcon name="delete" />
      </button>
    );
  }
  if (field === null) {
    return (
      <>
        <span className="number">{row.sourceRow === null ? '+' : count(row.sourceRow)}</span>
        <StatusMark status={row.status} action={row.action} />
      </>
    );
  }
  if (isActive && editing !== null) {
    return (
      <CellEditor
        key={`${row.rowId}${field}`}
        field={field}
        initial={editing}
        describedBy={`${gridId}-status`}
        onCommit={onCommit}
        onCancel={onCancelEdit}
      />
    );
  }
  const change = row.changes.find((one) => one.field === field);
  return (
    <>
      <span className="value" dir="auto">
        {change ? (
          <>
            {change.from !== '' && (
              <>
                <s>{cellText(field, change.from)}</s>{' '}
              </>
            )}
            {cellText(field, change.to) || previewText.cleared}
          </>
        ) : (
          textOf(row, field)
        )}
      </span>
      {isChosen(field) && <PlainIcon name="open" className="chevron" />}
    </>
  );
}

/** A blank role is User for somebody new; of somebody known a blank cell changes nothing. */
function textOf(row: ImportRow, field: ImportField): string {
  if (field !== 'role' || (row.values.role === '' && row.action !== 'create')) return row.values[field];
  const known = parseRole(row.values.role, BUILT_IN_ROLES);
  return known === null ? row.values.role : roleLabel(known);
}
