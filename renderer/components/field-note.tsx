import Box from '@mui/material/Box';

type Props = { readonly label: string; readonly from: string; readonly to: string };

/** Below a field whose change has not been sent: the cloud's value → the one here. */
export function FieldNote({ label, from, to }: Props) {
  return (
    <Box component="span" sx={{ display: 'block', fontSize: '0.75rem' }}>
      <Box component="span" sx={{ color: 'info.main', fontWeight: 600 }}>
        {label}
      </Box>{' '}
      <s>{from || '–'}</s> → {to || '–'}
    </Box>
  );
}
