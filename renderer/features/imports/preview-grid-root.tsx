import { styled } from '@mui/material/styles';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { TableRoot } from '../../components/virtual-table-root.tsx';

const WIDTHS: Readonly<Record<ImportField, string>> = {
  firstName: 'minmax(110px, 1fr)',
  lastName: 'minmax(110px, 1fr)',
  name: 'minmax(130px, 1.3fr)',
  email: 'minmax(180px, 2fr)',
  role: '150px',
  mobile: 'minmax(140px, 1fr)',
  extension: '110px',
};

export function gridTemplate(fields: readonly ImportField[]): string {
  return ['148px', ...fields.map((field) => WIDTHS[field]), '84px'].join(' ');
}

/** The table with cells that can be typed into. Marks have a shape as well as a colour. */
export const PreviewGridRoot = styled(TableRoot)({
  '& .row': { cursor: 'default', alignItems: 'stretch', minWidth: 880 },
  '& .head .row': { alignItems: 'center' },
  '& .body .cell': {
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    position: 'relative',
    borderRight: '1px solid color-mix(in srgb, var(--mui-palette-divider) 55%, transparent)',
  },
  '& .body .cell > span.value': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre' },
  '& .head .sort': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 2,
    padding: 0,
    border: 0,
    background: 'none',
    font: 'inherit',
    letterSpacing: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
  },
  '& .head .sort:focus-visible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 },
  '& .cell[data-selected]': {
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 16%, transparent)',
  },
  '& .cell s': { color: 'var(--mui-palette-text-secondary)', whiteSpace: 'pre' },
  '& .cell .quiet': { color: 'var(--mui-palette-text-secondary)' },
  '& .cell[data-editable]': { cursor: 'text' },
  '& .cell[data-severity="error"]': {
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-error-main) 10%, transparent)',
    boxShadow: 'inset 3px 0 0 var(--mui-palette-error-main)',
  },
  '& .cell[data-severity="warning"]': { boxShadow: 'inset 3px 0 0 var(--mui-palette-warning-main)' },
  '& .cell[data-severity="info"]': { boxShadow: 'inset 3px 0 0 var(--mui-palette-info-main)' },
  '&:focus-visible .row[data-active]': { outline: 'none' },
  '& .cell[data-active]': { outline: '1px solid var(--mui-palette-text-secondary)', outlineOffset: -1 },
  '&:focus .cell[data-active], &:focus-within .cell[data-active]': {
    outline: '2px solid var(--mui-palette-primary-main)',
    outlineOffset: -2,
  },
  '& .cell input, & .cell select': {
    position: 'absolute',
    inset: 2,
    width: 'calc(100% - 4px)',
    boxSizing: 'border-box',
    border: 0,
    padding: '0 9px',
    font: 'inherit',
    color: 'inherit',
    backgroundColor: 'var(--mui-palette-background-paper)',
    outline: 'none',
  },
  '& .plain': {
    display: 'grid',
    placeItems: 'center',
    width: 28,
    height: 28,
    padding: 0,
    border: 0,
    borderRadius: 6,
    color: 'var(--mui-palette-text-secondary)',
    background: 'none',
    cursor: 'pointer',
  },
  '& .plain:hover': { backgroundColor: 'var(--mui-palette-action-hover)', color: 'var(--mui-palette-error-main)' },
  '& .mark': { display: 'inline-flex', alignItems: 'center', gap: 4, fontSize: '0.75rem', fontWeight: 600 },
  '& .chevron': { marginLeft: 'auto', color: 'var(--mui-palette-text-secondary)' },
  '& .mark[data-severity="error"]': { color: 'var(--mui-palette-error-main)' },
  '& .mark[data-severity="warning"]': { color: 'var(--mui-palette-warning-main)' },
  '& .mark[data-severity="info"]': { color: 'var(--mui-palette-info-main)' },
  '& .mark[data-plan="skip"], & .mark[data-plan="unchanged"]': { color: 'var(--mui-palette-text-secondary)' },
  '& .mark[data-severity="ready"]': { color: 'var(--mui-palette-success-main)' },
  '& .number': { color: 'var(--mui-palette-text-secondary)', minWidth: 34, textAlign: 'right', fontSize: '0.75rem' },
});
