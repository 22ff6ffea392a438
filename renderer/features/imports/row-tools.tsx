import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ImportField } from '../../../shared/model/import-row.ts';
import { previewText } from '../../text/imports-text.ts';
import { CleaningBar } from './cleaning-bar.tsx';
import { fieldsIn, type CellRange } from './grid-cells.ts';
import type { ImportHeader } from './import-header.ts';
import type { RowFilter } from './preview-toolbar.tsx';
import type { GridActions } from './preview-grid.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { SuggestionBar } from './suggestion-bar.tsx';

type Props = {
  readonly header: ImportHeader;
  readonly filter: RowFilter;
  readonly fields: readonly ImportField[];
  readonly selection: CellRange | null;
  readonly actions: GridActions;
  readonly onAddRow: () => void;
};

/** One line of constant height above the rows: what the selection or the errors offer. The rows below never move. */
export function RowTools({ header, filter, fields, selection, actions, onAddRow }: Props) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, height: 40, mb: 0.5 }}>
      <Box sx={{ flex: 1, minWidth: 0, overflowX: 'auto', overflowY: 'hidden' }}>
        {selection ? (
          <SelectionBar range={selection} fieldCount={fieldsIn(selection, fields).length} actions={actions} />
        ) : filter === 'cleaned' ? (
          <CleaningBar header={header} />
        ) : header.errorCount + header.warningCount > 0 ? (
          <SuggestionBar header={header} />
        ) : (
          <Typography variant="caption" color="textSecondary" noWrap component="p">
            {previewText.selectHint}
          </Typography>
        )}
      </Box>
      <Button startIcon={<Add />} variant="outlined" onClick={onAddRow} sx={{ flexShrink: 0 }}>
        {previewText.addRow}
      </Button>
    </Box>
  );
}
