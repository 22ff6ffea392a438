import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** A read-only value with its label. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box component="dt" sx={{ fontSize: '0.75rem', color: 'text.secondary' }}>
        {label}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          minHeight: 24,
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          overflowWrap: 'anywhere',
          userSelect: 'text',
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
