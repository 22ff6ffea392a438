/** Colours of both schemes. first-paint.css repeats ground, surface and line. Text pairs reach 4.5:1 on ground and surface. */
export const tokens = {
  light: {
    ground: '#f3f5f7',
    surface: '#ffffff',
    line: '#d9e0e6',
    text: '#17212b',
    quiet: '#52606c',
    accent: '#0a5c70',
    accentPressed: '#084757',
    onAccent: '#ffffff',
    error: '#b3261e',
    warning: '#8a5300',
    success: '#1d6b3a',
    note: '#2456a6',
  },
  dark: {
    ground: '#11171c',
    surface: '#182027',
    line: '#2b3740',
    text: '#e4eaef',
    quiet: '#9fb0bd',
    accent: '#63c5d9',
    accentPressed: '#8ad7e6',
    onAccent: '#06222a',
    error: '#ff9288',
    warning: '#f0b04f',
    success: '#6fcf97',
    note: '#8ab8ff',
  },
} as const;

/** The colour of a workspace's frame and what is written on it, in both schemes; 4.5:1. */
export const workspaceColours = {
  teal: { light: '#0a5c70', dark: '#63c5d9' },
  violet: { light: '#5b3fa3', dark: '#b9a3f5' },
  amber: { light: '#7a4a00', dark: '#f0b04f' },
  rose: { light: '#a3205a', dark: '#f59ac0' },
  green: { light: '#1d6b3a', dark: '#6fcf97' },
  blue: { light: '#2456a6', dark: '#8ab8ff' },
} as const;
export const onWorkspaceColour = { light: '#ffffff', dark: '#0d1318' } as const;

/** The place in the frame of what every screen shares, in px. */
export const sizes = { bar: 48, nav: 212, navCollapsed: 52, panel: 440 } as const;
export const rowHeights = { comfortable: 40, compact: 30 } as const;
