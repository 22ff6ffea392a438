/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned one by one, which table elements do not allow */
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { IMPORT_HEADINGS, type ImportField, type ImportRow } from '../../../shared/model/import-row.ts';
import { TABLE_HEADER_HEIGHT } from '../../components/virtual-table-root.tsx';
import { previewText } from '../../text/imports-text.ts';
import { cellAfter, fieldCellAfter, fieldOf, firstIssueColumn, GRID_COLUMNS, type Cell } from './grid-cells.ts';
import { GRID_TEMPLATE, PreviewGridRoot } from './preview-grid-root.tsx';
import { PreviewRow } from './preview-row.tsx';
import { RowStatusLine } from './row-status-line.tsx';

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

type Props = {
  readonly ref: Ref<PreviewGridHandle>;
  readonly rowCount: number;
  readonly rowAt: (index: number) => ImportRow | undefined;
  readonly rowHeight: number;
  readonly isStale: boolean;
  readonly onRange: (range: { readonly first: number; readonly last: number }) => void;
  readonly onEdit: (row: ImportRow, field: ImportField, value: string) => void;
  readonly onDelete: (row: ImportRow) => void;
  readonly onCopy: (text: string) => void;
};

/** IMP-4: the rows of an import. One tab stop; arrows move, typing edits. */
export function PreviewGrid({ ref, rowCount, rowAt, rowHeight, isStale, onRange, onEdit, onDelete, onCopy }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<Cell>({ row: 0, column: 1 });
  const [wasVisited, setVisited] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const [isSeeking, setSeeking] = useState(false);
  const [typedAhead, setTypedAhead] = useState<string | null>(null);
  const cell = { row: Math.min(focus.row, Math.max(0, rowCount - 1)), column: focus.column };
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
  useEffect(() => onRange({ first, last }), [onRange, first, last]);

  const moveTo = (next: Cell): void => {
    setVisited(true);
    setFocus(next);
    virtualizer.scrollToIndex(next.row);
  };
  const field = fieldOf(cell.column);
  const row = rowAt(cell.row);
  // The row to go to may still be on its way: its column is chosen when it is there.
  if (isSeeking && row) {
    setSeeking(false);
    const column = firstIssueColumn(row);
    setFocus({ row: cell.row, column });
    if (typedAhead) setEditing(fieldOf(column) === 'role' ? row.values.role : typedAhead);
    setTypedAhead(null);
  }
  const startEdit = (text: string): void => {
    if (row && field) setEditing(text);
  };
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
    focused: () => (wasVisited ? row : undefined),
  }));

  const onKeyDown = (event: KeyboardEvent): void => {
    const isCtrl = event.ctrlKey || event.metaKey;
    if (typedAhead !== null && event.key.length === 1 && !isCtrl && !event.altKey) {
      setTypedAhead(typedAhead + event.key);
      event.preventDefault();
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const target = event.altKey ? null : cellAfter(cell, { key: event.key, isCtrl, rowCount, pageRows });
    if (target) moveTo(target);
    else if (!row) return;
    else if (field && (event.key === 'F2' || event.key === 'Enter')) startEdit(row.values[field]);
    else if (field && (event.key === 'Delete' || event.key === 'Backspace') && !isCtrl) onEdit(row, field, '');
    else if (field && event.key.length === 1 && !isCtrl && !event.altKey)
      startEdit(field === 'role' ? row.values.role : event.key);
    else if (GRID_COLUMNS[cell.column] === 'action' && ['Enter', ' ', 'Delete'].includes(event.key)) onDelete(row);
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (editing !== null || !row || !field) return;
    event.preventDefault();
    const [firstCell = ''] = event.clipboardData.getData('text/plain').split(/[\t\r\n]/u);
    onEdit(row, field, firstCell);
  };

  return (
    <>
      <PreviewGridRoot
        ref={scroller}
        role="grid"
        aria-label={previewText.grid}
        aria-rowcount={rowCount + 1}
        aria-colcount={GRID_COLUMNS.length}
        aria-busy={isStale}
        aria-activedescendant={rowCount > 0 ? `${id}-${cell.row}-${cell.column}` : undefined}
        data-stale={isStale || undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onCopy={() => {
          if (row && field && editing === null) onCopy(row.values[field]);
        }}
      >
        <div role="rowgroup" className="head">
          <div role="row" aria-rowindex={1} className="row" style={{ gridTemplateColumns: GRID_TEMPLATE }}>
            {GRID_COLUMNS.map((column) => (
              <div key={column} role="columnheader" className="cell">
                {headingOf(column)}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="body" style={{ height: virtualizer.getTotalSize() }}>
          {visible.map(({ index, start }) => (
            <PreviewRow
              key={index}
              gridId={id}
              index={index}
              top={start - TABLE_HEADER_HEIGHT}
              height={rowHeight}
              row={rowAt(index)}
              activeColumn={index === cell.row ? cell.column : null}
              editing={index === cell.row ? editing : null}
              onPick={(column, isDouble) => {
                setEditing(null);
                setVisited(true);
                setFocus({ row: index, column });
                const picked = fieldOf(column);
                const at = rowAt(index);
                if (at && picked && (isDouble || picked === 'role')) setEditing(at.values[picked]);
              }}
              onCommit={(value, move) => {
                if (row && field && value !== row.values[field]) onEdit(row, field, value);
                stopEdit();
                if (move === 'below') moveTo({ row: Math.min(rowCount - 1, cell.row + 1), column: cell.column });
                else if (move !== 'stay') moveTo(fieldCellAfter(cell, move === 'previous', rowCount));
              }}
              onCancelEdit={stopEdit}
              onDelete={onDelete}
            />
          ))}
        </div>
      </PreviewGridRoot>
      <RowStatusLine id={`${id}-status`} row={row} field={field} />
    </>
  );
}

function headingOf(column: (typeof GRID_COLUMNS)[number]): string {
  if (column === 'status') return previewText.status;
  return column === 'action' ? previewText.action : IMPORT_HEADINGS[column];
}
