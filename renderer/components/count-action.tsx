import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import visuallyHidden from '@mui/utils/visuallyHidden';
import type { ReactNode } from 'react';

type Props = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly count: number;
  /** How many of them need a person; shown with a sign and a colour. */
  readonly attention: number;
  readonly onClick: () => void;
};

/** An icon with a number beside it. The label says what the numbers mean. */
export function CountAction({ label, icon, count, attention, onClick }: Props) {
  return (
    <Tooltip title={label} describeChild>
      <Button color="inherit" onClick={onClick} sx={{ minWidth: 34, px: 0.75, gap: 0.5, color: 'text.secondary' }}>
        {icon}
        <Box component="span" sx={visuallyHidden}>
          {label}
        </Box>
        {count > 0 && <span aria-hidden>{count > 999 ? '999+' : count}</span>}
        {attention > 0 && (
          <Box
            component="span"
            aria-hidden
            sx={{
              color: 'error.main',
              border: '1px solid',
              borderRadius: 1,
              px: 0.5,
              lineHeight: 1.5,
              fontSize: '0.75rem',
            }}
          >
            {attention > 99 ? '99+' : attention} !
          </Box>
        )}
      </Button>
    </Tooltip>
  );
}
