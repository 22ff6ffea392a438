import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

type Props = {
  readonly title: string;
  readonly body: ReactNode;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  /** Stands for the whole page: its title is the page's heading. */
  readonly isPage?: boolean;
  /** Said by a screen reader when it appears. */
  readonly live?: 'alert' | 'status';
};

/** Stands where a list or a form would: empty, refused, broken, not permitted. */
export function NoticePanel({ title, body, icon, children, isPage = false, live }: Props) {
  return (
    <Box
      role={live}
      // Where it has the height of the page its lines stay together.
      sx={{
        ...{ m: 'auto', p: 4, maxWidth: 560, textAlign: 'center' },
        ...{ display: 'grid', gap: 1, justifyItems: 'center', alignContent: 'center' },
      }}
    >
      {icon && <Box sx={{ color: 'text.secondary', '& svg': { fontSize: 34 }, height: 40 }}>{icon}</Box>}
      <Typography variant="h2" component={isPage ? 'h1' : 'p'}>
        {title}
      </Typography>
      <Typography color="textSecondary" component="div">
        {body}
      </Typography>
      {children && (
        <Box sx={{ mt: 1, display: 'flex', gap: 1, flexWrap: 'wrap', justifyContent: 'center' }}>{children}</Box>
      )}
    </Box>
  );
}
