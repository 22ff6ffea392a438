import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { IMPORT_FIELDS, type ImportField } from '../../../shared/model/import-row.ts';
import { importFieldLabels } from '../../../shared/model/import-issue-text.ts';
import { previewText } from '../../text/imports-text.ts';
import { learnedLine } from '../../text/recipes-text.ts';
import { remapped, type Mapping } from './column-mapping.ts';
import type { ImportHeader } from './import-header.ts';

type Props = {
  readonly columns: ImportHeader['columns'];
  readonly isDisabled: boolean;
  readonly onChange: (mapping: Mapping) => void;
};

/** IMP-2: every column of the file and what becomes of it. Columns that are left out are named, never dropped silently. */
export function MappingStrip({ columns, isDisabled, onChange }: Props) {
  const left = columns.filter((column) => column.field === null).map(nameOf);
  const learned = learnedLine(columns.map((column) => ({ ...column, heading: nameOf(column) })));
  return (
    <Box
      component="section"
      aria-label={previewText.columns}
      sx={{ minWidth: 0, flex: 1, borderLeft: '1px solid', borderColor: 'divider', pl: 2 }}
    >
      <Box sx={{ display: 'flex', gap: 1, overflowX: 'auto', pt: 1, pb: 0.5 }}>
        {columns.map((column) => (
          <TextField
            key={column.index}
            select
            label={nameOf(column)}
            value={column.field ?? ''}
            disabled={isDisabled}
            title={[nameOf(column), ...column.samples, learnedLine([column])].filter(Boolean).join('\n')}
            onChange={(event) => onChange(remapped(columns, column.index, toField(event.target.value)))}
            helperText={column.samples.find((sample) => sample !== '') ?? previewText.empty}
            sx={{ flex: '1 0 96px', minWidth: 96, maxWidth: 150 }}
            slotProps={{
              select: { displayEmpty: true },
              inputLabel: { shrink: true },
              formHelperText: { sx: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } },
            }}
          >
            <MenuItem value="">
              <em>{previewText.notImported}</em>
            </MenuItem>
            {IMPORT_FIELDS.map((field) => (
              <MenuItem key={field} value={field}>
                {importFieldLabels[field]}
              </MenuItem>
            ))}
          </TextField>
        ))}
      </Box>
      <Typography
        component="output"
        variant="caption"
        noWrap
        sx={{ display: 'block', color: left.length > 0 ? 'warning.main' : 'text.secondary' }}
        title={left.join(', ')}
      >
        {previewText.unmapped(left)}
      </Typography>
      {learned !== '' && (
        <Typography
          component="output"
          variant="caption"
          color="textSecondary"
          noWrap
          title={learned}
          sx={{ display: 'block' }}
        >
          {learned}
        </Typography>
      )}
    </Box>
  );
}

function nameOf(column: ImportHeader['columns'][number]): string {
  return column.heading.trim() || previewText.columnWithout(column.index + 1);
}

function toField(text: string): ImportField | null {
  return IMPORT_FIELDS.find((field) => field === text) ?? null;
}
