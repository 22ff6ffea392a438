import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { TEXT_DELIMITERS, TEXT_ENCODINGS } from '../../../shared/model/text-encoding.ts';
import { previewText } from '../../text/imports-text.ts';
import type { ImportReading } from './import-header.ts';

export type ReadingChange = { sheet?: string; encoding?: string; delimiter?: string; headerRow?: number };
type Props = {
  readonly reading: ImportReading;
  readonly isDisabled: boolean;
  readonly onChange: (change: ReadingChange) => void;
};

/** IMP-2: what was recognised in the file, all of it changeable. */
export function ReadingBar({ reading, isDisabled, onChange }: Props) {
  const isText = reading.format === 'csv';
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1,
        flexShrink: 0,
        alignItems: 'flex-start',
        pt: 1,
        '& .MuiTextField-root': { width: 'auto', minWidth: 112 },
      }}
    >
      {!isText && (
        <Choice
          label={previewText.sheet}
          value={reading.sheet}
          options={reading.sheets}
          isDisabled={isDisabled}
          onChange={(sheet) => onChange({ sheet })}
        />
      )}
      {isText && (
        <>
          {/* What was pasted has no encoding. */}
          {reading.encoding !== '' && (
            <Choice
              label={previewText.encoding}
              value={reading.encoding}
              options={TEXT_ENCODINGS}
              labelOf={(encoding) => previewText.encodings[encoding] ?? encoding}
              isDisabled={isDisabled}
              onChange={(encoding) => onChange({ encoding })}
            />
          )}
          <Choice
            label={previewText.delimiter}
            value={reading.delimiter}
            options={TEXT_DELIMITERS}
            isDisabled={isDisabled}
            labelOf={(delimiter) => previewText.delimiters[delimiter] ?? delimiter}
            onChange={(delimiter) => onChange({ delimiter })}
          />
        </>
      )}
      <HeaderRowField
        key={reading.headerRow}
        value={reading.headerRow}
        isDisabled={isDisabled}
        onChange={(headerRow) => onChange({ headerRow })}
      />
    </Box>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly isDisabled: boolean;
  readonly labelOf?: (option: string) => string;
  readonly onChange: (value: string) => void;
};

function Choice({ label, value, options, isDisabled, labelOf = String, onChange }: ChoiceProps) {
  const all = options.includes(value) ? options : [value, ...options];
  return (
    <TextField
      select
      label={label}
      value={value}
      disabled={isDisabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {all.map((option) => (
        <MenuItem key={option} value={option}>
          {labelOf(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}

type HeaderRowProps = {
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (row: number) => void;
};

function HeaderRowField({ value, isDisabled, onChange }: HeaderRowProps) {
  const [typed, setTyped] = useState(String(value));
  const commit = (): void => {
    const row = Number.parseInt(typed, 10);
    // 0: the file has no headings.
    if (row >= 0 && row !== value) onChange(row);
    else setTyped(String(value));
  };
  return (
    <TextField
      label={previewText.headerRow}
      value={typed}
      disabled={isDisabled}
      onChange={(event) => setTyped(event.target.value.replaceAll(/\D/gu, '').slice(0, 6))}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
      helperText={previewText.headerRowNote}
      slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      sx={{ maxWidth: 96, minWidth: '96px !important' }}
    />
  );
}
