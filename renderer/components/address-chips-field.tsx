import Autocomplete from '@mui/material/Autocomplete';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { useState, type ReactNode } from 'react';

type Props = {
  readonly label: string;
  readonly hint: string;
  readonly values: readonly string[];
  readonly isValid: (value: string) => boolean;
  readonly onChange: (values: readonly string[]) => void;
  readonly disabled: boolean;
  readonly error: boolean;
  readonly helperText: ReactNode;
};

/** E-mail addresses as chips. Enter, comma, semicolon, paste and leaving the field all add what was typed. */
export function AddressChipsField({ label, hint, values, isValid, onChange, disabled, error, helperText }: Props) {
  const [typed, setTyped] = useState('');
  const add = (text: string): void => {
    const added = text.split(/[\s,;]+/u).filter((part) => part !== '');
    if (added.length > 0) onChange([...values, ...added]);
    setTyped('');
  };
  return (
    <Autocomplete
      multiple
      freeSolo
      disableClearable
      options={[]}
      value={[...values]}
      inputValue={typed}
      onInputChange={(_, text, reason) => {
        if (reason === 'reset') return;
        if (/[\s,;]/u.test(text)) add(text);
        else setTyped(text);
      }}
      onChange={(_, next, reason) => {
        if (reason === 'createOption') add(typed);
        else onChange(next);
      }}
      onBlur={() => add(typed)}
      disabled={disabled}
      size="small"
      renderValue={(shown, getItemProps) =>
        shown.map((address, index) => {
          const { key, ...chip } = getItemProps({ index });
          const valid = isValid(address);
          return (
            <Chip
              {...chip}
              key={key}
              label={valid ? address : `${address} !`}
              size="small"
              variant="outlined"
              color={valid ? 'default' : 'error'}
            />
          );
        })
      }
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          placeholder={values.length === 0 ? hint : ''}
          error={error}
          helperText={helperText}
        />
      )}
    />
  );
}
