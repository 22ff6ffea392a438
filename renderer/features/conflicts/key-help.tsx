import Box from '@mui/material/Box';
import { conflictsText } from '../../text/conflicts-text.ts';

/** The keys with which conflicts are decided without a pointer. */
export function KeyHelp() {
  return (
    <Box
      component="dl"
      aria-label={conflictsText.keys}
      sx={{ m: 0, display: { xs: 'none', lg: 'flex' }, gap: 1.5, fontSize: '0.75rem', color: 'text.secondary' }}
    >
      {conflictsText.keyHelp.map(([keys, what]) => (
        <Box key={keys} sx={{ display: 'flex', gap: 0.5, alignItems: 'baseline' }}>
          <Box component="dt" sx={{ display: 'flex', gap: '2px' }}>
            {keys.split(' ').map((key) => (
              <Box
                component="kbd"
                key={key}
                sx={{ fontFamily: 'inherit', border: '1px solid', borderColor: 'divider', borderRadius: 0.75, px: 0.5 }}
              >
                {key}
              </Box>
            ))}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {what}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
