import { styled } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';

type Props = {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly isCollapsed: boolean;
  readonly isExact?: boolean;
};

export function NavigationEntry({ to, label, icon, isCollapsed, isExact = false }: Props) {
  return (
    <Tooltip title={isCollapsed ? label : ''} placement="right">
      <Entry to={to} end={isExact} aria-label={label} data-collapsed={isCollapsed || undefined}>
        {icon}
        {!isCollapsed && <span>{label}</span>}
      </Entry>
    </Tooltip>
  );
}

const Entry = styled(NavLink)({
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
  '&:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
  '&.active': {
    fontWeight: 650,
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 11%, transparent)',
    borderLeftColor: 'var(--mui-palette-primary-main)',
  },
  '&.active svg': { color: 'var(--mui-palette-primary-main)' },
});
