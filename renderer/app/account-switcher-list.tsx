/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a native list box cannot be filtered from a search box that keeps the focus */
import Check from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from '../client/engine-query.ts';
import { SearchField } from '../components/search-field.tsx';
import { accountsText } from '../text/accounts-text.ts';
import { frameText } from '../text/frame-text.ts';

const SHOWN = 50;

type Props = { readonly currentId: AccountId | null; readonly onChoose: (id: AccountId) => void };

/** A search box that keeps the focus, and the list it moves through. */
export function AccountSwitcherList({ currentId, onChoose }: Props) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const { data } = useEngineQuery(
    'accounts.list',
    { state: 'ACTIVE', search: search.trim(), limit: SHOWN },
    { keepPrevious: true },
  );
  const rows = data?.rows ?? [];
  const current = Math.min(active, Math.max(0, rows.length - 1));
  const more = (data?.total ?? 0) - rows.length;

  // The popover moves the focus to its paper when it opens.
  useEffect(() => box.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[current];
    if (event.key === 'ArrowDown') setActive(Math.min(rows.length - 1, current + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, current - 1));
    else if (event.key === 'Enter' && row) onChoose(row.id);
    else return;
    event.preventDefault();
  };
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', maxHeight: 440 }}>
      <Box sx={{ p: 1, borderBottom: '1px solid', borderColor: 'divider' }}>
        <SearchField
          label={frameText.searchAccounts}
          clearLabel={accountsText.clearSearch}
          value={search}
          onChange={(text) => {
            setSearch(text);
            setActive(0);
          }}
          inputRef={box}
          onKeyDown={onKeyDown}
          width="100%"
        />
      </Box>
      <Box
        role="listbox"
        aria-label={frameText.accounts}
        tabIndex={-1}
        id={`${id}-list`}
        sx={{ overflow: 'auto', minHeight: 80, p: 0.5 }}
      >
        {rows.map((row, index) => (
          // The search box keeps the focus and takes the keys.
          <Option
            key={row.id}
            role="option"
            ref={index === current ? showRow : undefined}
            aria-selected={index === current}
            tabIndex={-1}
            onClick={() => onChoose(row.id)}
          >
            <span className="name" title={row.name} dir="auto">
              {row.name}
            </span>
            <span className="quiet">{row.accountNumber}</span>
            {row.id === currentId ? <Check sx={{ fontSize: 16 }} /> : <span />}
          </Option>
        ))}
        <Box
          component="output"
          sx={{ px: 1.25, py: 1, color: 'text.secondary', fontSize: '0.75rem', '&:empty': { display: 'none' } }}
        >
          {!data && frameText.switcherLoading}
          {data && rows.length === 0 && frameText.switcherEmpty}
          {more > 0 && frameText.switcherMore(more)}
        </Box>
      </Box>
    </Box>
  );
}

function showRow(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

const Option = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto 18px',
  gap: 10,
  alignItems: 'center',
  height: 32,
  padding: '0 10px',
  borderRadius: 6,
  fontSize: '0.8125rem',
  cursor: 'pointer',
  '& .name': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .quiet': { color: 'var(--mui-palette-text-secondary)', fontSize: '0.75rem' },
  '&:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
  '&[aria-selected="true"]': {
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 14%, transparent)',
  },
});
