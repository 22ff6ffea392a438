/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned one by one, which table elements do not allow */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { TableRoot, TABLE_HEADER_HEIGHT } from './virtual-table-root.tsx';

export type TableColumn<Row> = {
  readonly key: string;
  readonly label: string;
  /** A CSS grid track: `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly align?: 'end';
  /** In place of the label. */
  readonly head?: ReactNode;
  readonly render: (row: Row, index: number) => ReactNode;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rowCount: number;
  /** Undefined while the page that holds the row is on its way: a skeleton stands in its place. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowHeight: number;
  readonly onRange: (range: { readonly first: number; readonly last: number }) => void;
  readonly onOpen: (row: Row) => void;
  /** Another key on the row that the arrow keys have reached; true when it meant something. */
  readonly onKey?: (key: string, row: Row, at: { readonly index: number; readonly isShift: boolean }) => boolean;
  readonly isSelected?: (row: Row) => boolean;
  /** The rows still answer the question before this one. */
  readonly isStale?: boolean;
  /** Below this width the list scrolls sideways. */
  readonly minWidth?: number;
};

/** A list of any length: real scroll bar, DOM rows only for what is seen, one tab stop, arrow keys inside. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { columns, rowCount, rowAt, rowHeight, onRange, onOpen, isSelected } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, rowCount - 1));
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

  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(rowCount - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      const row = rowAt(current);
      if (row !== undefined) onOpen(row);
      return;
    }
    const row = rowAt(current);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const at = { index: current, isShift: event.shiftKey };
    if (isPlain && row !== undefined && props.onKey?.(event.key, row, at)) {
      event.preventDefault();
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const target = targetOf(event.key, { current, pageRows, lastRow: rowCount - 1 });
    if (target === null) return;
    event.preventDefault();
    moveTo(target);
  };

  const template = columns.map((column) => column.width).join(' ');
  return (
    <TableRoot
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-busy={props.isStale === true}
      aria-activedescendant={rowCount > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-stale={props.isStale === true || undefined}
      style={{ '--row-min': `${props.minWidth ?? 720}px` } as CSSProperties}
    >
      <div role="rowgroup" className="head">
        <div role="row" aria-rowindex={1} className="row" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className="cell" data-align={column.align}>
              {column.head ?? column.label}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="body" style={{ height: virtualizer.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const row = rowAt(index);
          return (
            // The table is the tab stop and takes the keys; a click is the pointer's way to the same row.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={row !== undefined && isSelected?.(row) === true}
              className="row"
              data-active={index === current || undefined}
              style={{
                gridTemplateColumns: template,
                height: rowHeight,
                transform: `translateY(${start - TABLE_HEADER_HEIGHT}px)`,
              }}
              onClick={() => {
                setActive(index);
                if (row !== undefined) onOpen(row);
              }}
            >
              {columns.map((column) => (
                <div key={column.key} role="gridcell" className="cell" data-align={column.align}>
                  {row === undefined ? <span className="bone" /> : column.render(row, index)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </TableRoot>
  );
}

type Position = { readonly current: number; readonly pageRows: number; readonly lastRow: number };

function targetOf(key: string, { current, pageRows, lastRow }: Position): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current + pageRows;
    case 'PageUp':
      return current - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return lastRow;
    default:
      return null;
  }
}
