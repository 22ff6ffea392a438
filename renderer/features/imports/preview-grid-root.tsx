import { styled } from '@mui/material/styles';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { TableRoot } from '../../components/virtual-table-root.tsx';

type Width = {
  readonly least: number;
  /** Of what is left over; 0 for a column that never grows. */ readonly share: number;
};

const STATUS_WIDTH = 148;
const ACTION_WIDTH = 84;
const WIDTHS: Readonly<Record<ImportField, Width>> = {
  firstName: { least: 110, share: 1 },
  lastName: { least: 110, share: 1 },
  name: { least: 130, share: 1.3 },
  email: { least: 180, share: 2 },
  role: { least: 150, share: 0 },
  mobile: { least: 140, share: 1 },
  extension: { least: 110, share: 0 },
  mitelOne: { least: 130, share: 0 },
  miteamMeetings: { least: 150, share: 0 },
  smsNumber: { least: 150, share: 1 },
  language: { least: 130, share: 0 },
  userTemplate: { least: 150, share: 0 },
  tags: { least: 140, share: 1 },
};

export function gridTemplate(fields: readonly ImportField[]): string {
  const tracks = fields.map((field) => {
    const { least, share } = WIDTHS[field];
    return share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`;
  });
  return [`${STATUS_WIDTH}px`, ...tracks, `${ACTION_WIDTH}px`].join(' ');
}

/** A row that is narrower than its cells would cut them off where it ends, and the rest could not be scrolled to. */
export function leastGridWidth(fields: readonly ImportField[]): number {
  return fields.reduce((sum, field) => sum + WIDTHS[field].least, STATUS_WIDTH + ACTION_WIDTH);
}

/** The table with cells that can be typed into. Marks have a shape as well as a colour. */
export const PreviewGridRoot = styled(TableRoot)({
  '& .row': { cursor: 'default', alignItems: 'stretch' },
  '& .head': { minWidth: 'var(--row-min)' },
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
