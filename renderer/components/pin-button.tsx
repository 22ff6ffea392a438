import { styled } from '@mui/material/styles';

type Props = { readonly isPinned: boolean; readonly label: string; readonly onToggle: () => void };

const PIN =
  'M16 9V4h1c.55 0 1-.45 1-1s-.45-1-1-1H7c-.55 0-1 .45-1 1s.45 1 1 1h1v5c0 1.66-1.34 3-3 3v2h5.97v7l1 1 1-1v-7H19v-2c-1.66 0-3-1.34-3-3';
const OUTLINE =
  'M14 4v5c0 1.12.37 2.16 1 3H9c.65-.86 1-1.9 1-3V4zm3-2H7c-.55 0-1 .45-1 1s.45 1 1 1h1v5c0 1.66-1.34 3-3 3v2h5.97v7l1 1 1-1v-7H19v-2c-1.66 0-3-1.34-3-3V4h1c.55 0 1-.45 1-1s-.45-1-1-1';

/** Keeps a row's account on this laptop. The list itself is the tab stop; its key is P. */
export function PinButton({ isPinned, label, onToggle }: Props) {
  return (
    <Root
      type="button"
      tabIndex={-1}
      aria-pressed={isPinned}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <svg width="16" height="16" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        <path d={isPinned ? PIN : OUTLINE} />
      </svg>
    </Root>
  );
}

const Root = styled('button')({
  display: 'inline-flex',
  verticalAlign: 'middle',
  padding: 4,
  border: 0,
  borderRadius: 6,
  backgroundColor: 'transparent',
  color: 'var(--mui-palette-text-secondary)',
  cursor: 'pointer',
  '&[aria-pressed="true"]': { color: 'var(--mui-palette-primary-main)' },
  '&:hover': { backgroundColor: 'var(--mui-palette-action-hover)', color: 'var(--mui-palette-text-primary)' },
});
