import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

type Props = { readonly number: number; readonly title: string; readonly note: string; readonly children?: ReactNode };

export function ImportStep({ number, title, note, children }: Props) {
  return (
    <Box
      component="section"
      sx={{
        display: 'grid',
        gridTemplateColumns: '28px minmax(0, 1fr)',
        gap: 1.5,
        bgcolor: 'background.paper',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1.5,
        p: 2,
      }}
    >
      <Box
        aria-hidden
        sx={{
          width: 26,
          height: 26,
          borderRadius: '50%',
          border: '1.5px solid',
          borderColor: 'primary.main',
          color: 'primary.main',
          display: 'grid',
          placeItems: 'center',
          fontWeight: 700,
        }}
      >
        {number}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h2">{title}</Typography>
        <Typography color="textSecondary">{note}</Typography>
        {children && <Box sx={{ mt: 1.25 }}>{children}</Box>}
      </Box>
    </Box>
  );
}
