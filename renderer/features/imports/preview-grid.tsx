/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned one by one, which table elements do not allow */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useImperativeHandle, useRef, useState, type CSSProperties, type Ref } from 'react';
import type { ImportField, ImportRow } from '../../../shared/model/import-row.ts';
import { isChosen } from '../../../shared/model/user-choices.ts';
import { TABLE_HEADER_HEIGHT } from '../../components/virtual-table-root.tsx';
import { previewText } from '../../text/imports-text.ts';
import { fieldCellAfter, firstIssueColumn, gridColumns, isInRange, type CellRange } from './grid-cells.ts';
import { gridTemplate, leastGridWidth, PreviewGridRoot } from './preview-grid-root.tsx';
import { PreviewHead, type RowSort } from './preview-head.tsx';
import { PreviewRow } from './preview-row.tsx';
import { RowStatusLine } from './row-status-line.tsx';
import { showColumn } from './show-column.ts';
import { useGridCursor } from './use-grid-cursor.ts';
import { useGridKeys } from './use-grid-keys.ts';

export type PreviewGridHandle = {
  /** Puts the focus on a row, at its first field with an issue or at the first field. */
  focusRow(position: number, options?: { readonly edit?: boolean }): void;
  /** A row is being looked for: what is typed meanwhile is meant for it. */
  seek(): void;
  /** There is no such row: the focus stays. */
  stay(): void;
  /** Undefined until the person has gone somewhere: a search for errors then begins at the first row. */
  focused(): ImportRow | undefined;
};

export type GridActions = {
  edit(row: ImportRow, field: ImportField, value: string): void;
  remove(row: ImportRow): void;
  copy(range: CellRange): void;
  paste(range: CellRange, text: string): void;
  clear(range: CellRange): void;
  fillDown(range: CellRange): void;
  removeRows(range: CellRange): void;
};

type Props = {
  readonly ref: Ref<PreviewGridHandle>;
  readonly fields: readonly ImportField[];
  readonly rowCount: number;
  readonly rowAt: (index: number) => ImportRow | undefined;
  readonly rowHeight: number;
  readonly isStale: boolean;
  readonly sort: RowSort;
  readonly actions: GridActions;
  readonly onSort: (sort: RowSort) => void;
  readonly onRange: (range: { readonly first: number; readonly last: number }) => void;
  readonly onSelect: (range: CellRange | null) => void;
};

/** IMP-4: the rows of an import. One tab stop; arrows move, Shift selects, typing edits. */
export function PreviewGrid({ ref, fields, rowCount, rowAt, rowHeight, isStale, sort, actions, ...on }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const cursor = useGridCursor(rowCount);
  const [editing, setEditing] = useState<string | null>(null);
  const [isSeeking, setSeeking] = useState(false);
  const [typedAhead, setTypedAhead] = useState<string | null>(null);
  const { cell, range, isRange } = cursor;
  // oxlint-disable-next-line react/incompatible-library -- its functions are called here and never memoised
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: TABLE_HEADER_HEIGHT,
    scrollPaddingStart: TABLE_HEADER_HEIGHT,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  const { onRange, onSelect } = on;
  useEffect(() => onRange({ first, last }), [onRange, first, last]);
  const { firstRow, lastRow, firstColumn, lastColumn } = range;
  useEffect(
    () => onSelect(isRange ? { firstRow, lastRow, firstColumn, lastColumn } : null),
    [onSelect, isRange, firstRow, lastRow, firstColumn, lastColumn],
  );

  useEffect(() => showColumn(scroller.current, cell.column), [cell.column]);

  const columns = gridColumns(fields);
  const fieldOf = (column: number): ImportField | null => fields[column - 1] ?? null;
  const field = fieldOf(cell.column);
  const row = rowAt(cell.row);
  const moveTo = (next: typeof cell, isExtending = false): void => {
    cursor.moveTo(next, isExtending);
    virtualizer.scrollToIndex(next.row);
  };
  // The row to go to may still be on its way: its column is chosen when it is there.
  if (isSeeking && row) {
    setSeeking(false);
    const column = firstIssueColumn(row, fields);
    cursor.moveTo({ row: cell.row, column });
    const at = fieldOf(column);
    if (typedAhead) setEditing(at && isChosen(at) ? row.values[at] : typedAhead);
    setTypedAhead(null);
  }
  const stopEdit = (): void => {
    setEditing(null);
    scroller.current?.focus();
  };

  useImperativeHandle(ref, () => ({
    focusRow: (position, options) => {
      moveTo({ row: position, column: 1 });
      setSeeking(options?.edit !== true);
      scroller.current?.focus();
      if (!options?.edit) return;
      setTypedAhead(null);
      setEditing('');
    },
    seek: () => {
      setTypedAhead('');
      scroller.current?.focus();
    },
    stay: () => setTypedAhead(null),
    focused: () => (cursor.wasVisited ? row : undefined),
  }));

  const onKeyDown = useGridKeys({
    ...{ cursor, row, field, rowCount, columns, typedAhead, actions, moveTo },
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2),
    onEdit: setEditing,
    onTypeAhead: setTypedAhead,
  });

  return (
    <>
      <PreviewGridRoot
        ref={scroller}
        role="grid"
        aria-label={previewText.grid}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        aria-busy={isStale}
        aria-activedescendant={rowCount > 0 ? `${id}-${cell.row}-${cell.column}` : undefined}
        data-stale={isStale || undefined}
        tabIndex={0}
        style={{ '--row-min': `${leastGridWidth(fields)}px` } as CSSProperties}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          if (editing !== null || !field) return;
          event.preventDefault();
          actions.paste(range, event.clipboardData.getData('text/plain'));
        }}
        onCopy={() => {
          if (editing === null) actions.copy(range);
        }}
      >
        <PreviewHead columns={columns} template={gridTemplate(fields)} sort={sort} onSort={on.onSort} />
        <div role="rowgroup" className="body" style={{ height: virtualizer.getTotalSize() }}>
          {visible.map(({ index, start }) => (
            <PreviewRow
              key={index}
              gridId={id}
              index={index}
              top={start - TABLE_HEADER_HEIGHT}
              height={rowHeight}
              row={rowAt(index)}
              fields={fields}
              activeColumn={index === cell.row ? cell.column : null}
              selected={isRange && index >= firstRow && index <= lastRow ? `${firstColumn}-${lastColumn}` : null}
              isSelected={(column) => isInRange(range, { row: index, column })}
              editing={index === cell.row ? editing : null}
              onPick={(column, { isDouble, isExtending }) => {
                setEditing(null);
                cursor.moveTo({ row: index, column }, isExtending);
                const picked = fieldOf(column);
                const at = rowAt(index);
                if (at && picked && !isExtending && (isDouble || isChosen(picked))) setEditing(at.values[picked]);
              }}
              onCommit={(value, move) => {
                if (row && field && value !== row.values[field]) actions.edit(row, field, value);
                stopEdit();
                if (move === 'below') moveTo({ row: Math.min(rowCount - 1, cell.row + 1), column: cell.column });
                else if (move !== 'stay')
                  moveTo(fieldCellAfter(cell, move === 'previous', { rowCount, fieldCount: fields.length }));
              }}
              onCancelEdit={stopEdit}
              onDelete={(at) => actions.remove(at)}
            />
          ))}
        </div>
      </PreviewGridRoot>
      <RowStatusLine id={`${id}-status`} row={row} field={field} />
    </>
  );
}
