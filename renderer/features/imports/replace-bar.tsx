import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { IMPORT_FIELDS, type ImportField } from '../../../shared/model/import-row.ts';
import { useCommand } from '../../client/use-command.ts';
import { importFieldLabels } from '../../../shared/model/import-issue-text.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';
import type { RowFilter } from './preview-toolbar.tsx';
import { focusOnMount } from '../../components/focus-on-mount.ts';

/** Replaces within the rows that the filter shows; one step of Undo. */
export function ReplaceBar({ header, filter }: { readonly header: ImportHeader; readonly filter: RowFilter }) {
  const [find, setFind] = useState('');
  const [replacement, setReplacement] = useState('');
  const [field, setField] = useState<ImportField | ''>('');
  const { run, isRunning, outcome, fault } = useCommand('imports.replace');
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (find !== '') void run({ id: header.id, filter, field: field === '' ? null : field, find, replacement });
  };
  return (
    <Box
      component="form"
      onSubmit={onSubmit}
      sx={{
        display: 'flex',
        gap: 1,
        alignItems: 'center',
        pt: 0.5,
        pb: 1,
        flexWrap: 'wrap',
        '& .MuiTextField-root': { width: 190 },
      }}
    >
      <TextField
        label={previewText.findWhat}
        value={find}
        inputRef={focusOnMount}
        onChange={(event) => setFind(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      <TextField
        label={previewText.replaceWith}
        value={replacement}
        onChange={(event) => setReplacement(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      <TextField
        select
        label={previewText.inColumn}
        value={field}
        onChange={(event) => setField(IMPORT_FIELDS.find((known) => known === event.target.value) ?? '')}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{previewText.allColumns}</MenuItem>
        {IMPORT_FIELDS.map((option) => (
          <MenuItem key={option} value={option}>
            {importFieldLabels[option]}
          </MenuItem>
        ))}
      </TextField>
      <Button type="submit" variant="outlined" disabled={find === ''} loading={isRunning}>
        {previewText.replaceAll}
      </Button>
      <Typography component="output" variant="caption" color="textSecondary">
        {outcome?.ok ? previewText.replaced(outcome.value.changedCount) : problemSentence({ outcome, fault })}
      </Typography>
    </Box>
  );
}
