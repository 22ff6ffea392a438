import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { choiceLabel, choicesFor, type ChosenField, type UserChoices } from '../../../shared/model/user-choices.ts';

/** What every control of the form shows of its field. */
export type ShownField = {
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly error: boolean;
  readonly helperText: ReactNode;
};

type OptionNote = { readonly text: string; readonly isClosed: boolean };

type Props = ShownField & {
  readonly field: ChosenField;
  readonly choices: UserChoices;
  /** What the user has: it stays there to go back to, also when the account offers it no longer. */
  readonly owned: string;
  /** How '' is shown; absent where something has to be chosen. */
  readonly emptyLabel?: string;
  /** There is nothing to choose from; `emptyLabel` says why. */
  readonly isClosed?: boolean;
  /** What is said behind an option, and whether it cannot be chosen. */
  readonly noteOf?: (value: string) => OptionNote | null;
  readonly onChange: (value: string) => void;
};

// What cannot be chosen says why, which has to be legible.
const legibleOption = { '&.Mui-disabled': { opacity: 1, color: 'text.secondary' } };
const legibleValue = {
  '& .MuiSelect-select.Mui-disabled': { WebkitTextFillColor: 'var(--mui-palette-text-secondary)' },
};

export function UserChoiceSelect(props: Props) {
  const { field, choices, owned, emptyLabel, isClosed = false, noteOf, onChange, ...shown } = props;
  const offered = choicesFor(field, choices);
  const kept = [...new Set([owned, shown.value])].filter((value) => value !== '' && !offered.includes(value));
  const labelOf = (value: string): string => (value === '' ? (emptyLabel ?? '') : choiceLabel(field, value));
  return (
    <TextField
      select
      {...shown}
      disabled={shown.disabled || isClosed}
      sx={isClosed ? legibleValue : {}}
      onChange={(event) => onChange(event.target.value)}
      slotProps={
        emptyLabel === undefined
          ? {}
          : {
              inputLabel: { shrink: true },
              select: { displayEmpty: true, renderValue: () => labelOf(shown.value) },
            }
      }
    >
      {emptyLabel !== undefined && <MenuItem value="">{emptyLabel}</MenuItem>}
      {[...kept, ...offered].map((value) => {
        const note = noteOf?.(value);
        return (
          <MenuItem key={value} value={value} disabled={note?.isClosed === true} sx={legibleOption}>
            {note ? `${labelOf(value)} – ${note.text}` : labelOf(value)}
          </MenuItem>
        );
      })}
    </TextField>
  );
}
