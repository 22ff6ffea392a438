import { styled } from '@mui/material/styles';

export const ConflictTableRoot = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'fixed',
  fontSize: '0.8125rem',
  '& th, & td': { padding: '7px 10px', textAlign: 'left', verticalAlign: 'top', overflowWrap: 'anywhere' },
  '& thead th': {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: 'var(--mui-palette-background-paper)',
    borderBottom: '1px solid var(--mui-palette-divider)',
    fontWeight: 650,
  },
  '& thead small': {
    display: 'block',
    fontWeight: 400,
    fontSize: '0.75rem',
    color: 'var(--mui-palette-text-secondary)',
  },
  '& tbody': { borderBottom: '1px solid var(--mui-palette-divider)', borderLeft: '3px solid transparent' },
  '& tbody:focus-within': {
    borderLeftColor: 'var(--mui-palette-primary-main)',
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 5%, transparent)',
  },
  '& tbody th': { fontWeight: 400, color: 'var(--mui-palette-text-secondary)' },
  '& td': { userSelect: 'text' },
  '& td.base': { color: 'var(--mui-palette-text-secondary)' },
  '& td[data-differs]': { fontWeight: 650 },
  '& td[data-chosen="true"]': {
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-success-main) 14%, transparent)',
  },
  '& td[data-chosen="false"]': { color: 'var(--mui-palette-text-secondary)', fontWeight: 400 },
  '& em': { color: 'var(--mui-palette-text-secondary)', fontWeight: 400 },
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
  '& .group': { fontWeight: 650, color: 'var(--mui-palette-text-primary)' },
});
