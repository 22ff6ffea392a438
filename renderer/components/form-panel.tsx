import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

type Props = {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
  readonly columns?: number;
};

/** A titled group of fields or facts. */
export function FormPanel({ title, note, children, columns = 2 }: Props) {
  const id = useId();
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={{ bgcolor: 'background.paper', border: '1px solid', borderColor: 'divider', borderRadius: 1.5, p: 2 }}
    >
      <Typography variant="h2" id={id} sx={{ mb: note ? 0.25 : 1.5 }}>
        {title}
      </Typography>
      {note && (
        <Typography color="textSecondary" sx={{ mb: 1.5, fontSize: '0.75rem' }}>
          {note}
        </Typography>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: '14px 16px',
          gridTemplateColumns:
            columns === 1 ? 'minmax(0, 1fr)' : { xs: 'minmax(0, 1fr)', md: `repeat(${columns}, minmax(0, 1fr))` },
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
