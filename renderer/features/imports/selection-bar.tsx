import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { previewText } from '../../text/imports-text.ts';
import type { CellRange } from './grid-cells.ts';
import type { GridActions } from './preview-grid.tsx';

type Props = {
  readonly range: CellRange;
  readonly fieldCount: number;
  readonly actions: GridActions;
};

/** What can be done with the selected cells; every button names its key. */
export function SelectionBar({ range, fieldCount, actions }: Props) {
  const rows = range.lastRow - range.firstRow + 1;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, height: 36, whiteSpace: 'nowrap' }}>
      <Typography component="output" variant="body2" color="textSecondary" sx={{ mr: 1 }}>
        {previewText.selected(rows, rows * fieldCount)}
      </Typography>
      <Button size="small" title="Ctrl+C" onClick={() => actions.copy(range)}>
        {previewText.copy}
      </Button>
      <Button size="small" title="Ctrl+D" onClick={() => actions.fillDown(range)}>
        {previewText.fillDown}
      </Button>
      <Button size="small" title="Delete" onClick={() => actions.clear(range)}>
        {previewText.clearCells}
      </Button>
      <Button size="small" color="error" title="Ctrl+-" onClick={() => actions.removeRows(range)}>
        {previewText.removeRows}
      </Button>
    </Box>
  );
}
