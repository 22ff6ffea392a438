import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { count } from '../../text/numbers.ts';
import { planText } from '../../text/plan-text.ts';
import type { ImportHeader } from './import-header.ts';
import type { RowFilter } from './preview-toolbar.tsx';

type Part = { readonly filter: RowFilter; readonly total: number };

/** Every row is in exactly one of these; each shows its rows. */
export function planParts(header: ImportHeader): readonly Part[] {
  const { createCount, changeCount, unchangedCount, skipCount, conflictCount, errorCount } = header;
  return [
    { filter: 'create', total: createCount },
    { filter: 'change', total: changeCount },
    { filter: 'unchanged', total: unchangedCount },
    { filter: 'skip', total: skipCount },
    { filter: 'conflict', total: conflictCount },
    { filter: 'errors', total: errorCount - conflictCount },
  ];
}

type Props = { readonly header: ImportHeader; readonly onShow: (filter: RowFilter) => void };

export function PlanCounts({ header, onShow }: Props) {
  return (
    <Box
      component="ul"
      sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1, m: 0, p: 0, listStyle: 'none' }}
    >
      {planParts(header).map(({ filter, total }) => (
        <li key={filter}>
          <ButtonBase
            disabled={total === 0}
            onClick={() => onShow(filter)}
            sx={{
              width: '100%',
              display: 'block',
              textAlign: 'left',
              border: '1px solid',
              borderColor: 'divider',
              borderRadius: 1.5,
              p: 1.25,
              '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main' },
            }}
          >
            <Typography variant="h6" component="span" sx={{ display: 'block', fontVariantNumeric: 'tabular-nums' }}>
              {count(total)}
            </Typography>
            <Typography variant="body2" component="span" color="textSecondary">
              {planText.part(filter, total)}
            </Typography>
          </ButtonBase>
        </li>
      ))}
    </Box>
  );
}
