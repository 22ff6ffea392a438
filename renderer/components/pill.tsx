import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'error' | 'note';

const paletteKeys = {
  accent: 'primary',
  success: 'success',
  warning: 'warning',
  error: 'error',
  note: 'info',
} as const;

const Root = styled('span', { shouldForwardProp: (name) => name !== 'tone' })<{ readonly tone: Tone }>(({
  theme,
  tone,
}) => {
  const colour =
    tone === 'neutral' ? 'var(--mui-palette-text-secondary)' : `var(--mui-palette-${paletteKeys[tone]}-main)`;
  return {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    height: 20,
    padding: '0 7px',
    borderRadius: 10,
    fontSize: '0.75rem',
    fontWeight: 600,
    lineHeight: 1,
    whiteSpace: 'nowrap',
    color: colour,
    border: `1px solid color-mix(in srgb, ${colour} 45%, transparent)`,
    backgroundColor: theme.vars?.palette.background.paper,
    '& svg': { fontSize: 13 },
  };
});

/** A short mark with a word in it; the colour only repeats what the word says. */
export function Pill({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <Root tone={tone}>
      {icon}
      {children}
    </Root>
  );
}
