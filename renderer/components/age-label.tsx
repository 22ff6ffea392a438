import Schedule from '@mui/icons-material/Schedule';
import WarningAmber from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';

type Props = { readonly text: string; readonly freshness: 'fresh' | 'ageing' | 'stale' | 'never' };

/** The age of what the screen shows. Old data has a warning sign and a colour, not only the number. */
export function AgeLabel({ text, freshness }: Props) {
  const isOld = freshness === 'stale' || freshness === 'never';
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        fontSize: '0.75rem',
        whiteSpace: 'nowrap',
        color: isOld ? 'warning.main' : 'text.secondary',
        fontWeight: isOld ? 600 : 400,
        '& svg': { fontSize: 14 },
      }}
    >
      {isOld ? <WarningAmber /> : <Schedule />}
      {text}
    </Box>
  );
}
