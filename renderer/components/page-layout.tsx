import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

type Props = {
  readonly title: string;
  /** Age of the data and other short facts beside the title. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** Heading, actions and a body that takes the rest of the window. */
export function PageLayout({ title, facts, actions, children }: Props) {
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
      <Box
        component="header"
        sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2.5, pt: 1.5, pb: 1, minHeight: 52, minWidth: 0 }}
      >
        <Typography variant="h1" noWrap title={title} sx={{ minWidth: 0 }}>
          {title}
        </Typography>
        {/* Where there is no room for both, the facts give way. */}
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flex: 1, minWidth: 0, overflowX: 'clip' }}>
          {facts}
        </Box>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexShrink: 0 }}>{actions}</Box>
      </Box>
      <Box sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', px: 2.5, pb: 2 }}>{children}</Box>
    </Box>
  );
}
