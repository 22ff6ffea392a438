/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned one by one, which table elements do not allow */
import { memo } from 'react';
import { IMPORT_ISSUES, type ImportField, type ImportRow } from '../../../shared/model/import-row.ts';
import { parseRole, roleLabel } from '../../../shared/model/role.ts';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { issueSentence } from '../../../shared/model/import-issue-text.ts';
import { previewText } from '../../text/imports-text.ts';
import { count } from '../../text/numbers.ts';
import { CellEditor } from './cell-editor.tsx';
import { fieldOf, GRID_COLUMNS, issuesOf, worstFirst } from './grid-cells.ts';
import { GRID_TEMPLATE } from './preview-grid-root.tsx';
import { StatusMark } from './status-mark.tsx';

type Props = {
  readonly gridId: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly row: ImportRow | undefined;
  readonly activeColumn: number | null;
  readonly editing: string | null;
  readonly onPick: (column: number, isDouble: boolean) => void;
  readonly onCommit: (value: string, move: 'next' | 'previous' | 'below' | 'stay') => void;
  readonly onCancelEdit: () => void;
  readonly onDelete: (row: ImportRow) => void;
};

export const PreviewRow = memo(
  function PreviewRow(props: Props) {
    const { gridId, index, row, activeColumn } = props;
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        className="row"
        data-active={activeColumn !== null || undefined}
        style={{ gridTemplateColumns: GRID_TEMPLATE, height: props.height, transform: `translateY(${props.top}px)` }}
      >
        {GRID_COLUMNS.map((key, column) => {
          const field = fieldOf(column);
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
              data-severity={worst && IMPORT_ISSUES[worst.code]}
              title={issues.length > 0 ? issues.map(issueSentence).join('\n') : undefined}
              onClick={() => props.onPick(column, false)}
              onDoubleClick={() => props.onPick(column, true)}
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
        <StatusMark status={row.status} />
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
  const known = field === 'role' ? parseRole(row.values.role) : null;
  return (
    <>
      <span className="value" dir="auto">
        {known === null ? row.values[field] : roleLabel(known)}
      </span>
      {field === 'role' && <PlainIcon name="open" className="chevron" />}
    </>
  );
}
