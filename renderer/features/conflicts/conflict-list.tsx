/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a native list box cannot hold headings and two lines of text */
import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import type { RowRange } from '../../client/page-plan.ts';
import { PlainIcon } from '../../components/plain-icon.tsx';
import type { Decisions } from '../../state/conflict-drafts.ts';
import { conflictKinds, conflictsText, groupLabel } from '../../text/conflicts-text.ts';
import { isDecided, questions } from './decision.ts';

type Props = {
  readonly total: number;
  readonly rowAt: (index: number) => Conflict | undefined;
  readonly onRange: (range: RowRange) => void;
  readonly selected: number;
  readonly drafts: Readonly<Record<string, Decisions>>;
  readonly onSelect: (index: number) => void;
  /** Enter: on to the questions. */
  readonly onEnter: () => void;
};

/** Everything that waits for a decision, by account. One tab stop; the arrow keys move in it. */
export function ConflictList({ total, rowAt, onRange, selected, drafts, onSelect, onEnter }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called here and never memoised
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    overscan: 6,
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(
    () => onRange({ first: Math.min(first, selected), last: Math.max(last, first) }),
    [onRange, first, last, selected],
  );
  useEffect(() => {
    if (selected >= 0 && selected < total) virtualizer.scrollToIndex(selected);
  }, [virtualizer, selected, total]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      Home: 0,
      End: total - 1,
    };
    const next = moves[event.key];
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === undefined) onEnter();
    else onSelect(Math.max(0, Math.min(total - 1, next)));
  };
  return (
    <Box
      ref={scroller}
      role="listbox"
      aria-label={conflictsText.list}
      aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{
        width: 272,
        flexShrink: 0,
        overflow: 'auto',
        bgcolor: 'background.paper',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1.5,
      }}
    >
      <Box role="presentation" sx={{ position: 'relative' }} style={{ height: virtualizer.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const conflict = rowAt(index);
          const isFirstOfAccount = conflict !== undefined && rowAt(index - 1)?.accountId !== conflict.accountId;
          return (
            <Row
              key={conflict?.id ?? index}
              ref={virtualizer.measureElement}
              role="presentation"
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
            >
              {isFirstOfAccount && (
                <div className="account" role="presentation" title={conflict.accountName} dir="auto">
                  {conflict.accountName}
                </div>
              )}
              {/* The list box is the tab stop and takes the keys. */}
              {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see above */}
              <div
                className="option"
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === selected}
                aria-posinset={index + 1}
                aria-setsize={total}
                onClick={() => onSelect(index)}
              >
                {conflict && <Words conflict={conflict} decisions={drafts[conflict.id] ?? {}} />}
              </div>
            </Row>
          );
        })}
      </Box>
    </Box>
  );
}

function Words({ conflict, decisions }: { readonly conflict: Conflict; readonly decisions: Decisions }) {
  const asked = questions(conflict);
  const groups = asked.map(({ group, canEdit }) => (canEdit ? groupLabel(conflict.type, group) : ''));
  const what = [conflictKinds[conflict.kind], groups.filter(Boolean).join(', ')].filter(Boolean).join(': ');
  return (
    <>
      <span className="name" title={conflict.entityName} dir="auto">
        {conflict.entityName}
      </span>
      {isDecided(conflict, decisions) ? <PlainIcon name="ready" className="mark" /> : <span />}
      <span className="what" title={what}>
        {what}
      </span>
    </>
  );
}

const Row = styled('div')({
  position: 'absolute',
  top: 0,
  left: 0,
  right: 0,
  '& .account': {
    padding: '10px 12px 4px',
    fontSize: '0.6875rem',
    fontWeight: 650,
    letterSpacing: '0.04em',
    color: 'var(--mui-palette-text-secondary)',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .option': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 16px',
    alignContent: 'center',
    columnGap: 6,
    height: 50,
    padding: '0 12px',
    cursor: 'pointer',
    borderLeft: '3px solid transparent',
    fontSize: '0.8125rem',
  },
  '& .option:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
  '& .option[aria-selected="true"]': {
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 12%, transparent)',
    borderLeftColor: 'var(--mui-palette-primary-main)',
  },
  '& .name, & .what': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .name': { fontWeight: 600 },
  '& .what': { fontSize: '0.75rem', color: 'var(--mui-palette-text-secondary)', gridColumn: '1 / -1' },
  '& .mark': { color: 'var(--mui-palette-success-main)' },
});
