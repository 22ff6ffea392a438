import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { ChangeId } from '../../../shared/model/ids.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import type { EnginePages } from '../../client/use-engine-pages.ts';
import { outboxText } from '../../text/outbox-text.ts';
import { ChangeLine } from './change-line.tsx';
import type { NestedChange } from './outbox-entry.ts';
import { useMoveChange } from './use-move-change.ts';

type Props = {
  readonly list: EnginePages<OutputFor<'outbox.list'>, NestedChange>;
  readonly nowMs: number;
  readonly onDetails: (id: ChangeId) => void;
};

const MOVES: Readonly<Record<string, 'up' | 'down'>> = { ArrowUp: 'up', ArrowDown: 'down' };

/** The waiting changes; lines are as high as what they have to say. */
export function ChangeList({ list, nowMs, onDetails }: Props) {
  const move = useMoveChange();
  const scroller = useRef<HTMLDivElement>(null);
  const { onRange, rowAt } = list;
  // oxlint-disable-next-line react/incompatible-library -- its functions are called here and never memoised
  const virtualizer = useVirtualizer({
    count: list.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => 112,
    overscan: 4,
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => onRange({ first, last }), [onRange, first, last]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = MOVES[event.key];
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-change]') : null;
    const id = line?.dataset['change'];
    if (!event.altKey || !to || id === undefined) return;
    event.preventDefault();
    move(id as ChangeId, to);
  };
  return (
    <Box
      ref={scroller}
      onKeyDown={onKeyDown}
      tabIndex={0}
      component="section"
      aria-label={outboxText.changes}
      sx={{
        flex: 1,
        minHeight: 120,
        overflow: 'auto',
        bgcolor: 'background.paper',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1.5,
      }}
    >
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: 'none', position: 'relative' }}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {visible.map(({ index, start }) => {
          const change = rowAt(index);
          return (
            <li
              key={change?.id ?? index}
              ref={virtualizer.measureElement}
              data-index={index}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
            >
              {change ? (
                <ChangeLine change={change} nowMs={nowMs} onDetails={onDetails} onMove={move} />
              ) : (
                <Skeleton height={111} variant="rectangular" />
              )}
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
