import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import visuallyHidden from '@mui/utils/visuallyHidden';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

type Props = {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly isCollapsed: boolean;
  readonly isExact?: boolean;
  /** Addresses of the same part of the console that are not below `to`. */
  readonly alsoAt?: string;
  /** How many wait for a person. */
  readonly count?: { readonly shown: number; readonly label: string };
};

export function NavigationEntry({ to, label, icon, isCollapsed, isExact = false, alsoAt, count }: Props) {
  const { pathname } = useLocation();
  const isBelow = (address: string): boolean => pathname.startsWith(`${address}/`);
  const isHere = pathname === to || (!isExact && isBelow(to)) || (alsoAt !== undefined && isBelow(alsoAt));
  const name = count && count.shown > 0 ? `${label}: ${count.label}` : label;
  return (
    <Tooltip title={isCollapsed ? name : ''} placement="right">
      <Entry to={to} aria-current={isHere ? 'page' : undefined} data-collapsed={isCollapsed || undefined}>
        {icon}
        {isCollapsed ? (
          <span style={visuallyHidden}>{name}</span>
        ) : (
          <span className="label">
            {label}
            {count && count.shown > 0 && <span style={visuallyHidden}>: {count.label}</span>}
          </span>
        )}
        {count && count.shown > 0 && (
          <span className="count" aria-hidden>
            {count.shown > 99 ? '99+' : count.shown}
          </span>
        )}
      </Entry>
    </Tooltip>
  );
}

const Entry = styled(Link)({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  height: 34,
  padding: '0 10px',
  borderRadius: 6,
  fontSize: '0.8125rem',
  color: 'var(--mui-palette-text-primary)',
  textDecoration: 'none',
  borderLeft: '3px solid transparent',
  '&[data-collapsed]': { justifyContent: 'center', padding: 0, gap: 0 },
  '& svg': { fontSize: 19, color: 'var(--mui-palette-text-secondary)', flexShrink: 0 },
  '& .label': { flex: 1 },
  '& .count': {
    border: '1px solid',
    borderRadius: 8,
    padding: '0 5px',
    fontSize: '0.6875rem',
    fontWeight: 650,
    lineHeight: 1.4,
    color: 'var(--mui-palette-error-main)',
  },
  '&:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
  '&[aria-current]': {
    fontWeight: 650,
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 11%, transparent)',
    borderLeftColor: 'var(--mui-palette-primary-main)',
  },
  '&[aria-current] svg': { color: 'var(--mui-palette-primary-main)' },
});
