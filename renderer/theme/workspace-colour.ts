import type { Theme } from '@mui/material/styles';
import { onWorkspaceColour, workspaceColours } from './tokens.ts';

type Colour = keyof typeof workspaceColours;

/** Filled with a workspace's colour, in both schemes. */
export function filledWith(colour: Colour) {
  const { light, dark } = workspaceColours[colour];
  return (theme: Theme) => ({
    ...{ backgroundColor: light, color: onWorkspaceColour.light },
    ...theme.applyStyles('dark', { backgroundColor: dark, color: onWorkspaceColour.dark }),
  });
}
