import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

type Props<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly renderRow: (row: Row) => ReactNode;
  /** Inside a panel that has a frame of its own. */
  readonly isPlain?: boolean;
};

/** A list of any length, newest first: what is older is fetched when it is scrolled to. */
export function FeedList<Row extends { readonly id: number }>(props: Props<Row>) {
  const { label, rows, hasMore, onMore, renderRow, isPlain = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const count = rows.length + (hasMore ? 1 : 0);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called here and never memoised
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 84,
    overscan: 4,
    getItemKey: (index) => rows[index]?.id ?? 'more',
  });
  const visible = virtualizer.getVirtualItems();
  const isAtEnd = (visible.at(-1)?.index ?? -1) >= rows.length - 1;
  useEffect(() => {
    if (isAtEnd && hasMore) onMore();
  });
  const frame = isPlain ? {} : { bgcolor: 'background.paper', border: '1px solid', borderRadius: 1.5 };
  return (
    <Box
      ref={scroller}
      tabIndex={0}
      component="section"
      aria-label={label}
      sx={{ flex: 1, minHeight: 120, overflow: 'auto', ...frame, borderColor: 'divider' }}
    >
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: 'none', position: 'relative' }}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {visible.map(({ index, start, key }) => {
          const row = rows[index];
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
            >
              {row ? renderRow(row) : <Skeleton variant="rectangular" height={64} sx={{ m: 1 }} />}
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
