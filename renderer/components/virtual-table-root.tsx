import { styled } from '@mui/material/styles';

export const TABLE_HEADER_HEIGHT = 32;

// One styled element with plain class names below it: rows come and go while scrolling and must not compute styles.
export const TableRoot = styled('div')({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  position: 'relative',
  contain: 'strict',
  border: '1px solid var(--mui-palette-divider)',
  borderRadius: 6,
  backgroundColor: 'var(--mui-palette-background-paper)',
  '&:focus-visible': { outline: 'none', borderColor: 'var(--mui-palette-primary-main)' },
  '&[data-stale] .body': { opacity: 0.55 },
  '& .head': {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: TABLE_HEADER_HEIGHT,
    boxSizing: 'border-box',
    backgroundColor: 'var(--mui-palette-background-paper)',
    borderBottom: '1px solid var(--mui-palette-divider)',
  },
  '& .head .row': { height: '100%', cursor: 'default' },
  '& .head .cell': {
    fontSize: '0.6875rem',
    fontWeight: 650,
    letterSpacing: '0.04em',
    color: 'var(--mui-palette-text-secondary)',
  },
  '& .body': { position: 'relative' },
  '& .row': { display: 'grid', alignItems: 'center', minWidth: 'var(--row-min, 720px)', cursor: 'pointer' },
  '& .body .row': {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    boxSizing: 'border-box',
    contain: 'layout paint style',
    borderBottom: '1px solid color-mix(in srgb, var(--mui-palette-divider) 60%, transparent)',
  },
  '& .body .row:hover': { backgroundColor: 'var(--mui-palette-action-hover)' },
  '& .body .row[aria-selected="true"]': {
    backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 12%, transparent)',
  },
  '&:focus-visible .row[data-active]': {
    outline: '2px solid var(--mui-palette-primary-main)',
    outlineOffset: -2,
  },
  '& .cell': {
    minWidth: 0,
    padding: '0 12px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: '0.8125rem',
  },
  '& .cell[data-align="end"]': { textAlign: 'right' },
  // A block of its own, so that a name written from right to left is cut at its end and not at its beginning.
  '& .cell .text': { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', textAlign: 'left' },
  '& .cell .quiet': { color: 'var(--mui-palette-text-secondary)' },
  '& .bone': {
    display: 'block',
    height: 9,
    width: '62%',
    borderRadius: 4,
    backgroundColor: 'var(--mui-palette-divider)',
  },
});
