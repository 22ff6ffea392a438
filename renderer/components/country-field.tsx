import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';

type Country = { readonly code: string; readonly name: string };
type Props = {
  readonly label: string;
  readonly countries: readonly Country[];
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly disabled: boolean;
  readonly error: boolean;
  readonly helperText: ReactNode;
  readonly required: boolean;
};

/** A country by its name; what is stored is its code. */
export function CountryField({ label, countries, value, onChange, disabled, error, helperText, required }: Props) {
  const known = countries.find((country) => country.code === value.toUpperCase());
  return (
    <Autocomplete
      options={countries}
      value={known ?? (value === '' ? null : { code: value, name: value })}
      onChange={(_, country) => onChange(country?.code ?? '')}
      getOptionLabel={(country) => country.name}
      getOptionKey={(country) => country.code}
      isOptionEqualToValue={(left, right) => left.code === right.code}
      disabled={disabled}
      autoHighlight
      size="small"
      renderInput={(params) => (
        <TextField {...params} label={label} error={error} helperText={helperText} required={required} />
      )}
    />
  );
}
