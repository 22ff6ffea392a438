import { createTheme, type PaletteOptions } from '@mui/material/styles';
import { tokens } from './tokens.ts';

export const THEME_STORAGE_KEY = 'fieldlink.theme';

const FONT =
  '"Segoe UI", -apple-system, BlinkMacSystemFont, "Noto Sans", "Liberation Sans", Roboto, Arial, system-ui, sans-serif';

/** The only theme: both schemes as CSS variables, so that switching recolours without rendering. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: paletteOf('light') }, dark: { palette: paletteOf('dark') } },
  shape: { borderRadius: 6 },
  typography: {
    fontFamily: FONT,
    fontSize: 13,
    h1: { fontSize: '1.25rem', fontWeight: 650, lineHeight: 1.3, letterSpacing: '-0.01em' },
    h2: { fontSize: '0.9375rem', fontWeight: 650, lineHeight: 1.4 },
    h3: { fontSize: '0.8125rem', fontWeight: 650, lineHeight: 1.4 },
    body1: { fontSize: '0.8125rem', lineHeight: 1.5 },
    body2: { fontSize: '0.8125rem', lineHeight: 1.45 },
    caption: { fontSize: '0.75rem', lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 600, fontSize: '0.8125rem' },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontVariantNumeric: 'tabular-nums', overflow: 'hidden' },
        ':focus-visible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: '1px' },
        '@media (prefers-reduced-motion: reduce)': {
          // Without !important the classes of the single components win over this.
          '*, *::before, *::after': {
            animationDuration: '0.01ms !important',
            transitionDuration: '0.01ms !important',
          },
        },
      },
    },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true, size: 'small' },
      styleOverrides: { root: { minHeight: 32, paddingInline: 12, whiteSpace: 'nowrap' } },
    },
    MuiIconButton: { defaultProps: { size: 'small' }, styleOverrides: { root: { borderRadius: 6 } } },
    MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
    MuiFormHelperText: {
      styleOverrides: {
        root: { marginInline: 2, marginTop: 3, '&.Mui-disabled': { color: 'var(--mui-palette-text-secondary)' } },
      },
    },
    MuiOutlinedInput: { styleOverrides: { root: { backgroundColor: 'var(--mui-palette-background-paper)' } } },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          color: 'var(--mui-palette-text-secondary)',
          backgroundColor: 'var(--mui-palette-background-paper)',
          '&.Mui-selected': { color: 'var(--mui-palette-text-primary)' },
        },
      },
    },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiTooltip: { defaultProps: { enterDelay: 400, disableInteractive: true } },
    MuiMenuItem: { styleOverrides: { root: { minHeight: 32, fontSize: '0.8125rem' } } },
    MuiDialog: { styleOverrides: { paper: { border: '1px solid var(--mui-palette-divider)' } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: '1rem', fontWeight: 650, paddingBottom: 8 } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 16px' } } },
    MuiAlert: {
      styleOverrides: {
        // Without a line the tint of an alert is hardly to be told from the ground in the dark.
        root: {
          alignItems: 'center',
          paddingBlock: 4,
          boxShadow: 'inset 0 0 0 1px color-mix(in srgb, currentColor 22%, transparent)',
        },
        action: { paddingTop: 0, alignItems: 'center', gap: 4 },
      },
    },
  },
});

function paletteOf(scheme: keyof typeof tokens): PaletteOptions {
  const colours = tokens[scheme];
  return {
    primary: { main: colours.accent, dark: colours.accentPressed, contrastText: colours.onAccent },
    error: { main: colours.error },
    warning: { main: colours.warning },
    success: { main: colours.success },
    info: { main: colours.note },
    text: { primary: colours.text, secondary: colours.quiet },
    background: { default: colours.ground, paper: colours.surface },
    divider: colours.line,
    action: { active: colours.quiet },
  };
}
